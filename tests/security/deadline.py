"""Breaks off what takes too long of the processor, in the middle of a regular expression too."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager


class TooLong(BaseException):
    """Nothing may catch it on its way."""


@contextmanager
def deadline(seconds: float) -> Iterator[None]:
    """Raise TooLong in the block after so many seconds of the processor; in the main thread only."""

    def stop(*_: object) -> None:
        raise TooLong

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
