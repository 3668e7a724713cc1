"""The Engine contract on Whoosh."""

from __future__ import annotations

import heapq
import json
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from pickle import UnpicklingError
from threading import RLock
from time import perf_counter
from typing import Any

from whoosh import index as whoosh_index

from search_app.engines.base import SCHEMA_VERSION, EngineStats, Hit, ResultPage
from search_app.engines.snippets import snippets
from search_app.engines.whoosh.facets import Filtered
from search_app.engines.whoosh.matching import Matching, Scores
from search_app.engines.whoosh.schema import HIT, WHOLE_CASE, schema
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.engines.whoosh.writer import WhooshWriter
from search_app.errors import IndexBusy, IndexIncompatible, IndexUnavailable
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.request import SearchRequest, Sort

NAME = "whoosh"
_LOCK = "imr-search-writer"
_FOREVER = 1 << 40


class WhooshEngine:
    """An index in a folder. Threads may share it; Whoosh's readers are used by one at a time."""

    def __init__(self, index: Any, path: Path) -> None:
        self._index = index
        self._path = path
        self._lock = RLock()
        self._snapshot = Snapshot(index.reader())

    @classmethod
    def create(cls, path: Path) -> WhooshEngine:
        """A new empty index in a folder, which is made if need be."""
        path.mkdir(parents=True, exist_ok=True)
        return cls(whoosh_index.create_in(str(path), schema()), path)

    @classmethod
    def open(cls, path: Path) -> WhooshEngine:
        """The index in a folder; raises IndexIncompatible if there is none or it is damaged."""
        try:
            return cls(whoosh_index.open_dir(str(path), schema=schema()), path)
        except (whoosh_index.IndexError, OSError, EOFError, ValueError, UnpicklingError) as error:
            raise IndexIncompatible(
                f"The index in {path} is damaged or missing ({type(error).__name__}).",
                "Build it again with: imr-search index --rebuild",
            ) from error

    @contextmanager
    def writer(self) -> Iterator[WhooshWriter]:
        """The one writer of the index; raises IndexBusy while another process has it."""
        lock = self._index.storage.lock(_LOCK)
        if not lock.acquire():
            raise IndexBusy(
                f"Another process is writing to the index {self._path}.",
                "Wait until it has finished, or stop it.",
            )
        try:
            yield WhooshWriter(self._index)
        finally:
            lock.release()

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a search over the last commit."""
        started = perf_counter()
        with self._lock:
            snapshot = self._current()
            scores = Matching(snapshot).match(request.tree)
            filtered = Filtered(snapshot, request, scores)
            found = filtered.hits()
            page = _page(snapshot, request, scores, found)
            highlighter = Highlighter(request.tree)
            hits = tuple(_hit(snapshot, doc, scores[doc], highlighter) for doc in page)
            facets = filtered.facets()
        return ResultPage(total=len(found), hits=hits, facets=facets, seconds=perf_counter() - started)

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        with self._lock:
            snapshot = self._current()
            return _whole_case(snapshot, case_id) if snapshot.documents_of(case_id) else None

    def stats(self) -> EngineStats:
        """What the index holds."""
        with self._lock:
            snapshot = self._current()
            files = [file.stat() for file in self._path.iterdir() if file.is_file()]
            built = max((file.st_mtime for file in files), default=0.0)
            return EngineStats(
                engine=NAME,
                schema_version=SCHEMA_VERSION,
                determinations=len({snapshot.case_ids[doc] for doc in snapshot.live}),
                decisions=len(snapshot.live),
                size=sum(file.st_size for file in files),
                built=datetime.fromtimestamp(built, UTC).isoformat(timespec="seconds"),
            )

    def close(self) -> None:
        """Release files; the engine can't be used afterwards."""
        with self._lock:
            self._snapshot.close()
            self._index.close()

    def _current(self) -> Snapshot:
        """The snapshot of the last commit."""
        try:
            if self._index.latest_generation() != self._snapshot.reader.generation():
                fresh = Snapshot(self._index.refresh().reader())
                self._snapshot.close()
                self._snapshot = fresh
        except (whoosh_index.IndexError, OSError) as error:
            raise IndexUnavailable(f"The index {self._path} is gone.", "Try again.") from error
        return self._snapshot


def _page(snapshot: Snapshot, request: SearchRequest, scores: Scores, found: Collection[int]) -> list[int]:
    """The documents of the page asked for, in order."""
    key = _sort_key(snapshot, request.sort, scores)
    return heapq.nsmallest(request.offset + request.limit, found, key)[request.offset :]


def _sort_key(snapshot: Snapshot, sort: Sort, scores: Scores) -> Callable[[int], tuple[float, int]]:
    rank, days = snapshot.rank, snapshot.days
    match sort:
        case Sort.NEWEST:
            return lambda doc: (-days[doc], rank[doc])
        case Sort.OLDEST:
            return lambda doc: (days[doc] or _FOREVER, rank[doc])
    # Rounded, so that the order of additions in floating point can't part equal scores.
    return lambda doc: (-round(scores[doc], 6), rank[doc])


def _whole_case(snapshot: Snapshot, case_id: str) -> Determination:
    """A case that is in the index, from the one of its documents that carries it."""
    stored = map(snapshot.reader.stored_fields, snapshot.documents_of(case_id))
    return Determination.from_json(json.loads(next(one[WHOLE_CASE] for one in stored if WHOLE_CASE in one)))


def _hit(snapshot: Snapshot, document: int, score: float, highlighter: Highlighter) -> Hit:
    case = Determination.from_json(json.loads(snapshot.reader.stored_fields(document)[HIT]))
    (decision,) = case.decisions
    title = highlighter.mark(decision.disputed, "request")
    return Hit(
        case=case,
        number=snapshot.items[document],
        decision=decision,
        score=round(score, 6),
        title=title,
        snippets=snippets(highlighter, title, decision, lambda: _whole_case(snapshot, case.id).summary),
    )
