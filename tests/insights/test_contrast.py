from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from search_app.engines.base import Engine
from search_app.insights.contrast import FEWEST, SHOWN, SURE, contrast
from search_app.model import Decision, Determination
from search_app.query.reading import read
from search_app.query.recipe import EXACT
from search_app.query.request import Filter, SearchRequest
from search_app.query.tree import Everything
from tests.contract.engines import ENGINES

WORDS = [f"word{letter}{other}" for letter in "abcdefgh" for other in "ijklmnop"]
SHARED = "The harbour book says that a walrus must be fed."


def _letters() -> Iterator[Determination]:
    dice = random.Random(5)
    for number in range(80):
        won = number % 2 == 0
        own = " ".join(dice.sample(WORDS, 30))
        reason = "a broken tusk" if won and number % 6 else "" if won else "not been weighed"
        verdict = "The request is medically necessary." if won else "The request is not medically necessary."
        rationale = f"The walrus number {number} has {reason}, beside {own}. {SHARED} {verdict}"
        outcome = "Overturned" if won else "Upheld"
        one = Decision(request="Fish", disputed="Fish", outcome=outcome, rationale=rationale)
        yield Determination(id=f"W{number}", decisions=(one,))


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = ENGINES[request.param].build(tmp_path_factory.mktemp("contrast") / "index", list(_letters()))
    yield made
    made.close()


WALRUS = SearchRequest(tree=read("walrus", EXACT).tree)


@pytest.mark.parametrize(
    "request_", [WALRUS, SearchRequest(), SearchRequest(filters=(Filter("outcome", ("Upheld",)),))]
)
def test_what_marks_each_outcome_is_found(engine: Engine, request_: SearchRequest) -> None:
    overturned, upheld = contrast(engine, request_)
    assert (overturned.outcome, overturned.read, upheld.outcome, upheld.read) == (
        "Overturned",
        40,
        "Upheld",
        40,
    )
    best, worst = overturned.phrases[0], upheld.phrases[0]
    assert (best.phrase, best.here, best.there) == ("broken tusk", 26, 0)
    assert (worst.phrase, worst.here, worst.there) == ("weighed", 40, 0)
    for mark in (*overturned.phrases, *upheld.phrases):
        assert mark.deviations >= SURE


def test_what_many_share_and_the_verdict_are_left_out(engine: Engine) -> None:
    said = " ".join(mark.phrase for marks in contrast(engine, WALRUS) for mark in marks.phrases)
    for word in ("harbour", "fed", "necessary", "request"):
        assert word not in said


def test_no_phrase_stands_inside_another(engine: Engine) -> None:
    for marks in contrast(engine, WALRUS):
        phrases = [mark.phrase for mark in marks.phrases]
        assert len(phrases) <= SHOWN
        for one in phrases:
            assert not any(one in other for other in phrases if other != one)


@pytest.mark.parametrize("case", ["W0", "W1", "W77"])
def test_too_few_are_not_compared(engine: Engine, case: str) -> None:
    marks = contrast(engine, SearchRequest(tree=read(f"case:{case}").tree))
    assert min(one.read for one in marks) < FEWEST
    assert all(one.phrases == () for one in marks)


def test_nothing_found_has_no_marks(engine: Engine) -> None:
    marks = contrast(engine, SearchRequest(tree=read("zzzz", EXACT).tree))
    assert [(one.read, one.phrases) for one in marks] == [(0, ()), (0, ())]
    assert isinstance(SearchRequest().tree, Everything)
