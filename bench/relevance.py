"""How well judged queries find what was sought, with every part of the recipe and without each in turn.

Scores are nDCG at 10 with gains 2^grade - 1 (Burges et al. 2005) and recall at 20 of decisions of grade 2 and
3, means over the queries.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from math import log2
from pathlib import Path
from statistics import mean
from typing import Any

from bench.peers.raw_opensearch import no_cluster
from search_app.cli.ranking import ranking
from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.ingest.run import Plan, ingest
from search_app.query.recipe import EXACT, RECIPE, Recipe

ENGINES = ("whoosh", "tantivy", *(() if no_cluster() else ("opensearch",)))

TOP, DEPTH = 10, 20
"""Ranks that nDCG and recall look at."""

RELEVANT = 2
"""Grade from which on a decision ought to be found."""

WITHOUT: Mapping[str, Recipe] = {
    "everything": RECIPE,
    "drugs by one name only": replace(RECIPE, drugs=False),
    "no everyday words and abbreviations": replace(RECIPE, everyday=False),
    "approved, denied are words": replace(RECIPE, outcomes=False),
    "framing words are searched": replace(RECIPE, framing=False),
    "a small “or” joins nothing": replace(RECIPE, alternatives=False),
    "spelling stays": replace(RECIPE, spelling=False),
    "no near misses": replace(RECIPE, relaxed=False),
    "nothing for what a decision is about": replace(RECIPE, subject=0.0, beside=0.0, body=0.0, other=0.0),
    "the first named counts as any other": replace(RECIPE, subject=RECIPE.beside),
    "nothing for the outcome asked for": replace(RECIPE, outcome=0.0),
    "no words as typed": replace(RECIPE, words=0.0),
    "nothing wider": replace(RECIPE, wider=0.0),
    "no closeness": replace(RECIPE, closeness=0.0),
    "boilerplate counts in full": replace(RECIPE, boilerplate=False),
    "words as they stand, BM25 alone": replace(EXACT, closeness=0.0, words=0.0),
}
"""What is measured: the recipe, then each part of it switched off by itself, then all of them."""


WEIGHTS = ("subject", "beside", "body", "other", "outcome", "words", "wider", "closeness")
"""The weights of the recipe, which are also measured at half and at twice what they are."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A query and the grades of the decisions that answer it, by id."""

    id: str
    query: str
    grades: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Score:
    """Of one query, or the mean of several; recall is None where nothing ought to be found."""

    ndcg: float
    recall: float | None


def judged(path: Path) -> tuple[Judged, ...]:
    """The judged queries of a file of JSON lines."""
    lines = filter(str.strip, path.read_text(encoding="utf-8").splitlines())
    return tuple(Judged(one["id"], one["query"], one["grades"]) for one in map(json.loads, lines))


def score(grades: Mapping[str, int], ranked: Sequence[str]) -> Score:
    """The score of a ranking."""
    ideal = _gain(sorted(grades.values(), reverse=True))
    found = _gain([grades.get(one, 0) for one in ranked])
    wanted = {one for one, grade in grades.items() if grade >= RELEVANT}
    recall = len(wanted.intersection(ranked[:DEPTH])) / min(DEPTH, len(wanted)) if wanted else None
    return Score(found / ideal if ideal else 0.0, recall)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / log2(rank + 2) for rank, grade in enumerate(grades[:TOP]))


def average(scores: Sequence[Score]) -> Score:
    """The mean of each measure, over the queries that have it."""
    recalls = [one.recall for one in scores if one.recall is not None]
    return Score(mean(one.ndcg for one in scores), mean(recalls) if recalls else None)


def scores(engine: Engine, queries: Sequence[Judged], recipe: Recipe) -> list[Score]:
    """The score of each query."""
    return [score(one.grades, ranking(engine, one.query, recipe=recipe)) for one in queries]


def report(letters: Path, queries: Sequence[Judged]) -> Iterator[str]:
    """Tables in Markdown: what each part is worth, each weight at other values, and each query, by engine."""
    with tempfile.TemporaryDirectory() as folder:
        engines = {}
        for name in ENGINES:
            ingest(letters, Path(folder, name), Plan(engine=name))
            engines[name] = open_engine(Path(folder, name))
        measured = {
            label: {name: scores(engine, queries, recipe) for name, engine in engines.items()}
            for label, recipe in WITHOUT.items()
        }
        weighed = {
            name: [scores(engines[ENGINES[0]], queries, _times(name, times)) for times in (0.5, 1.0, 2.0)]
            for name in WEIGHTS
        }
        for engine in engines.values():
            engine.close()
    yield from _parts(measured)
    yield from _weights(weighed)
    yield from _queries(queries, next(iter(measured.values())))


def _parts(measured: Mapping[str, Mapping[str, Sequence[Score]]]) -> Iterator[str]:
    yield f"| | {' | '.join(f'{name}, nDCG@{TOP} | recall@{DEPTH}' for name in ENGINES)} |"
    yield f"|---|{'---:|' * 2 * len(ENGINES)}"
    for label, by_engine in measured.items():
        yield f"| {label} | {' | '.join(_cell(average(by_engine[name])) for name in ENGINES)} |"
    yield ""


def _times(name: str, times: float) -> Recipe:
    """The recipe with one weight so many times what it is."""
    changed: dict[str, Any] = {name: getattr(RECIPE, name) * times}
    return replace(RECIPE, **changed)


def _weights(weighed: Mapping[str, Sequence[Sequence[Score]]]) -> Iterator[str]:
    measures = f"nDCG@{TOP} | recall@{DEPTH}"
    yield f"| {ENGINES[0]} | weight | half: {measures} | as it is: {measures} | twice: {measures} |"
    yield f"|---|---:|{'---:|' * 6}"
    for name, cells in weighed.items():
        yield f"| {name} | {getattr(RECIPE, name)} | {' | '.join(_cell(average(one)) for one in cells)} |"
    yield ""


def _queries(queries: Sequence[Judged], by_engine: Mapping[str, Sequence[Score]]) -> Iterator[str]:
    yield f"| query | {' | '.join(f'{name}, nDCG@{TOP} | recall@{DEPTH}' for name in ENGINES)} |"
    yield f"|---|{'---:|' * 2 * len(ENGINES)}"
    for at, one in enumerate(queries):
        yield f"| {one.query} | {' | '.join(_cell(by_engine[name][at]) for name in ENGINES)} |"
    yield ""


def _cell(one: Score) -> str:
    return f"{one.ndcg:.3f} | {'' if one.recall is None else f'{one.recall:.3f}'}"
