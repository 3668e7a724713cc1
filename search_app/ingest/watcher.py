"""Who hears how a run goes."""

from __future__ import annotations


class Watcher:
    """Hears how a run goes, and keeps it to itself; the command line shows it."""

    def chosen(self, says: str) -> None:
        """Which engine the run feeds, and why."""

    def looking(self, found: int) -> None:
        """The number of files found so far, before it is known how many there are."""

    def reading(self, done: int, total: int) -> None:
        """The number of files read, and of those to read."""
