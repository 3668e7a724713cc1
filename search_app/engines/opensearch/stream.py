"""A whole list, read page by page from one point in time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from types import TracebackType
from typing import Any

from opensearchpy.exceptions import NotFoundError, OpenSearchException

from search_app.engines.opensearch.store import PAGE, Store

KEEP_ALIVE = "5m"
"""How long the cluster holds a point in time that nobody reads from."""

_MOST_LOST = 10


class Stream:
    """Reads all that a request finds, in its order; use it in a `with` block.

    A point in time is lost with the node that holds it. The list then goes on from where it was in another
    one: what a commit has made is found in both.
    """

    def __init__(self, store: Store, body: Mapping[str, Any]) -> None:
        self._store = store
        self._body = {**body, "size": PAGE, "track_total_hits": False}
        self._id = ""

    def __enter__(self) -> Stream:
        self._open()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        with suppress(OpenSearchException):
            self._store.connection.client.delete_pit(body={"pit_id": [self._id]})

    def __iter__(self) -> Iterator[Mapping[str, Any]]:
        body = dict(self._body)
        while True:
            found = self._page(body)
            yield from found
            if len(found) < PAGE:
                return
            body["search_after"] = found[-1]["sort"]

    def _page(self, body: Mapping[str, Any]) -> list[Mapping[str, Any]]:
        for lost in range(_MOST_LOST):
            try:
                found = self._store.search({**body, "pit": {"id": self._id, "keep_alive": KEEP_ALIVE}})
                if not found["_shards"]["failed"]:
                    return list(found["hits"]["hits"])
            except NotFoundError:
                if lost == _MOST_LOST - 1:
                    raise
            self._open()
        raise OpenSearchException("a list can't be read to its end")

    def _open(self) -> None:
        connection = self._store.connection
        whole = {"keep_alive": KEEP_ALIVE, "allow_partial_pit_creation": "false"}
        made = connection.again(connection.client.create_pit, index=self._store.index, params=whole)
        self._id = made["pit_id"]
