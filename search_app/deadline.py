"""The time that a request may take: a deadline that long work looks at between its steps.

What counts is a request's own share of the time, so that a rush of cheap ones makes none of them fail. The
deadline is held in a context variable (PEP 567), so that nothing in between need hand it on. Work that is
given to other threads takes it along with `carried`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar, copy_context
from functools import partial
from threading import Lock
from time import monotonic
from typing import TypeVar

from search_app.errors import TookTooLong

T = TypeVar("T")


class SharedTime:
    """A clock that goes at an nth of the speed while n share it, as they do Python's lock."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = Lock()
        self._sharing = 0
        self._looked = clock()
        self._passed = 0.0

    def now(self) -> float:
        """The time in seconds, from any beginning."""
        with self._lock:
            return self._go(0)

    @contextmanager
    def shared(self, more: int = 1) -> Iterator[None]:
        """Let one more share it in the block, or (-1) one fewer."""
        with self._lock:
            self._go(more)
        try:
            yield
        finally:
            with self._lock:
                self._go(-more)

    def _go(self, more: int) -> float:
        """Pass the time since the last look, then let more or fewer share it."""
        looked = self._clock()
        self._passed += (looked - self._looked) / max(self._sharing, 1)
        self._looked = looked
        self._sharing += more
        return self._passed


_time = SharedTime()
_end: ContextVar[float | None] = ContextVar("end", default=None)
"""The shared time at which the running request is given up; None for never."""


@contextmanager
def within(seconds: float | None) -> Iterator[None]:
    """Let what is done in the block take so many seconds of its own share; None sets no limit."""
    with nullcontext() if seconds is None or _end.get() is not None else _time.shared():
        before = _end.set(None if seconds is None else _time.now() + seconds)
        try:
            yield
        finally:
            _end.reset(before)


@contextmanager
def apart() -> Iterator[None]:
    """Do not count the time of the block, which has a limit of its own, and let others have its share."""
    end = _end.get()
    if end is None:
        yield
        return
    begun = _time.now()
    try:
        with _time.shared(-1):
            yield
    finally:
        _end.set(end + _time.now() - begun)


@contextmanager
def regained(lost: type[Exception], but: type[Exception]) -> Iterator[None]:
    """Do not count the time of the block if it ends with an error `lost`, other than `but`."""
    begun = _time.now()
    try:
        yield
    except lost as error:
        end = _end.get()
        if end is not None and not isinstance(error, but):
            _end.set(end + _time.now() - begun)
        raise


def left() -> float | None:
    """Seconds of its own share until the deadline, 0 if it has passed; None where there is none."""
    end = _end.get()
    return None if end is None else max(end - _time.now(), 0.0)


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
