"""The account of an index: every file of the corpus, what became of it, and why.

It is an SQLite file beside the engine's data. A batch is noted as pending before the engine commits and as
done afterwards, so that a run killed in between is seen by the next one, which reads those files again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields, replace
from enum import StrEnum
from pathlib import Path
from types import TracebackType

from search_app.engines import record_of

FILE = "manifest.sqlite"


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
    quarantined.
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


@dataclass(frozen=True, slots=True)
class Quarantined:
    """A file that is not in the index: which, at what stage it failed, why, and what to do."""

    source: str
    stage: str
    reason: str
    hint: str


_COLUMNS = ", ".join(field.name for field in fields(Entry))
_PUT = f"insert or replace into files values ({', '.join('?' for _ in fields(Entry))})"
_SCHEMA = f"""
create table if not exists files ({_COLUMNS}, primary key (source));
create index if not exists by_state on files (state);
create table if not exists facts (name primary key, value);
create table if not exists leaving (case_id primary key);
"""


class Manifest:
    """The account of the index in a folder; use it in a `with` block."""

    def __init__(self, index: Path) -> None:
        """Open the account of the published index; raises IndexMissing or IndexIncompatible."""
        self._connection = _connect(index / record_of(index).data)

    @classmethod
    def of_data(cls, data: Path) -> Manifest:
        """The account in an index's data folder, which need not be published yet."""
        manifest = cls.__new__(cls)
        manifest._connection = _connect(data)
        return manifest

    def __enter__(self) -> Manifest:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._connection.close()

    @property
    def corpus(self) -> str | None:
        """The corpus that the index was built from, as an absolute path."""
        return self._fact("corpus")

    @corpus.setter
    def corpus(self, path: str) -> None:
        self._set_fact("corpus", path)

    @property
    def parser(self) -> str | None:
        """The version of the parser that the whole index was read with."""
        return self._fact("parser")

    @parser.setter
    def parser(self, version: str) -> None:
        self._set_fact("parser", version)

    def entries(self) -> dict[str, Entry]:
        """Every file by its source."""
        rows = self._connection.execute(f"select {_COLUMNS} from files")
        return {entry.source: entry for entry in map(_entry, rows)}

    def entry(self, source: str) -> Entry | None:
        """One file, or None."""
        row = self._connection.execute(f"select {_COLUMNS} from files where source = ?", (source,)).fetchone()
        return _entry(row) if row else None

    def begin(self, entries: Iterable[Entry], leaving: Iterable[str]) -> None:
        """Note, before the engine commits, which files come in and which cases leave."""
        pending = (replace(entry, state=State.PENDING) for entry in entries if entry.state is State.INDEXED)
        with self._connection as connection:
            connection.executemany(_PUT, map(astuple, pending))
            connection.executemany("insert or replace into leaving values (?)", ((one,) for one in leaving))

    def finish(self, entries: Iterable[Entry], vanished: Iterable[str] = ()) -> None:
        """Note, after the engine has committed, what became of the files, and forget those that vanished."""
        with self._connection as connection:
            connection.executemany(_PUT, map(astuple, entries))
            connection.executemany("delete from files where source = ?", ((source,) for source in vanished))
            connection.execute("delete from leaving")

    def leaving(self) -> tuple[str, ...]:
        """Cases that a run which was killed meant to take out of the index."""
        return tuple(row[0] for row in self._connection.execute("select case_id from leaving"))

    def _fact(self, name: str) -> str | None:
        row = self._connection.execute("select value from facts where name = ?", (name,)).fetchone()
        return str(row[0]) if row else None

    def _set_fact(self, name: str, value: str) -> None:
        with self._connection as connection:
            connection.execute("insert or replace into facts values (?, ?)", (name, value))

    def quarantined(self) -> tuple[Quarantined, ...]:
        """The files that are not in the index, by source."""
        rows = self._connection.execute(
            "select source, stage, reason, hint from files where state = ? order by source",
            (State.QUARANTINED,),
        )
        return tuple(Quarantined(*row) for row in rows)


def _connect(data: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(data / FILE, timeout=10)
    if not connection.execute("select 1 from sqlite_master where name = 'leaving'").fetchone():
        connection.executescript(_SCHEMA)
    return connection


def _entry(row: tuple[object, ...]) -> Entry:
    values = dict(zip((field.name for field in fields(Entry)), row, strict=True))
    return Entry(**{**values, "state": State(values["state"])})  # type: ignore[arg-type]  # SQLite has no types
