"""One run over a corpus: skip what is unchanged, replace what changed, remove what vanished."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from time import perf_counter

from filelock import FileLock, Timeout

from search_app import engines, letters
from search_app.engines.base import Engine, Writer
from search_app.errors import CorpusMissing, IndexBusy, SettingError
from search_app.ingest.manifest import Entry, Manifest, State
from search_app.ingest.workers import Failure, Outcome, parse_all
from search_app.letters import LetterFile, find_files
from search_app.letters.files import MEMBER
from search_app.model import Determination

DUPLICATE = "duplicate"
"""The stage of a file whose case is already indexed from another file."""

LOCK_FILE = ".lock"
"""Held inside the index folder while a run is at work."""

Progress = Callable[[int, int], None]
"""Called with the number of files done and the number to do."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What a run did, in files, and what the index then holds."""

    added: int = 0
    replaced: int = 0
    removed: int = 0
    unchanged: int = 0
    quarantined: int = 0
    determinations: int = 0
    decisions: int = 0
    seconds: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to run: worker processes (0: one a core), letters in a batch, whether to start afresh."""

    engine: str = engines.AUTO
    workers: int = 0
    commit_every: int = 2000
    rebuild: bool = False


def ingest(corpus: Path, index: Path, plan: Plan, progress: Progress = lambda done, total: None) -> Report:
    """Bring the index up to the corpus.

    Raises CorpusMissing, IndexBusy while another run is writing, IndexIncompatible for an index of
    another kind (unless rebuilding), and SettingError if the index holds another corpus.
    """
    started = perf_counter()
    with _alone(index):
        return replace(_ingest(corpus, index, plan, progress), seconds=perf_counter() - started)


@contextmanager
def _alone(index: Path) -> Iterator[None]:
    """Keep other runs off the index, rebuilding ones too; raises IndexBusy if one is at work."""
    lock = FileLock(index / LOCK_FILE, timeout=0)
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(
            f"Another process is writing to the index {index}.", "Wait until it has finished, or stop it."
        ) from error
    except OSError as error:
        raise SettingError(f"The index folder {index} can't be written to: {error.strerror}.") from error
    with lock:
        yield


def _ingest(corpus: Path, index: Path, plan: Plan, progress: Progress) -> Report:
    inside = index.resolve()
    files = [file for file in find_files([corpus]) if inside not in file.path.resolve().parents]
    engines.tidy(index)
    fresh = plan.rebuild or not (index / engines.INDEX_FILE).exists()
    record, engine = engines.create(index, plan.engine) if fresh else _existing(index, plan.engine)
    if fresh and not plan.rebuild:
        engines.publish(index, record)
    try:
        with engine.writer() as writer, Manifest.of_data(index / record.data) as manifest:
            _claim_corpus(manifest, corpus.resolve())
            counts = _Run(manifest, writer, plan, progress).over(files)
        if plan.rebuild:
            engines.publish(index, record)
        stats = engine.stats()
    finally:
        engine.close()
    return replace(counts, determinations=stats.determinations, decisions=stats.decisions)


def _existing(index: Path, name: str) -> tuple[engines.IndexRecord, Engine]:
    return engines.record_of(index), engines.open_engine(index, name)


def _claim_corpus(manifest: Manifest, corpus: Path) -> None:
    if manifest.corpus not in (None, str(corpus)):
        raise SettingError(
            f"This index holds the letters of {manifest.corpus}, not those of {corpus}.",
            "Give another --index, or --rebuild to put these letters in the place of those.",
        )
    manifest.corpus = str(corpus)


class _Run:
    """The account of one run while it goes on."""

    def __init__(self, manifest: Manifest, writer: Writer, plan: Plan, progress: Progress) -> None:
        self._manifest = manifest
        self._writer = writer
        self._plan = plan
        self._progress = progress
        self._known = manifest.entries()
        self._owner = {
            entry.case_id: entry.source
            for entry in self._known.values()
            if entry.case_id and entry.state is not State.QUARANTINED
        }
        self._same_parser = manifest.parser == letters.VERSION
        self._batch: list[Entry] = []
        self._leaving: set[str] = set()
        self._report = Report()

    def over(self, files: list[LetterFile]) -> Report:
        """Bring the index up to these files."""
        if not files and self._owner:
            raise CorpusMissing(
                f"{self._manifest.corpus} is empty, but the index holds {len(self._owner):,} letters of it.",
                "If they are really gone, --rebuild empties the index.",
            )
        for case_id in self._manifest.leaving():
            self._writer.delete(case_id)
        self._remove_vanished(files)
        changed = [file for file in files if self._may_have_changed(file)]
        self._count(unchanged=len(files) - len(changed))
        for done, outcome in enumerate(parse_all(changed, self._plan.workers), 1):
            self._take(outcome)
            self._progress(done, len(changed))
            if len(self._batch) >= self._plan.commit_every:
                self._commit()
        self._commit()
        self._manifest.parser = letters.VERSION
        return replace(self._report, quarantined=len(self._manifest.quarantined()))

    def _remove_vanished(self, files: Sequence[LetterFile]) -> None:
        present = {file.source for file in files}
        closed = _closed(files)
        vanished = [
            entry
            for source, entry in self._known.items()
            if source not in present and not source.startswith(closed)
        ]
        for entry in vanished:
            self._release(entry)
        self._commit(vanished=[entry.source for entry in vanished])
        self._count(removed=sum(entry.state is not State.QUARANTINED for entry in vanished))

    def _may_have_changed(self, file: LetterFile) -> bool:
        known = self._known.get(file.source)
        if known is None or known.state is not State.INDEXED or not self._same_parser:
            return True
        return (known.size, known.modified) != _stamp(file)

    def _take(self, outcome: Outcome) -> None:
        known = self._known.get(outcome.file.source)
        entry = _entry(outcome)
        read_alike = known and self._same_parser and known.digest == entry.digest
        if known and read_alike and known.state is entry.state is State.INDEXED:
            self._count(unchanged=1)
            self._batch.append(entry)
            return
        if known and known.state is not State.QUARANTINED and known.case_id != entry.case_id:
            self._release(known)
        if isinstance(outcome.result, Determination):
            entry = self._index(entry, outcome.result, replaces=bool(known and known.state is State.INDEXED))
        self._batch.append(entry)

    def _index(self, entry: Entry, determination: Determination, replaces: bool) -> Entry:
        owner = self._owner.setdefault(determination.id, entry.source)
        if owner != entry.source:
            reason = f"The case {determination.id} is already indexed from {owner}."
            hint = "Keep one of the two files."
            return replace(entry, state=State.QUARANTINED, stage=DUPLICATE, reason=reason, hint=hint)
        self._writer.put(determination)
        self._count(**{"replaced" if replaces else "added": 1})
        return entry

    def _release(self, entry: Entry) -> None:
        """Take the case of a file out of the index, if it is that file's."""
        if entry.case_id and self._owner.get(entry.case_id) == entry.source:
            del self._owner[entry.case_id]
            self._leaving.add(entry.case_id)
            self._writer.delete(entry.case_id)

    def _commit(self, vanished: Sequence[str] = ()) -> None:
        self._manifest.begin(self._batch, self._leaving)
        self._writer.commit()
        self._manifest.finish(self._batch, vanished)
        self._batch, self._leaving = [], set()

    def _count(self, **more: int) -> None:
        now = {name: getattr(self._report, name) + number for name, number in more.items()}
        self._report = replace(self._report, **now)


def _closed(files: Sequence[LetterFile]) -> tuple[str, ...]:
    """How the sources begin of what lies in folders and archives that can't be opened now.

    Raises CorpusMissing if the corpus itself is one of them.
    """
    if any(file.source == "." for file in files):
        raise CorpusMissing("The corpus can't be opened.", "Check its permissions.")
    folders = [f"{file.source}/" for file in files if file.path.is_dir()]
    archives = [f"{file.source}{MEMBER}" for file in files if not file.member]
    return (*folders, *archives)


def _stamp(file: LetterFile) -> tuple[int, int]:
    try:
        status = file.path.stat()
    except OSError:
        return (-1, -1)
    return status.st_size, status.st_mtime_ns


def _entry(outcome: Outcome) -> Entry:
    size, modified = _stamp(outcome.file)
    entry = Entry(
        source=outcome.file.source,
        path=os.fsencode(outcome.file.path.resolve()),
        member=outcome.file.member,
        size=size,
        modified=modified,
        digest=outcome.digest,
        state=State.INDEXED,
    )
    match outcome.result:
        case Failure(stage, reason, hint):
            return replace(entry, state=State.QUARANTINED, stage=stage, reason=reason, hint=hint)
        case determination:
            return replace(entry, case_id=determination.id)
