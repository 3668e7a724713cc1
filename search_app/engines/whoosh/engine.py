"""The Engine contract on Whoosh."""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from itertools import compress, islice
from pathlib import Path
from pickle import UnpicklingError
from threading import RLock
from time import perf_counter
from typing import Any

from whoosh import index as whoosh_index

from search_app.engines.base import SCHEMA_VERSION, EngineStats, Hit, ResultPage
from search_app.engines.files import statuses
from search_app.engines.hits import hit
from search_app.engines.whoosh.bits import flags
from search_app.engines.whoosh.facets import Filtered
from search_app.engines.whoosh.leaves import UNIT
from search_app.engines.whoosh.matching import Matching
from search_app.engines.whoosh.schema import HIT, WHOLE_CASE, schema
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.engines.whoosh.writer import WhooshWriter
from search_app.errors import REBUILD, IndexBusy, IndexIncompatible
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import positive_leaves

NAME = "whoosh"
_LOCK = "imr-search-writer"


class WhooshEngine:
    """An index in a folder. Threads may share it; Whoosh's readers are used by one at a time."""

    def __init__(self, index: Any, path: Path) -> None:
        self._index = index
        self._path = path
        self._lock = RLock()
        self._matching = Matching(Snapshot(index.reader()))

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
                REBUILD,
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
            matching = self._current()
            filtered = Filtered(matching.snapshot, request, matching.bits(request.tree))
            found = filtered.hits()
            scores = matching.scores(request.tree)
            page = _page(matching.snapshot, request, scores, found)
            highlighter = Highlighter(request.tree)
            hits = tuple(_hit(matching.snapshot, doc, scores[doc] / UNIT, highlighter) for doc in page)
            facets = filtered.facets()
        return ResultPage(total=found.bit_count(), hits=hits, facets=facets, seconds=perf_counter() - started)

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        with self._lock:
            snapshot = self._current().snapshot
            return _whole_case(snapshot, case_id) if snapshot.documents_of(case_id) else None

    def stats(self) -> EngineStats:
        """What the index holds."""
        with self._lock:
            snapshot = self._current().snapshot
            files = statuses(self._path)
            built = max((file.st_mtime for file in files), default=0.0)
            return EngineStats(
                engine=NAME,
                schema_version=SCHEMA_VERSION,
                determinations=len(set(compress(snapshot.case_ids, flags(snapshot.live, snapshot.size)))),
                decisions=snapshot.live.bit_count(),
                size=sum(file.st_size for file in files),
                built=datetime.fromtimestamp(built, UTC).isoformat(timespec="seconds"),
            )

    def close(self) -> None:
        """Release files; the engine can't be used afterwards."""
        with self._lock:
            self._matching.snapshot.close()
            self._index.close()

    def _current(self) -> Matching:
        """The matching of the last commit that can be read.

        The folder of an index that was swapped goes while requests still use it; their files stay open.
        """
        with suppress(whoosh_index.IndexError, OSError):
            if self._index.latest_generation() != self._matching.snapshot.reader.generation():
                fresh = Matching(Snapshot(self._index.refresh().reader()))
                self._matching.snapshot.close()
                self._matching = fresh
        return self._matching


def _page(snapshot: Snapshot, request: SearchRequest, scores: Sequence[int], found: int) -> Sequence[int]:
    """The documents of the page asked for, in order; what ranks nothing lists the newest first."""
    end = request.offset + request.limit
    is_found = flags(found, snapshot.size).__getitem__
    by_relevance = request.sort is Sort.RELEVANCE and any(positive_leaves(request.tree))
    if by_relevance:
        return heapq.nlargest(end, filter(is_found, snapshot.by_case), scores.__getitem__)[request.offset :]
    order = snapshot.oldest if request.sort is Sort.OLDEST else snapshot.newest
    return list(islice(filter(is_found, order), request.offset, end))


def _whole_case(snapshot: Snapshot, case_id: str) -> Determination:
    """A case that is in the index, from the one of its documents that carries it."""
    stored = map(snapshot.reader.stored_fields, snapshot.documents_of(case_id))
    return Determination.from_json(json.loads(next(one[WHOLE_CASE] for one in stored if WHOLE_CASE in one)))


def _hit(snapshot: Snapshot, document: int, score: float, highlighter: Highlighter) -> Hit:
    case = Determination.from_json(json.loads(snapshot.reader.stored_fields(document)[HIT]))
    number = snapshot.items[document]
    return hit(case, number, score, highlighter, lambda: _whole_case(snapshot, case.id).summary)
