"""What the server logs, and how: lines for people or JSON, on standard error.

Queries can be privileged work product, so by default nothing of them is told. What exceptions say is left out
too, since it often holds what failed; their kind and where they were raised is told.
"""

from __future__ import annotations

import json
import logging
import sys
import traceback
from datetime import UTC, datetime
from types import TracebackType
from typing import TypeAlias

from search_app.config import Settings
from search_app.errors import SettingError

ACCESS = "search_app.access"
"""The logger that has a line for each request."""

_OF_WAITRESS = "waitress.queue"
"""Has a line for each request that waits; `dispatch` tells of a full queue in its place."""

_TOLD = (SettingError, OSError)
"""Exceptions that speak of settings and files, and never of queries."""

_Raised: TypeAlias = (
    "tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]"
)


def configure(settings: Settings) -> None:
    """Log so from now on, in this process."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter((_Json if settings.log_format == "json" else _Plain)(settings.log_queries == "on"))
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.captureWarnings(capture=True)
    logging.getLogger(_OF_WAITRESS).setLevel(logging.ERROR)
    logging.getLogger(ACCESS).setLevel(logging.INFO if settings.access_log == "on" else logging.WARNING)


class _Formatter(logging.Formatter):
    """Tells what exceptions say only where queries may be told."""

    def __init__(self, tells_queries: bool) -> None:
        super().__init__()
        self._tells_queries = tells_queries

    def formatException(self, ei: _Raised) -> str:
        """The kinds of an exception and of those that it came from, and where each was raised."""
        if self._tells_queries:
            return super().formatException(ei)
        lines: list[str] = []
        error, seen = ei[1], set[int]()
        while error is not None and id(error) not in seen:
            seen.add(id(error))
            said = f": {error}" if isinstance(error, _TOLD) else ""
            lines[:0] = [*traceback.format_tb(error.__traceback__), f"{type(error).__qualname__}{said}\n"]
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "".join(lines).rstrip()

    def formatTime(self, record: logging.LogRecord, datefmt: str | None = None) -> str:
        """The time in UTC, to the millisecond (RFC 3339)."""
        return datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")


class _Plain(_Formatter):
    """A line for people."""

    def formatMessage(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {record.levelname} {record.message}"


class _Json(_Formatter):
    """A JSON object a line; what a record was given as `fields` stands in it by name."""

    def format(self, record: logging.LogRecord) -> str:
        told = {
            "time": self.formatTime(record),
            "level": record.levelname,
            "logger": record.name,
            "message": record.getMessage(),
            "process": record.process,
            **getattr(record, "fields", {}),
        }
        if record.exc_info:
            told["exception"] = self.formatException(record.exc_info)
        return json.dumps(told, ensure_ascii=False)
