"""Keeps several server processes running on one port.

The parent holds the port and does nothing but watch; each child answers requests on the same socket, with
an index of its own open (the operating system shares what they map). A child that ends by itself is
started again.
"""

from __future__ import annotations

import logging
import signal
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing import Pipe, get_context, parent_process, resource_tracker
from multiprocessing.connection import wait
from multiprocessing.context import SpawnProcess
from multiprocessing.process import BaseProcess
from threading import Thread
from time import monotonic

from search_app.errors import ImrSearchError

FAILURES = 5
"""So many failures within FAILURE_SECONDS are not mended by starting again."""

FAILURE_SECONDS = 60.0

_log = logging.getLogger(__name__)


class ServingError(ImrSearchError):
    """The processes of the server keep failing."""


def keep_running(
    work: Callable[[], None],
    count: int,
    grace: float,
    tell: Callable[[], None],
    buried: Callable[[int], None] = lambda _: None,
) -> None:
    """Run `work` in `count` processes until this one is interrupted or told to end (SIGINT, SIGTERM).

    `work` is picklable, ends when `when_told` tells it to, and is killed if that takes much longer than
    `grace` seconds. `tell` is called when all are started, and `buried` with the number of a process that
    ended by itself. Raises ServingError if processes keep failing.
    """
    told, teller = Pipe(duplex=False)
    crew: list[SpawnProcess] = []
    failures = deque([-FAILURE_SECONDS] * FAILURES, maxlen=FAILURES)
    with told, teller, when_told(lambda: teller.send(None)):
        try:
            for _ in range(count):
                crew.append(_start(work))
            tell()
            while told not in wait([told, *(process.sentinel for process in crew)]):
                for process in [one for one in crew if not one.is_alive()]:
                    crew.remove(process)
                    buried(process.pid or 0)
                    _note_end(process, failures)
                    crew.append(_start(work))
        finally:
            _end(crew, grace)


@contextmanager
def when_told(stop: Callable[[], None]) -> Iterator[None]:
    """Call `stop` when this process is told to end, instead of ending it; in the main thread only.

    A child process is told by its parent alone, by SIGTERM or by the parent's own end.
    """
    signals = {signal.SIGINT, signal.SIGTERM}
    before = {one: signal.signal(one, lambda *_: stop()) for one in signals}
    parent = parent_process()
    if parent is not None:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
        Thread(target=_stop_after, args=(parent, stop), daemon=True).start()
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)


def _stop_after(parent: BaseProcess, stop: Callable[[], None]) -> None:
    parent.join()
    stop()


def _start(work: Callable[[], None]) -> SpawnProcess:
    """Start a process that is deaf to Ctrl-C, which a terminal sends to all, from its first moment on."""
    resource_tracker.ensure_running()  # else it is started below, which would let the signal through
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        process = get_context("spawn").Process(target=work)  # no daemon: it has processes that read uploads
        process.start()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
    return process


def _note_end(process: SpawnProcess, failures: deque[float]) -> None:
    """Log the end of a process; raises ServingError if it is one failure too many."""
    ended = f"Server process {process.pid} ended ({_how(process.exitcode)})"
    if process.exitcode:
        failures.append(monotonic())
        if failures[-1] - failures[0] < FAILURE_SECONDS:
            raise ServingError(
                f"{ended}, the last of {FAILURES} failures within {FAILURE_SECONDS:.0f} seconds.",
                "What went wrong stands above this; imr-search serve --processes 1 may tell more.",
            )
    _log.warning("%s; another takes its place.", ended)
    process.close()


def _how(exitcode: int | None) -> str:
    return f"signal {-exitcode}" if exitcode and exitcode < 0 else f"exit code {exitcode}"


def _end(crew: Sequence[SpawnProcess], grace: float) -> None:
    """End all processes: in order if they can, else by force."""
    for process in crew:
        process.terminate()
    end = monotonic() + grace + 1
    for process in crew:
        process.join(max(end - monotonic(), 0))
        if process.is_alive():
            process.kill()
            process.join()
        process.close()
