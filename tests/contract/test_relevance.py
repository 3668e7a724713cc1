"""Relevance classes that hold in every engine, and what weights and names of one thing do to a score."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from search_app.engines.base import Engine
from search_app.fields import DEFAULT_FIELDS
from search_app.model import Decision, Determination
from search_app.query.reading import read
from search_app.query.recipe import RECIPE
from search_app.query.request import SearchRequest
from search_app.query.tree import And, DisMax, Node, Not, Nothing, Or, Word
from tests.contract.comparing import all_hits
from tests.contract.engines import ENGINES
from tests.contract.letters import LETTERS

_TABLE = tomllib.loads(Path(__file__).with_name("relevance.toml").read_text(encoding="utf-8"))
CLASSES: list[dict[str, Any]] = _TABLE["class"]


def _letter(case_id: str, given: dict[str, Any]) -> Determination:
    said = _TABLE["defaults"] | given
    decision = Decision(
        request=said["request"],
        disputed=said["request"],
        outcome="Upheld",
        rationale=said["rationale"],
        drugs=tuple(said["drugs"]),
    )
    return Determination(id=case_id, summary=said["summary"], decisions=(decision,))


def _letters() -> Iterator[Determination]:
    """The worse one has the smaller id, so that it would come first if nothing told them apart."""
    for number, row in enumerate(CLASSES):
        yield _letter(f"{number} a worse", row["worse"])
        yield _letter(f"{number} b better", row["better"])


@pytest.fixture(scope="module", params=list(ENGINES))
def judged(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    path = tmp_path_factory.mktemp("relevance") / "index"
    engine = ENGINES[request.param].build(path, (*LETTERS, *_letters()), 3)
    yield engine
    engine.close()


def scores(engine: Engine, tree: Node) -> dict[str, float]:
    """Of the engine alone: how close together a rationale says it adds nothing."""
    request = SearchRequest(tree=tree, recipe=replace(RECIPE, closeness=0))
    return {hit.id: hit.score for hit in all_hits(engine, request)}


def plain(token: str, weight: float = 1.0) -> Word:
    return Word(token, DEFAULT_FIELDS, weight)


@pytest.mark.parametrize(
    "number", range(len(CLASSES)), ids=lambda number: CLASSES[number]["name"].replace(" ", "_")
)
def test_better_before_worse(judged: Engine, number: int) -> None:
    found = scores(judged, read(CLASSES[number]["query"]).tree)
    ids = list(found)
    better, worse = f"{number} b better/1", f"{number} a worse/1"
    assert ids.index(better) < ids.index(worse)
    assert found[better] > found[worse]


def test_only_the_best_name_of_a_thing_counts(judged: Engine) -> None:
    one, other = plain("porcelain"), plain("teapot")
    single = [scores(judged, one), scores(judged, other)]
    together = scores(judged, DisMax((one, other)))
    assert len(together) == 2
    for name, score in together.items():
        assert score == pytest.approx(max(found.get(name, 0.0) for found in single), rel=1e-3)


def test_the_score_of_several_words_is_the_sum_of_theirs(judged: Engine) -> None:
    one, other = plain("walnut"), plain("maple")
    single = [scores(judged, one), scores(judged, other)]
    for tree in (And((one, other)), Or((one, other))):
        for name, score in scores(judged, tree).items():
            assert score == pytest.approx(sum(found.get(name, 0.0) for found in single), rel=1e-3)


def test_a_weight_scales_the_share_of_a_word(judged: Engine) -> None:
    light = scores(judged, plain("walnut"))
    assert light
    heavy = scores(judged, plain("walnut", 3.0))
    assert heavy == {name: pytest.approx(3 * score, rel=1e-3) for name, score in light.items()}


def test_what_is_excluded_adds_nothing(judged: Engine) -> None:
    alone = scores(judged, plain("walnut"))
    beside = scores(judged, And((plain("walnut"), Not(plain("teapot")), Not(Nothing()))))
    assert beside == {name: pytest.approx(score, rel=1e-3) for name, score in alone.items()}
