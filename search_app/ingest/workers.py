"""Parses files in worker processes, so that a file that brings its reader down costs only itself."""

from __future__ import annotations

import hashlib
import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing import get_context

from search_app.errors import LetterError
from search_app.letters import LetterFile, parse_file
from search_app.model import Determination

CHUNK = 16
"""Files handed to a worker at once: enough that handing over costs little beside parsing."""

AHEAD = 3
"""Chunks waiting for each worker; this bounds memory whatever the size of the corpus."""

FEW = 32
"""Files up to which starting processes takes longer than parsing; PDFs are always read in a process."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file is quarantined."""

    stage: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one file: its content's digest, and a determination or the reason for none."""

    file: LetterFile
    digest: str
    result: Determination | Failure


def parse_one(file: LetterFile) -> Outcome:
    """Parse a file; whatever is wrong with it is an outcome, never an exception."""
    digest = ""
    try:
        data = file.data()
        digest = hashlib.blake2b(data, digest_size=16).hexdigest()
        return Outcome(file, digest, parse_file(file, data))
    except LetterError as error:
        return Outcome(file, digest, Failure(error.stage, error.message, error.hint))
    except (RecursionError, MemoryError):
        return Outcome(file, digest, Failure("read", "The file is nested too deeply or too large to read."))
    except Exception as error:  # noqa: BLE001  # the outermost door of a worker: one bad letter of a million
        reason = f"The program failed on this file ({type(error).__name__}: {error})."
        return Outcome(file, digest, Failure("parse", reason, "Please report it with the file's layout."))


def parse_all(files: Iterable[LetterFile], workers: int) -> Iterator[Outcome]:
    """Parse files in `workers` processes (0: one for each core), in no particular order."""
    files = iter(files)
    first = list(islice(files, FEW + 1))
    if len(first) <= FEW and not any(file.name.lower().endswith(".pdf") for file in first):
        yield from map(parse_one, first)
        return
    chunks = _chunks(_chain(first, files))
    count = workers or os.cpu_count() or 1
    while True:
        lost = yield from _run_pool(chunks, count)
        if not lost:
            return
        yield from _one_by_one(lost)


def _run_pool(
    chunks: Iterator[Sequence[LetterFile]], count: int
) -> Generator[Outcome, None, list[LetterFile]]:
    """Yield outcomes until the chunks are used up or a worker dies; return the files that were lost then."""
    waiting: dict[Future[list[Outcome]], Sequence[LetterFile]] = {}
    lost: Sequence[LetterFile] = ()
    with _pool(count) as pool:
        try:
            while True:
                for chunk in islice(chunks, count * AHEAD - len(waiting)):
                    lost = chunk  # until it is handed over
                    waiting[pool.submit(_parse_chunk, chunk)] = chunk
                    lost = ()
                if not waiting:
                    return []
                for done in wait(waiting, return_when=FIRST_COMPLETED).done:
                    outcomes = done.result()
                    del waiting[done]
                    yield from outcomes
        except BrokenProcessPool:
            return [file for chunk in (*waiting.values(), lost) for file in chunk]


def _one_by_one(files: Sequence[LetterFile]) -> Iterator[Outcome]:
    """Parse each file alone in a process, so that it is known which ones bring their process down."""
    waiting = deque(files)
    while waiting:
        with _pool(1) as pool, suppress(BrokenProcessPool):
            while waiting:
                yield pool.submit(parse_one, waiting[0]).result()
                waiting.popleft()
        if waiting:
            hint = "The file is damaged; fetch the letter again."
            yield Outcome(waiting.popleft(), "", Failure("read", "The reader crashed on this file.", hint))


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_leave_interrupts)


def _leave_interrupts() -> None:
    """Leave Ctrl-C to the main process, which ends the workers in order."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _parse_chunk(files: Sequence[LetterFile]) -> list[Outcome]:
    return [parse_one(file) for file in files]


def _chunks(files: Iterator[LetterFile]) -> Iterator[Sequence[LetterFile]]:
    while chunk := list(islice(files, CHUNK)):
        yield chunk


def _chain(first: Iterable[LetterFile], rest: Iterable[LetterFile]) -> Iterator[LetterFile]:
    yield from first
    yield from rest
