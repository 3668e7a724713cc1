"""Threads search through the holder while commits and swaps happen: no error, and no impossible page."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from search_app import engines
from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.records import record_of
from search_app.errors import IndexIncompatible
from search_app.query.reading import read
from search_app.query.request import MAX_LIMIT, SearchRequest
from search_app.web.holder import EngineHolder
from tests.serving.changing import ChangingIndex, assert_page, assert_whole, letters

NAMES = tuple(name for name in engines._ENGINES if name != "opensearch" or os.environ.get("TEST_OPENSEARCH"))
READERS = 3
TURNS = 12
QUERIES = ("", "state", "brace OR cane OR splint", "file*", "outcome:upheld OR outcome:overturned")


@pytest.fixture(params=[*((name,) for name in NAMES), NAMES], ids="-".join)
def index(request: pytest.FixtureRequest, tmp_path: Path) -> ChangingIndex:
    """An index by each engine, and one that goes from engine to engine."""
    made = ChangingIndex(tmp_path / "index", request.param)
    made.swap()
    return made


def look(holder: EngineHolder, query: str) -> int:
    """Search, look up every case found, ask what is there, and check all of it; the state seen."""
    with holder.lease() as engine:
        page = engine.search(SearchRequest(tree=read(query).tree, limit=MAX_LIMIT))
        cases = [engine.case(hit.case.id) for hit in page.hits]
        stats = engine.stats()
    for case in cases:
        if case is not None:  # a later commit may have taken it out
            assert_whole(case)
    assert stats.decisions == 3 * stats.determinations
    return assert_page(page)


def watched(holder: EngineHolder, changes: list[Callable[[], None]]) -> list[list[int]]:
    """The states that each of several threads saw, one look after the other, while changes were made."""
    done = threading.Event()
    looks = threading.Semaphore(0)

    def reader(number: int) -> list[int]:
        seen: list[int] = []
        try:
            while not done.is_set():
                seen.append(look(holder, QUERIES[(number + len(seen)) % len(QUERIES)]))
                looks.release()
        finally:
            done.set()
            looks.release(2 * TURNS)
        return seen

    with ThreadPoolExecutor(READERS) as threads:
        readers = [threads.submit(reader, number) for number in range(READERS)]
        for change in changes:
            looks.acquire()
            change()
        done.set()
        return [one.result() for one in readers]


def test_commits_under_searching_threads(index: ChangingIndex) -> None:
    holder = EngineHolder(Settings(index=index.path))
    for seen in watched(holder, [index.commit] * TURNS):
        assert seen == sorted(seen)
    assert look(holder, "") == index.state
    holder.close()


def test_swaps_under_searching_threads(index: ChangingIndex) -> None:
    holder = EngineHolder(Settings(index=index.path))
    for seen in watched(holder, [index.swap, index.swap, index.commit] * (TURNS // 3)):
        assert seen == sorted(seen)
    assert look(holder, "") == index.state
    holder.close()


@dataclass(slots=True)
class Watch:
    """Opens engines as ever, and notes which are closed; `first` happens before the next one is opened."""

    closed: list[Engine] = field(default_factory=list)
    first: Callable[[], None] | None = None

    def open_engine(self, index: Path, name: str) -> Engine:
        record = record_of(index)
        if self.first is not None:
            self.first()
            self.first = None
        engine = engines.open_data(index, record)
        close = engine.close

        def noted() -> None:
            close()
            self.closed.append(engine)

        engine.close = noted  # type: ignore[method-assign]
        return engine


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Watch:
    made = Watch()
    monkeypatch.setattr("search_app.web.holder.open_engine", made.open_engine)
    return made


def test_what_a_request_uses_outlives_a_swap_and_is_closed_after_it(
    index: ChangingIndex, watch: Watch
) -> None:
    holder = EngineHolder(Settings(index=index.path))
    request = SearchRequest(limit=MAX_LIMIT)
    with holder.lease() as old:
        first = assert_page(old.search(request))
        index.swap()
        with holder.lease() as new:
            assert assert_page(new.search(request)) == first + 1
        assert assert_page(old.search(request)) == first
        assert old.stats().decisions == 3 * len(letters(first))
        assert watch.closed == []
    assert watch.closed == [old]
    holder.close()
    assert watch.closed == [old, new]


def test_a_swap_while_the_index_is_being_opened(index: ChangingIndex, watch: Watch) -> None:
    watch.first = index.swap
    holder = EngineHolder(Settings(index=index.path))
    seen = look(holder, "")  # a cluster keeps the old one for a while, so this may be of either
    assert seen in (index.state - 1, index.state)
    assert look(holder, "") == index.state
    holder.close()


def test_a_damaged_index_is_told_and_served_again_when_it_is_whole(index: ChangingIndex) -> None:
    holder = EngineHolder(Settings(index=index.path))
    record = record_of(index.path)
    data, away = index.path / record.data, index.path / "away"
    data.rename(away)
    for _ in range(2):
        with pytest.raises(IndexIncompatible, match="damaged or missing"), holder.lease():
            pass
    away.rename(data)
    assert look(holder, "") == index.state
    holder.close()


def test_requests_share_one_engine(index: ChangingIndex) -> None:
    holder = EngineHolder(Settings(index=index.path))
    with holder.lease() as one, holder.lease() as other:
        assert one is other
    holder.close()
