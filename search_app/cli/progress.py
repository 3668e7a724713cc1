"""Shows how a run of indexing goes: a bar in a terminal, a line now and then elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Any

import click
from tqdm import tqdm

from search_app.cli.options import counted
from search_app.ingest.watcher import Watcher

EVERY = 15.0
"""Seconds between lines where stderr is no terminal."""


@contextmanager
def progress() -> Iterator[Watcher]:
    """Whoever watches a run for the one who started it."""
    if sys.stderr.isatty():
        with tqdm(unit=" letters", delay=1, dynamic_ncols=True, smoothing=0.05) as bar:
            yield _InTerminal(bar)
    else:
        yield _Lines()


class _Chosen(Watcher):
    def chosen(self, says: str) -> None:
        click.echo(f"Engine: {says}.")


class _InTerminal(_Chosen):
    """A bar on stderr with rate and remaining time."""

    def __init__(self, bar: tqdm[Any]) -> None:
        self._bar = bar

    def looking(self, found: int) -> None:
        self._bar.set_description("Looking for letters", refresh=False)
        self._bar.update(found - self._bar.n)

    def chosen(self, says: str) -> None:
        self._bar.clear()
        super().chosen(says)

    def reading(self, done: int, total: int) -> None:
        if self._bar.total != total:
            self._bar.set_description("Reading", refresh=False)
            self._bar.reset(total)
        self._bar.update(done - self._bar.n)


class _Lines(_Chosen):
    """Lines on stderr with rate and remaining time."""

    def __init__(self) -> None:
        self._started = self._told = monotonic()
        self._reading = False

    def looking(self, found: int) -> None:
        if self._due():
            click.echo(f"Looking for letters: {found:,} found", err=True)

    def reading(self, done: int, total: int) -> None:
        if not self._reading:
            self._reading, self._started = True, monotonic()
        if self._due() and done < total:
            click.echo(progress_line(done, total, monotonic() - self._started), err=True)

    def _due(self) -> bool:
        now = monotonic()
        due = now - self._told >= EVERY
        if due:
            self._told = now
        return due


def progress_line(done: int, total: int, seconds: float) -> str:
    """What was read in so many seconds, how fast, and how long the rest takes at that rate."""
    rate = done / max(seconds, 0.001)
    left = tqdm.format_interval((total - done) / rate) if rate else "?"
    return f"{done:,} of {counted(total, 'letter')}, {rate:,.0f} a second, {left} left"
