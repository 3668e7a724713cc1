"""Work in a process of its own, with limits on the time and the memory of each piece.

What hangs, crashes or takes too much costs its own piece only: the process is killed, and another takes its
place. Processes are forked from one that has loaded what they need, which takes some milliseconds.
"""

from __future__ import annotations

import os
import resource
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum
from math import ceil
from multiprocessing import get_context, parent_process
from multiprocessing.connection import Connection
from threading import Lock, Thread
from time import process_time
from typing import Any, Generic, TypeVar

from search_app.config import Settings
from search_app.errors import ImrSearchError

Piece = TypeVar("Piece")
Answer = TypeVar("Answer")

STARTING = 60
"""Seconds for a process to start, on however busy a machine."""

SPARE = 5
"""Seconds of processor time above the limit after which the system ends a process that nobody kills."""

_MEGABYTE = 1_000_000
_FORKS = get_context("forkserver")
# The last is what the program's own script loads, which Python runs again in every process.
_FORKS.set_forkserver_preload(["search_app.ingest.preloaded", "search_app.cli"])


@dataclass(frozen=True, slots=True)
class Limits:
    """What one piece of work may take: seconds by the clock, and megabytes of memory of its process."""

    seconds: int
    megabytes: int


def limits_of(settings: Settings) -> Limits:
    """The limits on reading a letter that are set."""
    return Limits(settings.letter_seconds, settings.letter_megabytes)


LIMITS = limits_of(Settings())
"""The limits where nothing else is set."""


class Lost(Enum):
    """Why there is no answer to a piece: its process took too long, or ended."""

    SLOW = "slow"
    CRASHED = "crashed"


class LimitedProcess(Generic[Piece, Answer]):
    """Does pieces of work in another process, which starts with the first of them.

    The work, the pieces and the answers can be pickled. One thread at a time may use it, any may close it.
    """

    def __init__(self, work: Callable[[Piece], Answer], limits: Limits) -> None:
        self._work = work
        self._limits = limits
        self._lock = Lock()
        self._closed = False
        self._process: _Process | None = None

    def answers(self, pieces: Sequence[Piece]) -> Iterator[Answer | Lost]:
        """The answers in order, each as soon as it is there, and none after `close`.

        A piece whose process ends is tried once more, as the system may have ended it for another's sake.
        Raises ImrSearchError if no process can be started.
        """
        left = deque(pieces)
        tried = 0
        while left and (process := self._running()):
            lost = yield from self._until_lost(process, left)
            if lost and not self._closed:
                self._end()
                if lost is Lost.SLOW or tried == len(left):
                    left.popleft()
                    yield lost
                else:
                    tried = len(left)

    def close(self) -> None:
        """End the process, whatever it does."""
        with self._lock:
            self._closed = True
        self._end()

    def _until_lost(self, process: _Process, left: deque[Piece]) -> Generator[Answer, None, Lost | None]:
        """Answers while there are some; tells why there is none to the first piece that is then left."""
        process.hand(tuple(left))
        while left:
            answer = process.answer(self._limits.seconds)
            if isinstance(answer, Lost):
                return answer
            left.popleft()
            yield answer
        return None

    def _running(self) -> _Process | None:
        """The process, started if need be; None when it has been closed."""
        with self._lock:
            if self._closed:
                return None
            if self._process is None:
                self._process = _Process(self._work, self._limits)
            return self._process

    def _end(self) -> None:
        with self._lock:
            if self._process:
                self._process.end()
            self._process = None


class _Process:
    """One process and the pipe to it."""

    def __init__(self, work: Callable[[Any], Any], limits: Limits) -> None:
        self._pipe, theirs = _FORKS.Pipe()
        self._process = _FORKS.Process(target=_serve, args=(theirs, work, limits), daemon=True)
        try:
            self._process.start()
        except (OSError, EOFError) as error:
            raise _not_started() from error
        finally:
            theirs.close()
        if isinstance(self.answer(STARTING), Lost):
            self.end()
            raise _not_started()

    def hand(self, pieces: tuple[Any, ...]) -> None:
        with suppress(OSError):  # that it has ended shows when it should answer
            self._pipe.send(pieces)

    def answer(self, seconds: int) -> Any:
        """What it answers, or why it doesn't; a moment for which this process is held up counts but once."""
        try:
            for _ in range(seconds):
                if self._pipe.poll(1):
                    return self._pipe.recv()
        except (EOFError, OSError):
            return Lost.CRASHED
        return Lost.SLOW

    def end(self) -> None:
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()


def _not_started() -> ImrSearchError:
    return ImrSearchError(
        "The processes that read letters can't be started.", "There may be too little memory for them."
    )


def _serve(pipe: Connection, work: Callable[[Any], Any], limits: Limits) -> None:
    """Do what comes through the pipe, until the process at its other end closes it or is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the main process, which ends this one
    Thread(target=_end_with_parent, daemon=True).start()
    _limit(resource.RLIMIT_DATA, limits.megabytes * _MEGABYTE)
    _limit(resource.RLIMIT_CORE, 0)  # what it held when it crashed is nobody's business
    pipe.send(None)
    with suppress(EOFError, OSError):
        while True:
            for piece in pipe.recv():
                _limit(resource.RLIMIT_CPU, ceil(process_time()) + limits.seconds + SPARE)
                pipe.send(work(piece))


def _limit(what: int, most: int) -> None:
    _, highest = resource.getrlimit(what)
    allowed = most if highest == resource.RLIM_INFINITY else min(most, highest)
    resource.setrlimit(what, (allowed, highest))


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
