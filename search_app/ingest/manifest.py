"""The account of an index: every file of the corpus, what became of it, and why.

It is an SQLite file beside the engine's data. A batch is noted as pending before the engine commits and as
done afterwards, so that a run killed in between is seen by the next one, which reads those files again.
Files are looked up by source and by case, so that no run needs all entries in memory.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from operator import attrgetter
from pathlib import Path
from types import TracebackType

from search_app.engines import repair
from search_app.engines.records import IndexRecord, record_of
from search_app.errors import AccountDamaged, IndexBusy, IndexMissing

FILE = "manifest.sqlite"
NEXT_RUN = "The next run of imr-search index makes one, or says what is wrong."

READER_WAITS = 10
"""Seconds that a request or the doctor waits for a run to finish a batch."""

WRITER_WAITS = 600
"""Seconds that a run waits for a backup or the doctor, which read all of an account."""

_PAGE = 1000
"""Rows read at once."""


class State(StrEnum):
    """What became of a file."""

    PENDING = "pending"
    INDEXED = "indexed"
    QUARANTINED = "quarantined"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One file of the corpus.

    `path` (in the file system's own bytes) and `member` say where it is; `size` in bytes and `modified`
    in nanoseconds tell whether it may have changed, `digest` whether it has. `case_id` is the
    determination that it holds (or would, for a duplicate); `stage`, `reason` and `hint` say why it is
    quarantined, or could not be read again. `parser` is the version of the parser that read it.
    """

    source: str
    path: bytes
    member: str
    size: int
    modified: int
    digest: str
    state: State
    case_id: str | None = None
    stage: str = ""
    reason: str = ""
    hint: str = ""
    parser: str = ""


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that could not be taken in: which, at what stage it failed, why, and what to do."""

    source: str
    stage: str
    reason: str
    hint: str


_NAMES = tuple(field.name for field in fields(Entry))
_COLUMNS = ", ".join(_NAMES)
_PUT = f"insert or replace into files values ({', '.join('?' for _ in _NAMES)})"
_ENTRY = f"select {_COLUMNS} from files where source = ?"  # nosec  # names of our own
_values = attrgetter(*_NAMES)
_LEAVE = f"update files set state = '{State.PENDING}' where case_id = ? and state = '{State.INDEXED}'"  # nosec  # constants of our own
_SCHEMA = f"""
create table if not exists files ({_COLUMNS}, primary key (source));
create index if not exists by_state on files (state);
create index if not exists by_case on files (case_id);
create table if not exists facts (name primary key, value);
create table if not exists leaving (case_id primary key);
"""


class Manifest:
    """The account of the index in a folder; use it in a `with` block.

    Leaving the block raises AccountDamaged for one that turned out to be damaged, and IndexBusy for one
    that another process kept to itself for too long.
    """

    def __init__(self, index: Path, record: IndexRecord | None = None) -> None:
        """Open the account of the published index, or of a record, to be read.

        Raises IndexMissing or AccountDamaged.
        """
        data = index / (record or record_of(index)).data
        if not (data / FILE).exists():
            raise IndexMissing(f"There is no account of files in {data}.", NEXT_RUN)
        self.path = data / FILE
        self.connection = _connect(data, READER_WAITS)

    @classmethod
    def of_data(cls, data: Path) -> Manifest:
        """The account in an index's data folder, which need not be published yet, to be written."""
        manifest = cls.__new__(cls)
        manifest.path = data / FILE
        manifest.connection = _connect(data, WRITER_WAITS)
        return manifest

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.connection.close()
        if isinstance(error, sqlite3.DatabaseError):
            _raise_known(error, self.path)

    @property
    def corpus(self) -> str | None:
        """The corpus that the index was built from, as an absolute path."""
        return self._fact("corpus")

    @corpus.setter
    def corpus(self, path: str) -> None:
        self._set_fact("corpus", path)

    def entry(self, source: str) -> Entry | None:
        """One file, or None."""
        row = self.connection.execute(_ENTRY, (source,)).fetchone()
        return _entry(row) if row else None

    def owner(self, case_id: str) -> str | None:
        """The source of the file that the index has a case from, or None."""
        query = "select source from files where case_id = ? and state <> ?"
        row = self.connection.execute(query, (case_id, State.QUARANTINED)).fetchone()
        return str(row[0]) if row else None

    def is_empty(self) -> bool:
        """Whether there is no file in it at all."""
        return self.connection.execute("select 1 from files limit 1").fetchone() is None

    def count(self, state: State) -> int:
        """How many files are in a state."""
        row = self.connection.execute("select count(*) from files where state = ?", (state,)).fetchone()
        return int(row[0])

    def older(self, parser: str) -> int:
        """How many of the files that are in the index another version of the parser has read."""
        query = "select count(*) from files where state = ? and parser <> ?"
        return int(self.connection.execute(query, (State.INDEXED, parser)).fetchone()[0])

    def cases(self) -> Iterator[str]:
        """The cases that are in the index, page by page: a run may go on between two pages."""
        query = "select case_id from files where state = ? and case_id > ? order by case_id limit ?"
        after = ""
        while rows := self.connection.execute(query, (State.INDEXED, after, _PAGE)).fetchall():
            yield from (row[0] for row in rows)
            after = rows[-1][0]

    def faults(self) -> tuple[str, ...]:
        """What is wrong with the file that the account lies in."""
        rows = self.connection.execute("pragma quick_check").fetchall()
        return () if rows == [("ok",)] else tuple(f"{self.path.name}: {row[0]}." for row in rows)

    def begin(self, entries: Iterable[Entry], leaving: Iterable[str]) -> None:
        """Note, before the engine commits, which files come in and which cases leave.

        A file whose case leaves is pending too: should it come back unchanged, it must be read again.
        """
        pending = (replace(entry, state=State.PENDING) for entry in entries if entry.state is State.INDEXED)
        cases = [(case_id,) for case_id in leaving]
        with self.connection as connection:
            connection.executemany(_LEAVE, cases)
            connection.executemany(_PUT, map(_values, pending))
            connection.executemany("insert or replace into leaving values (?)", cases)

    def finish(self, entries: Iterable[Entry], vanished: Iterable[str] = ()) -> None:
        """Note, after the engine has committed, what became of the files, and forget those that vanished."""
        with self.connection as connection:
            connection.executemany(_PUT, map(_values, entries))
            connection.executemany("delete from files where source = ?", ((source,) for source in vanished))
            connection.execute("delete from leaving")

    def leaving(self) -> tuple[str, ...]:
        """Cases that a run which was killed meant to take out of the index."""
        return tuple(row[0] for row in self.connection.execute("select case_id from leaving"))

    def _fact(self, name: str) -> str | None:
        row = self.connection.execute("select value from facts where name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _set_fact(self, name: str, value: str) -> None:
        with self.connection as connection:
            connection.execute("insert or replace into facts values (?, ?)", (name, value))

    def quarantined(self) -> tuple[Quarantined, ...]:
        """The files that are not in the index, by source."""
        return self._failed("state = ?")

    def unread(self) -> tuple[Quarantined, ...]:
        """Files of accepted letters that could not be read again, by source; their letters stay."""
        return self._failed("state <> ? and reason <> ''")

    def _failed(self, which: str) -> tuple[Quarantined, ...]:
        query = f"select source, stage, reason, hint from files where {which} order by source"  # nosec  # `which` is one of the two above
        return tuple(Quarantined(*row) for row in self.connection.execute(query, (State.QUARANTINED,)))


def _connect(data: Path, seconds: float) -> sqlite3.Connection:
    try:
        connection = sqlite3.connect(data / FILE, timeout=seconds)
        if not connection.execute("select 1 from sqlite_master where name = 'leaving'").fetchone():
            connection.executescript(_SCHEMA)
    except sqlite3.DatabaseError as error:
        _raise_known(error, data / FILE)
        raise
    return connection


def _raise_known(error: sqlite3.DatabaseError, path: Path) -> None:
    """Say what an error of SQLite means, if it is one of those that a person can act on."""
    name = getattr(error, "sqlite_errorname", "")
    if name.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_CANTOPEN")):
        engine, _, _ = path.parent.name.rpartition("-")
        raise AccountDamaged(f"The account {path} can't be read: {error}.", repair(engine)) from error
    if name.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        raise IndexBusy(f"Another process holds the account {path}.", "Try again in a moment.") from error


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip(_NAMES, row, strict=True))
    return Entry(**{**values, "state": State(values["state"])})  # type: ignore[arg-type]  # SQLite has no types
