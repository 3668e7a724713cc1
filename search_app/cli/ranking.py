"""rank: the rankings of a file of queries, for scoring them against judgments."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import click

from search_app.cli.options import echo_json, setting, settings
from search_app.engines import open_engine
from search_app.engines.answering import answer
from search_app.engines.base import Engine
from search_app.errors import SettingError
from search_app.query.parameters import LIMIT, QUERY, search_of
from search_app.query.recipe import RECIPE, Recipe
from search_app.query.request import MAX_LIMIT


@dataclass(frozen=True, slots=True)
class JudgedQuery:
    """A query of a file, by its id."""

    id: str
    query: str


@click.command()
@click.argument("queries", type=click.Path(path_type=Path, exists=True, dir_okay=False))
@click.option("--limit", type=click.IntRange(1, MAX_LIMIT), default=MAX_LIMIT, show_default=True)
@setting("index")
def rank(queries: Path, limit: int, index: Path) -> None:
    """Print a ranking for each query of QUERIES, as JSON lines.

    A line of QUERIES is an object with "id" and "query"; a line of the answer has "id" and "ranking", the
    decisions found ("CM16-0213037/1"), best first and none folded into another.
    """
    asked = list(read_queries(queries))
    engine = open_engine(settings(index=index).index)
    try:
        for one in asked:
            echo_json({"id": one.id, "ranking": ranking(engine, one.query, limit)})
    finally:
        engine.close()


def ranking(engine: Engine, query: str, limit: int = MAX_LIMIT, recipe: Recipe = RECIPE) -> list[str]:
    """The ids of the decisions that a query finds, best first."""
    search = search_of({QUERY: [query], LIMIT: [str(limit)]}, recipe=recipe, facets=())
    return [hit.id for hit in answer(engine, search).page.hits]


def read_queries(path: Path) -> Iterator[JudgedQuery]:
    """The queries of a file; raises SettingError, with the line's number, for one that is none."""
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            record = json.loads(line)
            yield JudgedQuery(str(record["id"]), str(record["query"]))
        except (ValueError, TypeError, KeyError) as error:
            raise SettingError(
                f"Line {number} of {path} is no query.", 'It takes one like {"id": "1", "query": "knee MRI"}.'
            ) from error
