"""How many whole lists are sent at once: each keeps a thread for as long as its reader takes."""

from __future__ import annotations

from collections.abc import Callable
from threading import BoundedSemaphore

from search_app.errors import ServerBusy

MOST = 2
"""Lists that a process sends at once, of its eight threads; the others are for searches."""


class Turns:
    """Gives out turns at sending a list."""

    def __init__(self, most: int = MOST) -> None:
        self._free = BoundedSemaphore(most)
        self._most = most

    def take(self) -> Callable[[], None]:
        """Take a turn, and return what gives it back; raises ServerBusy if there is none."""
        if not self._free.acquire(blocking=False):
            raise ServerBusy(
                f"{self._most} exports are being sent already, and no more can be at once.",
                "Try again when they are done, or narrow the search to make a smaller file.",
            )
        return self._free.release
