"""The error tree: everything that goes wrong for a reason a person can act on.

Each error has a message (what was wrong and where), a hint (what to do), the HTTP status that the web
and the API answer with, and the exit code of the command line. They are caught at two places only: the
web's error handler and the command group.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

REBUILD = "Build it again with: imr-search index --rebuild"
"""What to do about an index that this program can't use."""

REPAIR = f"Put a backup in its place with: imr-search restore FILE --force. {REBUILD}"
"""What to do about an index whose files are damaged."""

REPAIR_IN_CLUSTER = (
    f"Restore a snapshot and the folder that belongs to it: docs/deploying.md, Backups. {REBUILD}"
)
"""What to do about an index in a cluster."""


class ImrSearchError(Exception):
    """Root of the tree."""

    status: ClassVar[int] = 500
    exit_code: ClassVar[int] = 1

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class SettingError(ImrSearchError):
    """A setting (flag, environment variable, line of the config file) can't be used."""

    exit_code = 2


class HostRefused(ImrSearchError):
    """A request names a host that the site does not answer to."""

    status = 400


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a request's parameters: which, what it held, what was expected."""

    parameter: str
    value: str
    message: str


class ParameterError(ImrSearchError):
    """Parameters of a search that can't be read; holds all problems, not just the first."""

    status = 422
    exit_code = 2

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__(" ".join(problem.message for problem in problems))
        self.problems = problems


class TooCostly(ImrSearchError):
    """A search that asks for more work than one request may take; nothing was searched."""

    status = 422
    exit_code = 2


class TookTooLong(ImrSearchError):
    """A request that was given up because its time was over."""

    status = 503


class ServerBusy(ImrSearchError):
    """More is asked for at once than the server does at once."""

    status = 503


class LetterError(ImrSearchError):
    """A file that can't be taken in: unreadable, or no determination. `stage` is "read" or "parse"."""

    stage: ClassVar[str] = "read"
    status = 422


class UnreadableFile(LetterError):
    """The bytes of a file can't be turned into text."""


class NotADetermination(LetterError):
    """The text of a file is not that of a determination letter (or not one that can be understood)."""

    stage = "parse"


class CorpusMissing(ImrSearchError):
    """The corpus that should be read is not there."""

    exit_code = 2


class IndexUnavailable(ImrSearchError):
    """There is no index to search, or it can't be opened now."""

    status = 503


class IndexMissing(IndexUnavailable):
    """No index lies at the given place."""


class IndexIncompatible(IndexUnavailable):
    """The index was built by another engine or another schema version."""


class IndexDamaged(IndexIncompatible):
    """Files of the index are missing, cut short, or differ from their checksums."""

    def __init__(self, message: str, hint: str = REPAIR) -> None:
        super().__init__(message, hint)


class AccountDamaged(IndexDamaged):
    """The account of an index's files can't be read; the index itself may be sound."""


class IndexBusy(IndexUnavailable):
    """Another process is writing to the index."""


class EngineFailure(ImrSearchError):
    """The engine failed on one request, over files that are sound."""

    def __init__(self, message: str, hint: str = "Ask in other words, and report it.") -> None:
        super().__init__(message, hint)


class StorageError(ImrSearchError):
    """The disk takes no more: it is full, read-only or broken."""

    status = 503


class BackupUnusable(ImrSearchError):
    """A file that is no backup of an index, is damaged, or is of another version."""


class CaseNotFound(ImrSearchError):
    """No determination with this case number is in the index."""

    status = 404
