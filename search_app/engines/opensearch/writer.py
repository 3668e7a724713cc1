"""Writers: changes go to the cluster in chunks as they come, and become visible with a commit.

Several may be at work on one index, on several machines. What they put in is born in a generation of their
own. Commits come one after the other: who commits first takes the place of the committing one, then says of
all that its cases replace or delete that it dies, and then shows both at once.
"""

from __future__ import annotations

import os
import socket
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import UTC, datetime
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import uuid4

from search_app.engines.opensearch.bulk import Bulk, Operation, deletion, indexing
from search_app.engines.opensearch.compiling import Query
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

_LOOK = 0.2
"""Seconds between two looks whether another writer has finished its commit."""


class Refused(ImrSearchError):
    """The cluster refuses some documents; nothing of their batch was committed."""


class OpenSearchWriter:
    """Changes one index."""

    def __init__(self, store: Store) -> None:
        """Join the writers at work; what those have left that are gone is removed."""
        self._store = store
        self._token = uuid4().hex
        self._state = store.change(self._joined)
        self._clean()
        self._bulk = Bulk(store, self._holder.generation)
        self._waiting: dict[str, Determination | None] = {}
        self._sent: dict[str, int] = {}

    def put(self, determination: Determination) -> None:
        """Add a determination, or replace the one with the same id."""
        self._change(determination.id, determination)

    def delete(self, case_id: str) -> None:
        """Remove a determination; one that is not there is no error."""
        self._change(case_id, None)

    def commit(self) -> None:
        """Make all changes since the last commit visible and durable, atomically.

        Raises Refused if the cluster did not take all documents, IndexBusy if another writer's commit
        does not end or has taken over.
        """
        self._send()
        _refuse(self._bulk.finish())
        self._begin_commit()
        self._bury(list(self._sent))
        self._store.refresh()
        self._state = self._store.change(self._committed)
        self._sent = {}
        self._bulk.close()
        self._bulk = Bulk(self._store, self._holder.generation)

    def close(self) -> None:
        """Discard what was not committed, and leave."""
        dirty = bool(self._sent) or self._bulk.busy
        self._bulk.close()
        self._state = self._store.change(lambda state: state.without([self._token], given_up=dirty))
        if dirty:
            self._clean()

    @property
    def _holder(self) -> Holder:
        """What the state that was last seen says of this writer."""
        return next(one for one in self._state.writers if one.token == self._token)

    def _me(self, generation: int) -> Holder:
        return Holder(
            host=_place(),
            process=os.getpid(),
            token=self._token,
            until=time.time() + LEASE,
            generation=generation,
        )

    def _joined(self, state: State) -> State:
        left = state.without(one.token for one in _at_work(state) if not _is_alive(one))
        return left.joined(self._me(left.allotted + 1))

    def _renewed(self, state: State) -> State:
        self._check(state)
        state = state.joined(self._me(self._generation(state)))
        committing = state.committing
        if committing is None or committing.token != self._token:
            return state
        return state.changed(committing=self._me(committing.generation))

    def _begin_commit(self) -> None:
        """Be the one that commits; what a dead one has begun is undone first."""
        until = time.monotonic() + 2 * LEASE
        self._state = self._store.change(self._committing)
        while self._state.committing is None or self._state.committing.token != self._token:
            if time.monotonic() > until:
                raise busy()
            time.sleep(_LOOK)
            self._state = self._store.change(self._committing)
        self._undo()

    def _committing(self, state: State) -> State:
        """With this writer committing, if no other one is."""
        self._check(state)
        other = state.committing
        if other and (other.token == self._token or _is_alive(other)):
            return state
        if other:
            state = state.without([other.token])
        number = state.allotted + 1
        return state.joined(self._me(self._generation(state))).changed(
            committing=self._me(number), allotted=number
        )

    def _generation(self, state: State) -> int:
        return next(one.generation for one in state.writers if one.token == self._token)

    def _committed(self, state: State) -> State:
        """With this writer's generations shown, and a new one for what it writes next."""
        self._check(state)
        if any(number == self._holder.generation for number, _ in state.history):
            return state  # it is shown already; the cluster's answer was lost
        if state.committing is None or state.committing.token != self._token:
            raise busy()
        numbers = (self._generation(state), state.committing.generation)
        shown = state.committed(numbers, time.time(), KEPT).joined(self._me(state.allotted + 1))
        return shown.changed(committing=None, built=datetime.now(UTC).isoformat(timespec="seconds"))

    def _check(self, state: State) -> None:
        """Raise IndexBusy if another writer took this one for dead, and has removed what it sent."""
        if not state.holds(self._token):
            raise busy()

    def _change(self, case_id: str, determination: Determination | None) -> None:
        self._waiting[case_id] = determination
        if len(self._waiting) >= CHUNK:
            self._send()
        self._show_life()

    def _show_life(self) -> None:
        if self._holder.until < time.time() + LEASE - RENEWED:
            self._state = self._store.change(self._renewed)

    def _send(self) -> None:
        """Hand over what is waiting; a case that was sent in this batch already must come after that."""
        changes, self._waiting = self._waiting, {}
        if any(case_id in self._sent for case_id in changes):
            self._bulk.drain()
        operations: list[Operation] = []
        for case_id, determination in changes.items():
            operations += self._births(case_id, determination)
        self._bulk.send(operations)

    def _births(self, case_id: str, determination: Determination | None) -> Iterator[Operation]:
        born, made = self._holder.generation, 0
        for document in documents(determination, born) if determination else ():
            made += 1
            yield indexing(document_id(case_id, born, made), document)
        for number in range(made + 1, self._sent.get(case_id, 0) + 1):
            yield deletion(document_id(case_id, born, number))
        self._sent[case_id] = made

    def _bury(self, case_ids: Sequence[str]) -> None:
        """Let what lives of these cases die with the commit."""
        if not self._store.count(self._state.living):
            return
        for some in _parts(case_ids, CHUNK):
            self._show_life()
            self._rewrite(living(self._state, {"terms": {CASE_ID: some}}), dying=True)

    def _undo(self) -> None:
        """Let what a dead writer has begun to replace live on."""
        if not self._state.aborted:
            return
        self._store.refresh()
        if self._store.count(self._state.half_dead):
            self._rewrite(self._state.half_dead, dying=False)
            self._store.refresh()

    def _rewrite(self, query: Query, *, dying: bool) -> None:
        """Write living documents once more, as the one that commits."""
        assert self._state.committing is not None
        number = self._state.committing.generation
        with closing(Bulk(self._store, number)) as bulk:
            bulk.send(list(_again(self._store.scan(query), {DIED: number} if dying else {})))
            _refuse(bulk.finish())

    def _clean(self) -> None:
        """Remove what earlier writers have left unfinished, and what nobody reads any more."""
        state = self._state
        self._store.refresh()
        if state.holds(self._token) and self._store.count(state.half_dead):
            self._begin_commit()
            self._state = state = self._store.change(self._committed)
        for gone in (state.leftovers, state.buried(time.time() - KEPT)):
            if self._store.count(gone):
                self._store.delete(gone)


