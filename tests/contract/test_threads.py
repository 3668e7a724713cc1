"""Threads share an engine, as those of the web server do."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

from search_app.engines.base import Engine
from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.conftest import Indexes
from tests.contract.engines import Maker
from tests.contract.letters import LETTERS


def test_many_searches_at_once(engine: Engine, indexes: Indexes) -> None:
    typed = (
        "knee",
        "tramadol improvement",
        '"functional improvement"~3',
        "func*",
        "-knee",
        "decided:2016",
    ) * 5
    oracle = indexes.oracle("several segments")

    def answers(text: str) -> None:
        assert_same(engine, oracle, SearchRequest(tree=read(text).tree))

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(answers, typed))


def test_a_search_sees_one_commit_or_the_next(maker: Maker, tmp_path: Path) -> None:
    """Each commit replaces a letter by one with as many decisions: a mixture would have other totals."""
    pair = (replace(LETTERS[0], id="first"), replace(LETTERS[0], id="second"))
    engine = maker.build(tmp_path / "index", pair[:1])
    request = SearchRequest(filters=(Filter("outcome", ("Upheld", "Overturned")),))

    def commit(turn: int) -> None:
        with engine.writer() as writer:
            writer.delete(pair[turn % 2].id)
            writer.put(pair[1 - turn % 2])
            writer.commit()

    def look(_: int) -> tuple[int, int, set[str]]:
        page = engine.search(request)
        return (
            page.total,
            sum(value.count for value in page.facets[0].values),
            {hit.case.id for hit in page.hits},
        )

    with ThreadPoolExecutor(3) as threads:
        looks = [threads.submit(look, at) for at in range(30)]
        for turn in range(6):
            commit(turn)
        looks += [threads.submit(look, at) for at in range(5)]
    seen = [one.result() for one in looks]
    assert all((total, counted, len(cases)) == (2, 2, 1) for total, counted, cases in seen)
    assert seen[-1][2] == {"first"}
    engine.close()
