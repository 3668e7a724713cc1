"""Brings an index up to its corpus in batches; each is in the index and in the account, or in neither."""

from __future__ import annotations

import os
from contextlib import closing
from dataclasses import dataclass, replace

from search_app import letters
from search_app.engines.base import Writer
from search_app.ingest.comparison import Comparison
from search_app.ingest.limited import Limits
from search_app.ingest.manifest import Entry, Manifest, State
from search_app.ingest.watcher import Watcher
from search_app.ingest.workers import Failure, Outcome, Unread, parse_all
from search_app.model import Determination

DUPLICATE = "duplicate"
"""The stage of a file whose case is already indexed from another file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """What a run did, in files; `unread` are those of accepted letters that could not be read this time."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    unread: int = 0


class Batches:
    """One run: what it changes is gathered here until it is committed; at most `size` files at a time."""

    def __init__(self, manifest: Manifest, writer: Writer, comparison: Comparison, size: int) -> None:
        self._manifest = manifest
        self._writer = writer
        self._comparison = comparison
        self._size = size
        self._entries: list[Entry] = []
        self._vanished: list[str] = []
        self._owners: dict[str, str] = {}
        self._leaving: set[str] = set()
        self._counts = Counts()

    def remove_vanished(self) -> None:
        """Take out the cases of files that are gone, and those that a killed run meant to take out."""
        for case_id in self._manifest.leaving():
            self._writer.delete(case_id)
        for source in self._comparison.vanished():
            entry = self._manifest.entry(source)
            if entry and entry.state is not State.QUARANTINED:
                self._release(entry)
                self._count(removed=1)
            self._vanished.append(source)
            self._commit_if_full()
        self._commit()

    def take_changed(self, unchanged: int, workers: int, limits: Limits, watcher: Watcher) -> Counts:
        """Read what is new or changed in worker processes, put it in, and tell what was done in all."""
        self._count(unchanged=unchanged)
        total = self._comparison.changes
        with closing(parse_all(self._comparison.changed(), workers, limits)) as outcomes:
            for done, outcome in enumerate(outcomes, 1):
                self._take(outcome)
                watcher.reading(done, total)
                self._commit_if_full()
        self._commit()
        return self._counts

    def _take(self, outcome: Outcome) -> None:
        known = self._manifest.entry(outcome.file.source)
        if known and known.state is not State.QUARANTINED and isinstance(outcome.result, Unread):
            self._keep(known, outcome.result)
            return
        entry = self._entry(outcome)
        if known and outcome.result is None:
            self._count(unchanged=1)
            self._entries.append(replace(entry, case_id=known.case_id))
            return
        if known and known.state is not State.QUARANTINED and known.case_id != entry.case_id:
            self._release(known)
        if isinstance(outcome.result, Determination):
            entry = self._index(entry, outcome.result, replaces=bool(known and known.state is State.INDEXED))
        self._entries.append(entry)

    def _keep(self, known: Entry, why: Unread) -> None:
        """Leave an accepted letter as it is, and note why its file is to be read again."""
        self._count(unread=1)
        self._entries.append(replace(known, stage=why.stage, reason=why.reason, hint=why.hint))

    def _entry(self, outcome: Outcome) -> Entry:
        size, modified = self._comparison.stamp(outcome.file.source)
        entry = Entry(
            source=outcome.file.source,
            path=os.fsencode(outcome.file.path),
            member=outcome.file.member,
            size=size,
            modified=modified,
            digest=outcome.digest,
            state=State.INDEXED,
            parser=letters.VERSION,
        )
        match outcome.result:
            case Failure(stage, reason, hint):
                return replace(entry, state=State.QUARANTINED, stage=stage, reason=reason, hint=hint)
            case Determination() as determination:
                return replace(entry, case_id=determination.id)
        return entry

    def _index(self, entry: Entry, determination: Determination, replaces: bool) -> Entry:
        owner = self._owner(determination.id) or entry.source
        if owner != entry.source:
            reason = f"The case {determination.id} is already indexed from {owner}."
            hint = "Keep one of the two files."
            return replace(entry, state=State.QUARANTINED, stage=DUPLICATE, reason=reason, hint=hint)
        self._owners[determination.id] = entry.source
        self._writer.put(determination)
        self._count(**{"replaced" if replaces else "added": 1})
        return entry

    def _owner(self, case_id: str) -> str | None:
        """The file that a case comes from, by this batch or else by the account."""
        if case_id in self._owners or case_id in self._leaving:
            return self._owners.get(case_id)
        return self._manifest.owner(case_id)

    def _release(self, entry: Entry) -> None:
        """Take the case of a file out of the index, if it is that file's."""
        if entry.case_id and self._owner(entry.case_id) == entry.source:
            self._owners.pop(entry.case_id, None)
            self._leaving.add(entry.case_id)
            self._writer.delete(entry.case_id)

    def _commit_if_full(self) -> None:
        if len(self._entries) + len(self._vanished) >= self._size:
            self._commit()

    def _commit(self) -> None:
        self._manifest.begin(self._entries, self._leaving)
        self._writer.commit()
        self._manifest.finish(self._entries, self._vanished)
        self._entries, self._vanished = [], []
        self._owners, self._leaving = {}, set()

    def _count(self, **more: int) -> None:
        now = {name: getattr(self._counts, name) + number for name, number in more.items()}
        self._counts = replace(self._counts, **now)