def busy() -> IndexBusy:
    """The error of a writer that another one keeps off."""
    return IndexBusy(
        "Another process has not finished its commit to the index in the OpenSearch cluster, or took this "
        "one for dead.",
        f"Run the same command again; if the other one is gone, in {LEASE:.0f} seconds.",
    )


def _refuse(refused: Sequence[str]) -> None:
    if refused:
        raise Refused(
            f"The cluster refuses {len(refused):,} of the documents of this batch: {'; '.join(refused[:3])}.",
            "Nothing of the batch was committed. Look at the cluster's log.",
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


def _parts(whole: Sequence[str], size: int) -> Iterator[list[str]]:
    rest = iter(whole)
    while part := list(islice(rest, size)):
        yield part


def _at_work(state: State) -> Iterator[Holder]:
    yield from state.writers
    if state.committing:
        yield state.committing


@cache
def _place() -> str:
    """Which machine this is, since when it has run, and which of its processes can be seen from here.

    A name alone may be that of several: virtual machines that are copies, containers that share it.
    """
    with suppress(OSError):
        started = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{socket.gethostname()} {started} {Path('/proc/self/ns/pid').readlink()}"
    return socket.gethostname()


def _is_alive(holder: Holder) -> bool:
    """Whether a writer is still at work: a dead process on this machine is not."""
    if holder.host == _place():
        try:
            os.kill(holder.process, 0)
        except ProcessLookupError:
            return False
        except PermissionError:
            pass
    return holder.until > time.time()
