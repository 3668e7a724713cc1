"""The time that a request may take: a deadline that long work looks at between its steps.

It is held in a context variable (PEP 567), so that nothing in between need hand it on. Work that is given to
other threads takes it along with `carried`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar, copy_context
from functools import partial
from time import monotonic
from typing import TypeVar

from search_app.errors import TookTooLong

T = TypeVar("T")

_end: ContextVar[float | None] = ContextVar("end", default=None)
"""The time of the monotonic clock at which the running request is given up; None for never."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let what is done in the block take so many seconds; None sets no limit."""
    before = _end.set(None if seconds is None else monotonic() + seconds)
    try:
        yield
    finally:
        _end.reset(before)


def left() -> float | None:
    """Seconds until the deadline, 0 if it has passed; None where there is none."""
    end = _end.get()
    return None if end is None else max(end - monotonic(), 0.0)


def check(needed: float = 0.0) -> None:
    """Go on, unless fewer seconds than are needed are left, or none; then raise TookTooLong."""
    remaining = left()
    if remaining is not None and remaining <= needed:
        raise TookTooLong(
            "This took longer than a request may take, so it was given up.",
            "Search for fewer or rarer words, or narrow the search; if the server is busy, try again later.",
        )


def carried(task: Callable[[], T]) -> Callable[[], T]:
    """The task under the current deadline, in whatever thread it is called; once only."""
    return partial(copy_context().run, _checked, task)


def _checked(task: Callable[[], T]) -> T:
    check()
    return task()
