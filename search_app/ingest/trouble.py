"""What the disk refuses in the midst of a run, told so that a person can act on it."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from search_app.errors import StorageError

KEPT = "The index keeps every batch that was finished, and goes on serving it."

_ROOM = "Make room, then run the same command again; imr-search doctor tells how much there is."
_RIGHTS = "Let this user write there, then run the same command again."
_DISK = "Look at the disk and the system's log; then run imr-search doctor."

_FULL = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EFBIG})
_READ_ONLY = frozenset({errno.EROFS, errno.EACCES, errno.EPERM})
_NUMBER = {os.strerror(number): number for number in (*_FULL, *_READ_ONLY, errno.EIO)}


@contextmanager
def explained(path: Path, what: str = "index", kept: str = KEPT) -> Iterator[None]:
    """Raise StorageError for what the disk below an index refuses, whoever reports it.

    `what` it is if it is no index, and what is `kept` then.
    """
    try:
        yield
    except (OSError, ValueError, sqlite3.OperationalError) as error:
        number = _number(error)
        if number in _FULL:
            raise StorageError(
                f"There is no room left on the disk that has the {what} {path}.", f"{kept} {_ROOM}"
            ) from error
        if number in _READ_ONLY:
            raise StorageError(f"The {what} {path} can't be written to.", f"{kept} {_RIGHTS}") from error
        if number is not None:
            says = f"The disk that has the {what} {path} fails ({error})."
            raise StorageError(says, f"{kept} {_DISK}") from error
        raise


def _number(error: OSError | ValueError | sqlite3.OperationalError) -> int | None:
    """The number of what the operating system refused, as Python, Tantivy or SQLite tells of it."""
    if isinstance(error, sqlite3.OperationalError):
        return {"SQLITE_FULL": errno.ENOSPC, "SQLITE_READONLY": errno.EROFS, "SQLITE_IOERR": errno.EIO}.get(
            "_".join(error.sqlite_errorname.split("_")[:2])
        )
    if isinstance(error, OSError):
        return error.errno if error.errno in _NUMBER.values() else None
    return next((number for says, number in _NUMBER.items() if says in str(error)), None)
