"""The Engine contract on Tantivy."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from threading import Lock
from time import perf_counter
from typing import BinaryIO

import tantivy
from tantivy import DocAddress, Query

from search_app import deadline
from search_app.engines.base import SCHEMA_VERSION, EngineStats, Hit, Listed, ResultPage
from search_app.engines.damage import told
from search_app.engines.files import pinned, statuses
from search_app.engines.hits import hit
from search_app.engines.ranking import Place
from search_app.engines.similar import similar
from search_app.engines.tantivy import segments
from search_app.engines.tantivy.commit import Commit
from search_app.engines.tantivy.counting import Counts, listed_facets, merged
from search_app.engines.tantivy.readonly import openable
from search_app.engines.tantivy.schema import register_analyzers, schema
from search_app.engines.tantivy.segments import stamp
from search_app.engines.tantivy.writer import TantivyWriter
from search_app.errors import REBUILD, IndexBusy, IndexIncompatible, IndexUnavailable
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.likeness import Likeness
from search_app.query.request import Filter, SearchRequest

NAME = "tantivy"

MEMORY = 256_000_000
"""Bytes of postings that the writer gathers before it writes out a segment."""

BLOCK = 50_000
"""Decisions of a whole list that are looked up at a time."""

THREADS = 2
"""Threads that index what one Python thread hands them; more would wait for it, and make smaller segments."""


class TantivyEngine:
    """An index in a folder. Threads may share it; it counts in threads of its own beside each search."""

    def __init__(self, index: tantivy.Index, path: Path, opened: Path | None = None) -> None:
        """Over an index and its folder; `opened` is the one that it was opened in, if that is another."""
        self._index = _prepared(index)
        self._path = path
        self._opened = opened or path
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(thread_name_prefix="imr-search-count")
        self._commit = self._loaded()

    @classmethod
    def create(cls, path: Path) -> TantivyEngine:
        """A new empty index in a folder, which is made if need be."""
        path.mkdir(parents=True, exist_ok=True)
        return cls(tantivy.Index(schema(), str(path), reuse=False), path)

    @classmethod
    def open(cls, path: Path) -> TantivyEngine:
        """The index in a folder; raises IndexIncompatible if there is none or it is damaged."""
        try:
            with told(path, segments.faults), openable(path) as folder:
                return cls(tantivy.Index.open(str(folder)), path, folder)
        except (ValueError, OSError) as error:
            raise IndexIncompatible(f"The index in {path} can't be opened ({error}).", REBUILD) from error

    @contextmanager
    def writer(self) -> Iterator[TantivyWriter]:
        """The one writer of the index; raises IndexBusy while another process has it."""
        try:
            writer = self._index.writer(MEMORY, THREADS)
        except ValueError as error:
            if "lock" not in str(error).lower():
                raise
            raise IndexBusy(
                f"Another process is writing to the index {self._path}.",
                "Wait until it has finished, or stop it.",
            ) from error
        with told(self._path, segments.faults):
            try:
                yield TantivyWriter(writer)
            finally:
                writer.rollback()
                writer.wait_merging_threads()

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a search over the last commit."""
        started = perf_counter()
        with self._reading() as commit:
            query = commit.query(request.tree)
            with self._counting(commit, query, request) as counting:
                highlighter = Highlighter(request.tree)
                page = commit.page(query, request)
                hits = tuple(
                    replace(
                        _hit(commit, place, highlighter),
                        twins=commit.twins(query, request, place.keys) - 1 if place.has_twins else 0,
                    )
                    for place in page.shown
                )
                counts = merged([part.result() for part in counting])
        return ResultPage(
            total=counts.total,
            places=counts.total - page.folded,
            hits=hits,
            facets=listed_facets(counts, request),
            seconds=perf_counter() - started,
        )

    @contextmanager
    def _counting(
        self, commit: Commit, query: Query, request: SearchRequest
    ) -> Iterator[list[Future[Counts]]]:
        """The counts of a request while they are made; those not begun are given up when the block ends."""
        parts = [self._threads.submit(deadline.carried(part)) for part in commit.counting(query, request)]
        try:
            yield parts
        finally:
            for part in parts:
                part.cancel()

    def each(self, request: SearchRequest) -> Iterator[Listed]:
        """The decisions of one commit from the request's offset on, in order, near-twins apart."""
        with self._reading() as commit:
            query = commit.query(request.tree)
            end = request.offset + request.limit
            for offset in range(request.offset, end, BLOCK):
                block = replace(request, offset=offset, limit=min(BLOCK, end - offset), fold=False)
                shown = commit.page(query, block).shown
                for place in shown:
                    yield Listed(*commit.stored.decision(place.document))
                if len(shown) < block.limit:
                    return

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        with self._reading() as commit:
            return commit.stored.case(case_id)

    def similar(self, likeness: Likeness, filters: tuple[Filter, ...], limit: int) -> ResultPage:
        """The closest decisions to another or to a text, near-twins folded into one."""
        with self._reading() as commit:
            return similar(self, likeness, filters, limit, commit.having)

    def vocabulary(self, beginning: str) -> Mapping[str, int]:
        """The tokens of rationales that begin so, and how many decisions have each, nearly."""
        with self._reading() as commit:
            return dict(commit.searcher.terms_with_prefix("rationale", beginning))

    def stats(self) -> EngineStats:
        """What the index holds."""
        with self._reading() as commit:
            built = commit.stamp[0] / 1e9
            return EngineStats(
                engine=NAME,
                schema_version=SCHEMA_VERSION,
                determinations=commit.determinations(),
                decisions=commit.searcher.num_docs,
                size=sum(file.st_size for file in statuses(self._path)),
                built=datetime.fromtimestamp(built, UTC).isoformat(timespec="seconds"),
            )

    def faults(self) -> Sequence[str]:
        """What is wrong with the index's files, a sentence for each."""
        return segments.faults(self._path)

    @contextmanager
    def files(self) -> Iterator[Mapping[str, BinaryIO]]:
        """The files of the last commit by name, open, with a list of them as Tantivy keeps it."""
        with pinned(self._path, segments.files) as files:
            listed = json.dumps(list(files)).encode()
            yield {**files, segments.MANAGED: BytesIO(listed)}

    def close(self) -> None:
        """Release files; the engine can't be used afterwards."""
        self._threads.shutdown()

    @contextmanager
    def _reading(self) -> Iterator[Commit]:
        """The last commit; raises IndexUnavailable for an index that is damaged."""
        try:
            # The folder of an index that was swapped goes while requests still use it; its files stay mapped.
            with told(self._path, segments.faults):
                with suppress(FileNotFoundError):
                    self._refresh()
                yield self._commit
        except (OSError, ValueError) as error:
            raise IndexUnavailable(f"The index {self._path} can't be read: {error}.", REBUILD) from error

    def _refresh(self) -> None:
        if stamp(self._path) != self._commit.stamp:
            with self._lock:
                if stamp(self._path) != self._commit.stamp:
                    self._commit = self._load()

    def _load(self) -> Commit:
        """The commit that is on disk now; one that comes meanwhile is seen by its stamp the next time."""
        with openable(self._path) as folder:
            if folder != self._opened:
                self._index, self._opened = _prepared(tantivy.Index.open(str(folder))), folder
            return self._loaded()

    def _loaded(self) -> Commit:
        seen = stamp(self._path)
        self._index.reload()
        return Commit(self._index.schema, self._index.searcher(), seen)


def _prepared(index: tantivy.Index) -> tantivy.Index:
    index.config_reader(reload_policy="manual")
    register_analyzers(index)
    return index


def _hit(commit: Commit, place: Place[DocAddress], highlighter: Highlighter) -> Hit:
    case, number = commit.stored.decision(place.document)
    return hit(case, number, place.score, highlighter, lambda: commit.stored.summary(case.id))
