"""The Engine contract on an index of an OpenSearch cluster."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import AbstractContextManager, closing, contextmanager
from re import escape
from time import perf_counter
from typing import Any, BinaryIO, TypeVar

from search_app import deadline
from search_app.engines.base import SCHEMA_VERSION, EngineStats, Listed, ResultPage
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.reading import Reader
from search_app.engines.opensearch.schema import ITEM, WORDS
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store, living
from search_app.engines.opensearch.writer import OpenSearchWriter
from search_app.engines.similar import similar
from search_app.errors import SettingError
from search_app.model import Determination
from search_app.query.likeness import Likeness
from search_app.query.request import Filter, SearchRequest

NAME = "opensearch"

MOST_WORDS = 50_000
"""Words with one beginning that are told, the most frequent; a cluster allows 65,535."""

_ASIDE = 8
"""States that are asked for at once beside searches."""

T = TypeVar("T")

_NO_WORD = "\ue000"
"""Asked for beside the words with a beginning: OpenSearch 2.19 fails where all words sort before it."""


class OpenSearchEngine:
    """An index of a cluster. Threads may share it."""

    def __init__(self, connection: Connection, index: str) -> None:
        """Over an index that is there; raises IndexUnavailable where it can't be reached or used."""
        self._connection = connection
        version = connection.check()
        self._store = Store(connection, index)
        self._reader = Reader(self._store, version)
        self._threads = ThreadPoolExecutor(_ASIDE, "imr-search-state")
        with connection.explained():
            self._seen = self._store.committed()

    @contextmanager
    def writer(self) -> Iterator[OpenSearchWriter]:
        """A writer of the index, beside which others may be at work."""
        with self._connection.explained(), closing(OpenSearchWriter(self._store)) as writer:
            yield writer

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a search over the last commit."""
        started = perf_counter()
        with self._connection.explained():
            return self._latest(lambda state: self._reader.page(request, state, started))

    def each(self, request: SearchRequest) -> Iterator[Listed]:
        """The decisions of one commit from the request's offset on, in order, near-twins apart."""
        with self._reading() as state:
            yield from self._reader.each(request, state)

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""
        with self._reading() as state:
            return self._store.case(case_id, state)

    def similar(self, likeness: Likeness, filters: tuple[Filter, ...], limit: int) -> ResultPage:
        """The closest decisions to another or to a text, near-twins folded into one."""
        return similar(self, likeness, filters, limit, self._having)

    def vocabulary(self, beginning: str) -> Mapping[str, int]:
        """The tokens of rationales that begin so, and how many decisions have each."""
        pattern = f"{escape(beginning)}.*|{_NO_WORD}"
        words = {"terms": {"field": WORDS, "size": MOST_WORDS, "include": pattern}}
        with self._reading() as state:
            found = self._store.search({"query": living(state), "size": 0, "aggs": {WORDS: words}})
        return {one["key"]: one["doc_count"] for one in found["aggregations"][WORDS]["buckets"]}

    def stats(self) -> EngineStats:
        """What the index holds."""
        with self._reading() as state:
            return EngineStats(
                engine=NAME,
                schema_version=SCHEMA_VERSION,
                determinations=self._store.count(living(state, {"term": {ITEM: 1}})),
                decisions=self._store.count(living(state)),
                size=self._store.size(),
                built=state.built,
            )

    def faults(self) -> Sequence[str]:
        """Whether shards of the index are missing; the cluster itself compares checksums as it reads."""
        with self._connection.explained():
            health = self._store.health()
        if health != "red":
            return ()
        return ("The cluster lacks shards of the index (its health is red): docs/deploying.md, Backups.",)

    def files(self) -> AbstractContextManager[Mapping[str, BinaryIO]]:
        """Raises SettingError: the files are the cluster's."""
        raise SettingError(
            "The data of this index lies in an OpenSearch cluster, not in files.",
            "Take and restore snapshots: docs/deploying.md, Backups.",
        )

    def close(self) -> None:
        """Close the connections; the engine can't be used afterwards."""
        self._threads.shutdown()
        self._connection.close()

    def _having(self, words: Mapping[str, int]) -> Mapping[str, int]:
        """How many decisions have each of the words in their rationales."""
        asked = {f"{at}": {"term": {"rationale": word}} for at, word in enumerate(words)}
        having: dict[str, Any] = {"filters": {"filters": asked}}
        if not asked:
            return {}
        with self._reading() as state:
            found = self._store.search({"query": living(state), "size": 0, "aggs": {WORDS: having}})
        buckets = found["aggregations"][WORDS]["buckets"]
        return {word: buckets[f"{at}"]["doc_count"] for at, word in enumerate(words)}

    def _latest(self, read: Callable[[State], T]) -> T:
        """What is read of the last commit, which is asked for meanwhile: it is mostly the one seen last."""
        seen = self._seen
        asked = self._threads.submit(deadline.carried(self._store.committed))
        try:
            found = read(seen)
        except Exception:  # what a commit has replaced may be gone when it is read
            if self._renewed(asked, seen):
                return read(self._seen)
            raise
        return read(self._seen) if self._renewed(asked, seen) else found

    def _renewed(self, asked: Future[State], seen: State) -> bool:
        """Note the last commit; whether it is another than was seen. Who asks has a time of its own."""
        with deadline.apart():
            self._seen = state = asked.result()
        return state.written != seen.written

    @contextmanager
    def _reading(self) -> Iterator[State]:
        """The last commit; raises IndexUnavailable where the cluster doesn't answer."""
        with self._connection.explained():
            yield self._store.committed()
