"""Watches every request: gives it an id and a deadline, measures it, and logs it when it has been sent."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any
from uuid import uuid4
from wsgiref.types import StartResponse, WSGIEnvironment

from flask import Flask, request

from search_app import deadline
from search_app.config import Settings
from search_app.web import metrics
from search_app.web.logs import ACCESS

HEADER = "X-Request-ID"
"""The header that has a request's id; one that comes with the request is kept."""

_KEY = "search_app.watched"
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_METHODS = frozenset({"GET", "HEAD", "POST", "OPTIONS"})
_log = logging.getLogger(ACCESS)


@dataclass(slots=True)
class Watched:
    """A request; `route` is the pattern of its address, which has nothing of what was asked for."""

    id: str
    method: str
    query: str
    route: str = "none"
    status: int = 0
    size: int = 0
    error: str = ""
    started: float = field(default_factory=perf_counter)


def register(app: Flask, _: Settings) -> None:
    """Note the route of each request, before anything can answer or refuse it; `Watch` does the rest."""
    app.before_request(_note_route)


def note_error(kind: type[BaseException]) -> None:
    """Tell the kind of error that the current request ends in."""
    request.environ[_KEY].error = kind.__name__


def current_id() -> str:
    """The id of the current request."""
    return str(request.environ[_KEY].id)


def _note_route() -> None:
    if request.url_rule is not None:
        request.environ[_KEY].route = request.url_rule.rule


class Watch:
    """The outermost middleware."""

    def __init__(self, app: Callable[..., Iterable[bytes]], settings: Settings) -> None:
        self._app = app
        self._seconds = settings.time_limit / 1000 or None
        self._slow = settings.slow_request
        self._tells_queries = settings.log_queries == "on"

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        watched = environ[_KEY] = _watched(environ)

        def start(status: str, headers: list[tuple[str, str]], *raised: Any) -> Any:
            watched.status = int(status[:3])
            return start_response(status, [*headers, (HEADER, watched.id)], *raised)

        with deadline.within(self._seconds):
            parts = self._app(environ, start)
        return _Sent(parts, watched, self._tell)

    def _tell(self, watched: Watched) -> None:
        """Measure and log a request that is done with."""
        seconds = perf_counter() - watched.started
        metrics.REQUESTS.labels(watched.route, watched.method, str(watched.status)).inc()
        metrics.TOOK.labels(watched.route).observe(seconds)
        if watched.error:
            metrics.GIVEN_UP.labels(watched.error).inc()
        duration = round(1000 * seconds, 1)
        fields = {
            "method": watched.method,
            "route": watched.route,
            "status": watched.status,
            "milliseconds": duration,
            "bytes": watched.size,
            "request": watched.id,
            **({"error": watched.error} if watched.error else {}),
            **({"query": watched.query} if self._tells_queries else {}),
        }
        slow = duration >= self._slow
        said = " ".join(f"{name}={value}" for name, value in fields.items())
        level = logging.WARNING if slow or watched.status >= 500 else logging.INFO
        _log.log(level, "%s%s", "slow request: " if slow else "", said, extra={"fields": fields})


def _watched(environ: WSGIEnvironment) -> Watched:
    given, method = environ.get("HTTP_X_REQUEST_ID", ""), environ.get("REQUEST_METHOD", "")
    return Watched(
        id=given if _ID.fullmatch(given) else uuid4().hex,
        method=method if method in _METHODS else "other",
        query=environ.get("QUERY_STRING", ""),
    )


class _BrokenOff(Exception):  # no error of its own: it stands for one that was logged
    """Breaks an answer off that failed while it was sent, so that nobody takes it for whole."""


def _is_new(record: logging.LogRecord) -> bool:
    """Whether what waitress logs was not logged here, without the address that waitress tells."""
    return not (record.exc_info and record.exc_info[0] is _BrokenOff)


logging.getLogger("waitress").addFilter(_is_new)


class _Sent:
    """The parts of an answer, counted while they are sent."""

    def __init__(self, parts: Iterable[bytes], watched: Watched, tell: Callable[[Watched], None]) -> None:
        self._parts = parts
        self._next = iter(parts)
        self._watched = watched
        self._tell = tell

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        try:
            part = next(self._next)
        except StopIteration:
            raise
        except Exception as error:  # noqa: BLE001  # the outermost door: logged here, and broken off
            self._watched.error = type(error).__name__
            _log.error("request=%s failed while its answer was sent", self._watched.id, exc_info=True)
            raise _BrokenOff from None
        self._watched.size += len(part)
        return part

    def close(self) -> None:
        """The end of the answer, sent or not."""
        try:
            if (close := getattr(self._parts, "close", None)) is not None:
                close()
        finally:
            self._tell(self._watched)
