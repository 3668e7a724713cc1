"""The Engine contract on Whoosh."""

from __future__ import annotations

import heapq
import json
import struct
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing, contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from itertools import compress, islice
from pathlib import Path
from pickle import UnpicklingError
from threading import RLock
from time import perf_counter
from typing import Any, BinaryIO

from whoosh import index as whoosh_index

from search_app.engines.base import SCHEMA_VERSION, EngineStats, Hit, Listed, ResultPage
from search_app.engines.damage import damaged, told
from search_app.engines.files import pinned, statuses
from search_app.engines.hits import hit
from search_app.engines.ranking import Place, Read, by_relevance, places
from search_app.engines.similar import similar
from search_app.engines.whoosh import storage
from search_app.engines.whoosh.bits import flags
from search_app.engines.whoosh.facets import Filtered
from search_app.engines.whoosh.leaves import UNIT
from search_app.engines.whoosh.matching import Matching
from search_app.engines.whoosh.schema import HIT, TWINS, WHOLE_CASE, schema
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.engines.whoosh.writer import WhooshWriter
from search_app.errors import REBUILD, IndexBusy, IndexIncompatible
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.likeness import Likeness
from search_app.query.request import Filter, SearchRequest, Sort

NAME = "whoosh"
_LOCK = "imr-search-writer"
_UNREADABLE = (whoosh_index.IndexError, OSError, EOFError, ValueError, UnpicklingError, struct.error)
"""What Whoosh raises over an index that it can't open, where there are no checksums to blame."""

_TRIES = 5
"""Times that an index is opened: a commit may remove a table of contents that was just found, unread."""


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
        return cls(storage.CheckedStorage(str(path)).create_index(schema()), path)

    @classmethod
    def open(cls, path: Path) -> WhooshEngine:
        """The index in a folder; raises IndexIncompatible if there is none or it is damaged.

        All of it is compared with its checksums first. Indexes of this engine are small, and Whoosh unpickles
        what it reads, and leaves files open where it fails.
        """
        if faults := storage.faults(path):
            raise damaged(path, faults)
        try:
            return cls(_opened(path), path)
        except _UNREADABLE as error:
            raise IndexIncompatible(
                f"The index in {path} can't be opened ({type(error).__name__}).", REBUILD
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
            storage.remove_leftovers(self._path)
            with told(self._path, storage.faults):
                yield WhooshWriter(self._index)
        except BaseException:
            storage.remove_leftovers(self._path)
            raise
        finally:
            lock.release()

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a search over the last commit."""
        started = perf_counter()
        with self._reading() as matching:
            filtered = Filtered(matching.snapshot, request, matching.bits(request.tree))
            found = filtered.hits()
            scores = matching.scores(request.tree)
            find = partial(_page, matching.snapshot, request, scores, found)
            page = places(request, find, partial(_read, matching.snapshot))
            highlighter = Highlighter(request.tree)
            hits = tuple(_hit(matching, place, found, highlighter) for place in page.shown)
            facets = filtered.facets()
        total = found.bit_count()
        took = perf_counter() - started
        return ResultPage(total=total, places=total - page.folded, hits=hits, facets=facets, seconds=took)

    def each(self, request: SearchRequest) -> Iterator[Listed]:
        """The decisions of one commit from the request's offset on, in order, near-twins apart.

        It has a reader of its own, which stays open while other requests go on to a newer commit.
        """
        with self._lock:
            matching = Matching(Snapshot(self._index.refresh().reader()))
        snapshot, request = matching.snapshot, replace(request, fold=False)
        with told(self._path, storage.faults), closing(snapshot):
            found = Filtered(snapshot, request, matching.bits(request.tree)).hits()
            find = partial(_page, snapshot, request, matching.scores(request.tree), found)
            for place in places(request, find, partial(_read, snapshot)).shown:
                yield Listed(_stored_case(snapshot, place.document), snapshot.items[place.document])

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        with self._reading() as matching:
            snapshot = matching.snapshot
            return _whole_case(snapshot, case_id) if snapshot.documents_of(case_id) else None

    def similar(self, likeness: Likeness, filters: tuple[Filter, ...], limit: int) -> ResultPage:
        """The closest decisions to another or to a text, near-twins folded into one."""
        return similar(self, likeness, filters, limit)

    def vocabulary(self, beginning: str) -> Mapping[str, int]:
        """The tokens of rationales that begin so, and how many decisions have each, nearly."""
        with self._reading() as matching:
            return matching.snapshot.vocabulary("rationale", beginning)

    def stats(self) -> EngineStats:
        """What the index holds."""
        with self._reading() as matching:
            snapshot = matching.snapshot
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

    def faults(self) -> Sequence[str]:
        """What is wrong with the index's files, a sentence for each."""
        return storage.faults(self._path)

    def files(self) -> AbstractContextManager[Mapping[str, BinaryIO]]:
        """The files of the last commit by name, open."""
        return pinned(self._path, storage.files)

    def close(self) -> None:
        """Release files; the engine can't be used afterwards."""
        with self._lock:
            self._matching.snapshot.close()
            self._index.close()

    @contextmanager
    def _reading(self) -> Iterator[Matching]:
        """The last commit, for one thread; raises IndexDamaged."""
        with told(self._path, storage.faults), self._lock:
            yield self._current()

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


def _page(
    snapshot: Snapshot, request: SearchRequest, scores: Sequence[int], found: int, offset: int, limit: int
) -> Sequence[tuple[float, int]]:
    """Documents from an offset on, in order, with their scores; what ranks nothing lists the newest first."""
    end = offset + limit
    is_found = flags(found, snapshot.size).__getitem__
    if by_relevance(request):
        best = heapq.nlargest(end, filter(is_found, snapshot.by_case), scores.__getitem__)[offset:]
        return [(scores[document] / UNIT, document) for document in best]
    order = snapshot.oldest if request.sort is Sort.OLDEST else snapshot.newest
    return [(scores[document] / UNIT, document) for document in islice(filter(is_found, order), offset, end)]


def _read(snapshot: Snapshot, document: int) -> Read:
    stored = snapshot.reader.stored_fields(document)
    return Read(json.loads(stored[HIT])["decisions"][0]["rationale"], tuple(stored[TWINS].split()))


def _stored_case(snapshot: Snapshot, document: int) -> Determination:
    """The case of a document with the one decision, and no summary."""
    return Determination.from_json(json.loads(snapshot.reader.stored_fields(document)[HIT]))


def _whole_case(snapshot: Snapshot, case_id: str) -> Determination:
    """A case that is in the index, from the one of its documents that carries it."""
    stored = map(snapshot.reader.stored_fields, snapshot.documents_of(case_id))
    return Determination.from_json(json.loads(next(one[WHOLE_CASE] for one in stored if WHOLE_CASE in one)))


def _hit(matching: Matching, place: Place[int], found: int, highlighter: Highlighter) -> Hit:
    snapshot = matching.snapshot
    case = _stored_case(snapshot, place.document)
    number = snapshot.items[place.document]
    made = hit(case, number, place.score, highlighter, lambda: _whole_case(snapshot, case.id).summary)
    twins = (snapshot.twins(place.keys) & found).bit_count() - 1 if place.has_twins else 0
    return replace(made, twins=twins)


def _opened(path: Path) -> Any:
    for _ in range(_TRIES - 1):
        with suppress(FileNotFoundError):
            return storage.CheckedStorage(str(path)).open_index(schema=schema())
    return storage.CheckedStorage(str(path)).open_index(schema=schema())
