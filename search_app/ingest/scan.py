"""What lies in the corpus now: a table on disk, so that no list of all files is ever in memory."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR

from search_app.errors import CorpusMissing
from search_app.letters import LetterFile, find_files

FILE = ".scan.sqlite"
"""The table of a run lies in the index folder while the run is at work."""

_SCHEMA = """
pragma journal_mode = off;
pragma synchronous = off;
create table found (source primary key, path, member, size, modified, closed) without rowid;
"""
_UNKNOWN = (-1, -1)
"""Size and time of what can't be looked at."""

_Row = tuple[str, bytes, str, int, int, bool]


@dataclass(frozen=True, slots=True)
class Scan:
    """A table of every file of the corpus, in an SQLite file, and how many there are.

    Beside where a file is the table has its size in bytes, when it was modified in nanoseconds, and whether
    it is a folder that can't be opened (`closed`).
    """

    path: Path
    files: int


@contextmanager
def scanned(corpus: Path, index: Path, looking: Callable[[int], None]) -> Iterator[Scan]:
    """Look through the corpus, without the index folder if it lies inside; `looking` hears the files found.

    Raises CorpusMissing if the corpus is not there or can't be opened.
    """
    path = index / FILE
    path.unlink(missing_ok=True)
    try:
        with closing(sqlite3.connect(path)) as connection:
            connection.executescript(_SCHEMA)
            rows = _rows(_counted(find_files([corpus], without=index), looking))
            files = connection.executemany("insert into found values (?, ?, ?, ?, ?, ?)", rows).rowcount
            connection.commit()
        yield Scan(path, max(files, 0))
    finally:
        path.unlink(missing_ok=True)


def _counted(files: Iterable[LetterFile], looking: Callable[[int], None]) -> Iterator[LetterFile]:
    for number, file in enumerate(files, 1):
        if file.source == ".":
            raise CorpusMissing("The corpus can't be opened.", "Check its permissions.")
        looking(number)
        yield file


def _rows(files: Iterable[LetterFile]) -> Iterator[_Row]:
    path, status = None, None
    for file in files:
        if file.path is not path:  # the members of an archive share one
            path, status = file.path, _status(file.path)
        size, modified = (status.st_size, status.st_mtime_ns) if status else _UNKNOWN
        closed = bool(status and S_ISDIR(status.st_mode))
        yield file.source, os.fsencode(file.path), file.member, size, modified, closed


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None
