"""The writer: changes go to the cluster in chunks as they come, and become visible with a commit."""

from __future__ import annotations

import os
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from search_app.engines.opensearch.bulk import Bulk, Operation, deletion, indexing
from search_app.engines.opensearch.schema import BORN, CASE_ID, DIED, HIT, document_id, documents
from search_app.engines.opensearch.state import Holder, State
from search_app.engines.opensearch.store import Store, living, whole_case
from search_app.errors import ImrSearchError, IndexBusy
from search_app.model import Determination

CHUNK = 200
"""Letters that are sent at once."""

LEASE = 120.0
"""Seconds after which a writer on another machine that has shown no sign of life may be replaced."""

RENEWED = 30.0
"""Seconds after which a writer shows that it lives."""

KEPT = 60.0
"""Seconds for which what a commit has replaced can still be read by searches that began before it."""


class Refused(ImrSearchError):
    """The cluster refuses some documents; nothing of their batch was committed."""


class OpenSearchWriter:
    """Changes one index."""

    def __init__(self, store: Store) -> None:
        """Take the index; raises IndexBusy while another process has it."""
        self._store = store
        self._state, self._version = store.state()
        holder = self._state.holder
        if holder and _is_alive(holder):
            raise busy()
        self._token = uuid4().hex
        self._put(self._state.taken(self._holder()))
        self._clean()
        self._bulk = Bulk(store, self._number)
        self._had_any = store.count(self._state.living) > 0
        self._waiting: dict[str, Determination | None] = {}
        self._sent: dict[str, int] = {}

    @property
    def _number(self) -> int:
        """The generation that is being written."""
        return self._state.allotted

    def put(self, determination: Determination) -> None:
        """Add a determination, or replace the one with the same id."""
        self._change(determination.id, determination)

    def delete(self, case_id: str) -> None:
        """Remove a determination; one that is not there is no error."""
        self._change(case_id, None)

    def commit(self) -> None:
        """Make all changes since the last commit visible and durable, atomically.

        Raises Refused if the cluster did not take all documents.
        """
        self._send()
        refused = self._bulk.finish()
        if refused:
            first = "; ".join(refused[:3])
            raise Refused(
                f"The cluster refuses {len(refused):,} of the documents of this batch: {first}.",
                "Nothing of the batch was committed. Look at the cluster's log.",
            )
        self._store.refresh()
        now = time.time()
        history = (*self._state.history, (self._number, now))
        kept = [one for one in history if one[1] >= now - KEPT]
        before = [one for one in history if one[1] < now - KEPT][-1:]
        self._put(
            self._state.changed(
                committed=self._number,
                allotted=self._number + 1,
                history=(*before, *kept),
                built=datetime.now(UTC).isoformat(timespec="seconds"),
                holder=self._holder(),
            )
        )
        self._had_any = self._had_any or bool(self._sent)
        self._sent = {}
        self._bulk.close()
        self._bulk = Bulk(self._store, self._number)

    def close(self) -> None:
        """Discard what was not committed, and let go of the index."""
        dirty = bool(self._sent) or self._bulk.busy
        self._bulk.close()
        state, self._version = self._store.state()
        if state.holder is None or state.holder.token != self._token:
            return  # another writer took over, and has cleaned up
        self._state = state
        if dirty:
            self._put(state.taken(self._holder()))
            self._clean()
        self._put(self._state.changed(allotted=self._state.committed, holder=None))

    def _change(self, case_id: str, determination: Determination | None) -> None:
        self._waiting[case_id] = determination
        if len(self._waiting) >= CHUNK:
            self._send()
        if self._state.holder and self._state.holder.until < time.time() + LEASE - RENEWED:
            self._put(self._state.changed(holder=self._holder()))

    def _send(self) -> None:
        """Hand over what is waiting; a case that was sent in this batch already must come after that."""
        changes, self._waiting = self._waiting, {}
        if not changes:
            return
        if any(case_id in self._sent for case_id in changes):
            self._bulk.drain()
        new = [case_id for case_id in changes if case_id not in self._sent]
        operations = list(self._deaths(new)) if self._had_any else []
        for case_id, determination in changes.items():
            operations += self._births(case_id, determination)
        self._bulk.send(operations)

    def _births(self, case_id: str, determination: Determination | None) -> Iterator[Operation]:
        made = 0
        for document in documents(determination, self._number) if determination else ():
            made += 1
            yield indexing(document_id(case_id, self._number, made), document)
        for number in range(made + 1, self._sent.get(case_id, 0) + 1):
            yield deletion(document_id(case_id, self._number, number))
        self._sent[case_id] = made

    def _deaths(self, case_ids: list[str]) -> Iterator[Operation]:
        """The living decisions of these cases once more, as dying in this generation."""
        query = living(self._state, {"terms": {CASE_ID: case_ids}})
        return _again(self._store.scan(query), {DIED: self._number})

    def _clean(self) -> None:
        """Remove what earlier writers have left unfinished, and what nobody reads any more."""
        state = self._state
        self._store.refresh()
        if self._store.count(state.half_dead):
            bulk = Bulk(self._store, self._number)
            bulk.send(list(_again(self._store.scan(state.half_dead), {})))
            bulk.finish()
            bulk.close()
            self._store.refresh()
        for gone in (state.leftovers, state.buried(time.time() - KEPT)):
            if self._store.count(gone):
                self._store.delete(gone)

    def _holder(self) -> Holder:
        return Holder(
            host=socket.gethostname(), process=os.getpid(), token=self._token, until=time.time() + LEASE
        )

    def _put(self, state: State) -> None:
        if not self._store.put_state(state, self._version):
            raise busy()
        self._state, self._version = self._store.state()
        if self._state.written != state.written:
            raise busy()


def busy() -> IndexBusy:
    """The error of a writer that another one keeps off."""
    return IndexBusy(
        "Another process is writing to the index in the OpenSearch cluster.",
        f"Wait until it has finished, or stop it; if it is gone, try again in {LEASE:.0f} seconds.",
    )


def _again(found: Iterable[dict[str, Any]], more: dict[str, Any]) -> Iterator[Operation]:
    """Stored documents made anew, for each case and generation that it was born in."""
    cases: dict[tuple[str, int], list[dict[str, Any]]] = defaultdict(list)
    for document in found:
        source = document["_source"]
        cases[source[HIT]["case"]["id"], source[BORN]].append(source)
    for (case_id, born), sources in cases.items():
        for number, document in enumerate(documents(whole_case(sources), born), 1):
            yield indexing(document_id(case_id, born, number), document | more)


def _is_alive(holder: Holder) -> bool:
    """Whether a writer still holds the index: a dead process on this machine does not."""
    if holder.host == socket.gethostname():
        try:
            os.kill(holder.process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
    return holder.until > time.time()
