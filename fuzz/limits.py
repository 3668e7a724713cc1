"""A limit on the processor time of one input: what takes longer counts as a hang."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

SECONDS = 10.0
"""Seconds of processor time for one input; code that is watched for coverage runs some five times slower."""


class Hang(BaseException):
    """An input took too long; no `except Exception` on the way swallows it."""


@contextmanager
def limited(seconds: float = SECONDS) -> Iterator[None]:
    """Raise Hang inside the block when it has used so much processor time; in the main thread only."""

    def late(number: int, frame: FrameType | None) -> None:
        raise Hang(f"More than {seconds:g} seconds of processor time.")

    before = signal.signal(signal.SIGVTALRM, late)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
