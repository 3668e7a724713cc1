"""What runs in a process of its own for each peer, so that memory and caches are its own."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter, process_time
from typing import Any

from bench.corpus import determinations
from bench.mix import MixedQuery, query_mix
from bench.peers import PEERS
from bench.peers.base import Page, Searcher, Unsupported
from bench.results import Built
from search_app.model import Determination


def in_own_process(task: Any, *arguments: Any) -> Any:
    """The result of a function of a module, called in a fresh process."""
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        return pool.submit(task, *arguments).result()


def memory(row: str) -> int:
    """Bytes of this process: VmHWM, the most so far, or RssAnon, what is no page of a file."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith(f"{row}:"):
            return 1024 * int(line.split()[1])
    return 0


class _Source:
    """An iterator that keeps account of the time its source takes."""

    def __init__(self, source: Iterator[Determination]) -> None:
        self._source = source
        self.seconds = 0.0
        self.decisions = 0

    def __iter__(self) -> Iterator[Determination]:
        return self

    def __next__(self) -> Determination:
        started = perf_counter()
        try:
            one = next(self._source)
        finally:
            self.seconds += perf_counter() - started
        self.decisions += len(one.decisions)
        return one


def build(name: str, parsed: Path, decisions: int, folder: Path) -> Built:
    """Build a peer's index in an empty folder; the time that unpickling takes is not the peer's."""
    source = _Source(determinations(parsed, decisions))
    started = perf_counter()
    PEERS[name].build(folder, source)
    seconds = perf_counter() - started
    return Built(
        decisions=source.decisions,
        seconds=seconds - source.seconds,
        reading=source.seconds,
        size=PEERS[name].size(folder),
        peak=memory("VmHWM"),
    )


@dataclass(frozen=True, slots=True)
class Timed:
    """A page or why there is none, and what it took in milliseconds: of time, and of the processor's."""

    page: Page | str
    milliseconds: float = 0.0
    processor: float = 0.0


class Remote:
    """A peer's open index in a process of its own, which does one thing at a time."""

    def __init__(self, name: str, folder: Path) -> None:
        self._pool = ProcessPoolExecutor(1, mp_context=get_context("spawn"))
        self.first: float = self._pool.submit(_open, name, folder).result()

    def page(self, number: int) -> Timed:
        """The page of the mix's query of this number."""
        timed: Timed = self._pool.submit(_page, number).result()
        return timed

    def memory(self, row: str) -> int:
        """See `memory`."""
        found: int = self._pool.submit(memory, row).result()
        return found

    def close(self) -> None:
        """End the process."""
        self._pool.submit(_close).result()
        self._pool.shutdown()


_mix: tuple[MixedQuery, ...] = ()
_searcher: Searcher


def _open(name: str, folder: Path) -> float:
    """Open an index and show the first page; return the milliseconds of both."""
    global _mix, _searcher  # noqa: PLW0603  # what this process is for
    _mix = query_mix()
    started = perf_counter()
    _searcher = PEERS[name].open(folder)
    _searcher.page(_mix[0].request)
    return 1000 * (perf_counter() - started)


def _page(number: int) -> Timed:
    started, busy = perf_counter(), process_time()
    try:
        page = _searcher.page(_mix[number].request)
    except Unsupported as reason:
        return Timed(str(reason))
    return Timed(page, 1000 * (perf_counter() - started), 1000 * (process_time() - busy))


def _close() -> None:
    _searcher.close()
