"""Sends documents in bulk: a few requests at once, again while the cluster is busy, and every answer read.

Each document carries its generation as its version, so that nothing that comes late from a writer that was
replaced can take the place of what the next one wrote.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any

import orjson

from search_app.engines.opensearch.connection import PASSING
from search_app.engines.opensearch.store import Store
from search_app.errors import IndexBusy, IndexUnavailable

AT_ONCE = 2
"""Requests under way at once; who brings more waits."""

MOST_BYTES = 5_000_000
"""Bytes of one request."""

_CONFLICT = 409
_MISSING = 404


@dataclass(frozen=True, slots=True)
class Operation:
    """A document to put under an id, or (None) to remove."""

    id: str
    document: bytes | None

    def lines(self, version: int) -> bytes:
        """Its lines of a bulk request."""
        how = {"_id": self.id, "version": version, "version_type": "external_gte"}
        if self.document is None:
            return orjson.dumps({"delete": how}) + b"\n"
        return orjson.dumps({"index": how}) + b"\n" + self.document + b"\n"


def indexing(identifier: str, document: dict[str, Any]) -> Operation:
    """Put a document."""
    return Operation(identifier, orjson.dumps(document))


def deletion(identifier: str) -> Operation:
    """Remove a document; one that is not there is no error."""
    return Operation(identifier, None)


class Bulk:
    """Sends the documents of one generation."""

    def __init__(self, store: Store, version: int) -> None:
        self._store = store
        self._version = version
        self._threads = ThreadPoolExecutor(AT_ONCE, "imr-search-bulk")
        self._going: set[Future[list[str]]] = set()
        self._refused: list[str] = []
        self.busy = False

    def send(self, operations: Sequence[Operation]) -> None:
        """Hand operations over; returns when fewer requests than allowed are under way."""
        for part in _parts(operations):
            self.busy = True
            self._going.add(self._threads.submit(self._deliver, part))
            while len(self._going) > AT_ONCE:
                self._collect(FIRST_COMPLETED)

    def drain(self) -> None:
        """Wait until all that was handed over is there or refused."""
        if self._going:
            self._collect("ALL_COMPLETED")

    def finish(self) -> list[str]:
        """The documents that the cluster refused, each with its reason, when all has arrived."""
        self.drain()
        return self._refused

    def close(self) -> None:
        """Wait for what is under way."""
        self._threads.shutdown(wait=True, cancel_futures=True)

    def _collect(self, when: str) -> None:
        done, self._going = wait(self._going, return_when=when)
        for one in done:
            self._refused += one.result()

    def _deliver(self, operations: Sequence[Operation]) -> list[str]:
        """Send operations until each is taken or refused; tells the refused ones.

        Raises IndexBusy if another writer has taken over, IndexUnavailable if the cluster stays busy.
        """
        connection, refused = self._store.connection, list[str]()
        until = time.monotonic() + 4 * connection.timeout
        pause = 0.1
        while operations:
            body = b"".join(one.lines(self._version) for one in operations)
            with connection.explained():
                told = connection.again(connection.client.bulk, body=body, index=self._store.index)
            items = [next(iter(item.values())) for item in told["items"]]
            again = [one for one, item in zip(operations, items, strict=True) if item["status"] in PASSING]
            refused += _failures(items)
            operations = again
            if again:
                if time.monotonic() > until:
                    raise IndexUnavailable(
                        f"The OpenSearch cluster at {connection.where} is too busy to take documents.",
                        "Run the same command again when it has recovered; it goes on where it stopped.",
                    )
                time.sleep(pause)
                pause = min(2 * pause, 5.0)
        return refused


def _failures(items: Sequence[dict[str, Any]]) -> list[str]:
    failed = []
    for item in items:
        status = item["status"]
        if status == _CONFLICT:
            raise IndexBusy(
                "Another process has taken over writing to the index.", "Run one at a time on one index."
            )
        if status >= 300 and status != _MISSING and status not in PASSING:
            error = item.get("error", {})
            failed.append(f"{item['_id']}: {error.get('reason', status)}")
    return failed


def _parts(operations: Sequence[Operation]) -> Iterator[list[Operation]]:
    part: list[Operation] = []
    size = 0
    for one in operations:
        more = len(one.document or b"")
        if part and size + more > MOST_BYTES:
            yield part
            part, size = [], 0
        part.append(one)
        size += more
    if part:
        yield part
