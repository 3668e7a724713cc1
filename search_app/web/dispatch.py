"""Who answers a request: the threads, with a bounded queue before them, or two that only do quick work.

Waitress itself would queue without end, and all would wait too long. A queue that was full stays short until
it has been empty once: more requests come than can be answered, and a long queue would outlast them. What is
refused gets its answer from the quick threads, as do probes and static files, so that they are answered
however long the queue is.
"""

from __future__ import annotations

import json
import logging
from time import monotonic
from typing import Any

from waitress.task import ThreadedTaskDispatcher
from waitress.utilities import Error

from search_app.web import metrics
from search_app.web.cross_origin import API_PREFIX

QUICK_THREADS = 2

SHORT = 8
"""The part of the queue, one in so many places, that is used after it was full."""

ALIVE = "/healthz"
STATIC = "/static/"
"""The path, and the beginning of paths, that are answered beside the queue."""

RETRY_AFTER = 5
"""Seconds after which those who were refused may try again: a full queue is worked off sooner."""

_log = logging.getLogger(__name__)

_MESSAGE = "More people are searching than this site can answer at once."
_HINT = f"Try again in {RETRY_AFTER} seconds."
_PAGE = f"""<!DOCTYPE html>
<html lang="en">
<meta charset="utf-8">
<title>Busy</title>
<h1>Busy just now</h1>
<p>{_MESSAGE} {_HINT} Nothing is wrong with your search.</p>
"""
_HEADERS = (
    ("Retry-After", str(RETRY_AFTER)),
    ("Cache-Control", "no-store"),
    ("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'"),
    ("X-Content-Type-Options", "nosniff"),
)


class Busy(Error):  # type: ignore[misc]  # waitress has no types
    """The answer to a request that finds the queue full: 503, as a page or as a problem (RFC 9457)."""

    code = 503
    reason = "Service Unavailable"

    def __init__(self, path: str) -> None:
        super().__init__(_MESSAGE)
        self._api = path.startswith(API_PREFIX)

    def to_response(self, ident: str | None = None) -> tuple[str, list[tuple[str, str]], bytes]:
        """Status, headers and body; `ident` would name the server, and is not told."""
        if not self._api:
            return f"{self.code} {self.reason}", [*_HEADERS, ("Content-Type", "text/html")], _PAGE.encode()
        problem = {
            "type": "about:blank",
            "title": self.reason,
            "status": self.code,
            "detail": _MESSAGE,
            "hint": _HINT,
            "problems": [],
        }
        headers = [*_HEADERS, ("Content-Type", "application/problem+json")]
        return f"{self.code} {self.reason}", headers, json.dumps(problem).encode()


class _Waiting:
    """A task in the queue; what it waits is measured."""

    __slots__ = ("_since", "_task")

    def __init__(self, task: Any) -> None:
        self._task = task
        self._since = monotonic()
        metrics.QUEUED.inc()

    def service(self) -> None:
        """Do the task."""
        metrics.QUEUED.dec()
        metrics.WAITED.observe(monotonic() - self._since)
        self._task.service()

    def cancel(self) -> None:
        """Give it up."""
        metrics.QUEUED.dec()
        self._task.cancel()


class Dispatcher(ThreadedTaskDispatcher):  # type: ignore[misc]
    """Hands connections with a request to threads; at most `most` of them wait, fewer after a rush."""

    def __init__(self, threads: int, most: int) -> None:
        super().__init__()
        self._most = most
        self._few = max(1, most // SHORT)
        self._rush = False
        self._told = 0.0
        self._quick = ThreadedTaskDispatcher()
        self._quick.set_thread_count(QUICK_THREADS)
        self.set_thread_count(threads)

    def add_task(self, task: Any) -> None:
        """Let the next request of a connection be answered or refused."""
        request = task.requests[0]
        if request.error or request.path == ALIVE or request.path.startswith(STATIC):
            self._quick.add_task(task)
        elif not self._queued(task):
            metrics.REFUSED.inc()
            self._tell()
            request.error = Busy(request.path)
            self._quick.add_task(task)

    def shutdown(self, cancel_pending: bool = True, timeout: float = 5) -> bool:
        """End all threads; whether any task was given up."""
        self._quick.shutdown(cancel_pending, timeout)
        return bool(super().shutdown(cancel_pending, timeout))

    def _queued(self, task: Any) -> bool:
        """Put a task into the queue, unless that is full."""
        with self.lock:
            waiting = len(self.queue)
            self._rush = waiting > 0 and (self._rush or waiting >= self._most)
            if waiting >= (self._few if self._rush else self._most):
                return False
            self.queue.append(_Waiting(task))
            self.queue_cv.notify()
            return True

    def _tell(self) -> None:
        """Log that the queue is full, once a second at most."""
        if monotonic() > self._told + 1:
            self._told = monotonic()
            _log.warning("The queue was full (%d requests): some are refused with status 503.", self._most)
