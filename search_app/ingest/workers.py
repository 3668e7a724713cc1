"""Parses files in worker processes, so that a file that brings its reader down costs only itself."""

from __future__ import annotations

import os
import signal
from collections import deque
from collections.abc import Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass
from itertools import chain, islice
from multiprocessing import get_context, parent_process
from threading import Thread

from search_app.errors import ImrSearchError, LetterError
from search_app.ingest.digest import digest_of
from search_app.letters import LetterFile, parse_file
from search_app.model import Determination

CHUNK = 16
"""Files handed to a worker at once: enough that handing over costs little beside parsing."""

AHEAD = 8
"""Chunks handed to each worker ahead, to go on with while a batch is committed; this bounds memory."""

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
    """What became of one file: its content's digest, and a determination or the reason for none.

    The result is None for a file whose content was known already.
    """

    file: LetterFile
    digest: str
    result: Determination | Failure | None


@dataclass(frozen=True, slots=True)
class Task:
    """A file to parse, unless its content still has this digest."""

    file: LetterFile
    digest: str = ""


def parse_one(task: Task) -> Outcome:
    """Parse a file; whatever is wrong with it is an outcome, never an exception."""
    file, digest = task.file, ""
    try:
        data = file.data()
        digest = digest_of(data)
        if digest == task.digest:
            return Outcome(file, digest, None)
        return Outcome(file, digest, parse_file(file, data))
    except LetterError as error:
        return Outcome(file, digest, Failure(error.stage, error.message, error.hint))
    except (RecursionError, MemoryError):
        return Outcome(file, digest, Failure("read", "The file is nested too deeply or too large to read."))
    except Exception as error:  # noqa: BLE001  # the outermost door of a worker: one bad letter of a million
        reason = f"The program failed on this file ({type(error).__name__}: {error})."
        return Outcome(file, digest, Failure("parse", reason, "Please report it with the file's layout."))


def parse_all(tasks: Iterable[Task], workers: int) -> Generator[Outcome, None, None]:
    """Parse files in `workers` processes (0: one for each core), in no particular order."""
    tasks = iter(tasks)
    first = list(islice(tasks, FEW + 1))
    if len(first) <= FEW and not any(task.file.name.lower().endswith(".pdf") for task in first):
        yield from map(parse_one, first)
        return
    chunks = _chunks(chain(first, tasks))
    count = workers or os.cpu_count() or 1
    while True:
        lost = yield from _run_pool(chunks, count)
        if not lost:
            return
        yield from _one_by_one(lost)


def _run_pool(chunks: Iterator[Sequence[Task]], count: int) -> Generator[Outcome, None, list[Task]]:
    """Yield outcomes until the chunks are used up or a worker dies; return the tasks that were lost then."""
    waiting: dict[Future[list[Outcome]], Sequence[Task]] = {}
    lost: Sequence[Task] = ()
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
            return [task for chunk in (*waiting.values(), lost) for task in chunk]
        finally:
            pool.shutdown(wait=False, cancel_futures=True)  # nobody waits for what a stopped run left over


def _one_by_one(tasks: Sequence[Task]) -> Iterator[Outcome]:
    """Parse each file alone in a process, so that it is known which ones bring their process down."""
    waiting = deque(tasks)
    while waiting:
        with _pool(1) as pool, suppress(BrokenProcessPool):
            _try(pool)
            while waiting:
                yield pool.submit(parse_one, waiting[0]).result()
                waiting.popleft()
        if waiting:
            failure = Failure(
                "read", "The reader crashed on this file.", "The file is damaged; fetch the letter again."
            )
            yield Outcome(waiting.popleft().file, "", failure)


def _try(pool: ProcessPoolExecutor) -> None:
    """Keep files from being blamed where no process can start; raises ImrSearchError."""
    try:
        pool.submit(os.getpid).result()
    except BrokenProcessPool as error:
        raise ImrSearchError(
            "The processes that read letters can't be started.", "There may be too little memory for them."
        ) from error


def _pool(count: int) -> ProcessPoolExecutor:
    return ProcessPoolExecutor(count, mp_context=get_context("spawn"), initializer=_follow_parent)


def _follow_parent() -> None:
    """Leave Ctrl-C to the main process, which ends the workers in order, and end when it is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _parse_chunk(tasks: Sequence[Task]) -> list[Outcome]:
    return [parse_one(task) for task in tasks]


def _chunks(tasks: Iterator[Task]) -> Iterator[Sequence[Task]]:
    while chunk := list(islice(tasks, CHUNK)):
        yield chunk
