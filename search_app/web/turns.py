"""How many of one kind of long work are done at once: each keeps a thread for as long as it takes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from threading import BoundedSemaphore

from search_app.errors import ServerBusy

MOST = 2
"""Of one kind that a process does at once; the other threads are for searches."""


class Turns:
    """Gives out turns; `what` says what is being done, and `hint` what to do if there is none."""

    def __init__(self, most: int, what: str, hint: str) -> None:
        self._free = BoundedSemaphore(most)
        self._message = f"{what}, {most} at once, and no more can be."
        self._hint = hint

    def take(self) -> Callable[[], None]:
        """Take a turn, and return what gives it back; raises ServerBusy if there is none."""
        if not self._free.acquire(blocking=False):
            raise ServerBusy(self._message, self._hint)
        return self._free.release

    @contextmanager
    def turn(self) -> Iterator[None]:
        """Have a turn in the block; raises ServerBusy if there is none."""
        give_back = self.take()
        try:
            yield
        finally:
            give_back()


def exports(threads: int) -> Turns:
    """Turns at sending a list, in a process of so many threads."""
    hint = "Try again when they are done, or narrow the search to make a smaller file."
    return Turns(_most(threads), "Exports are being sent already", hint)


def uploads(threads: int) -> Turns:
    """Turns at reading a file that was sent."""
    hint = "Try again in a few seconds, or paste the text."
    return Turns(_most(threads), "Files are being read already", hint)


def _most(threads: int) -> int:
    """Of several threads, one is left for searches."""
    return max(1, min(MOST, threads - 1))
