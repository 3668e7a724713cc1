"""Parses files in worker processes, so that one that hangs or brings its reader down costs only itself."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from queue import SimpleQueue

from search_app.errors import LetterError
from search_app.ingest.digest import digest_of
from search_app.ingest.limited import LIMITS, LimitedProcess, Limits, Lost
from search_app.letters import LetterFile, parse_file
from search_app.model import Determination

CHUNK = 16
"""Files handed to a worker at once: enough that handing over costs little beside parsing."""

AHEAD = 8
"""Chunks handed to each worker ahead, to go on with while a batch is committed; this bounds memory."""


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file is quarantined."""

    stage: str
    reason: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Unread(Failure):
    """Why a file could not be read now; that says nothing of the letter in it."""


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
        why = Failure if digest else Unread
        return Outcome(file, digest, why(error.stage, error.message, error.hint))
    except (RecursionError, MemoryError):
        gc.collect()  # the next file needs the memory
        return Outcome(file, digest, Unread("read", "The file is nested too deeply or too large to read."))
    except Exception as error:  # noqa: BLE001  # the outermost door of a worker: one bad letter of a million
        reason = f"The program failed on this file ({type(error).__name__}: {error})."
        return Outcome(file, digest, Unread("parse", reason, "Please report it with the file's layout."))


def parse_all(tasks: Iterable[Task], workers: int, limits: Limits = LIMITS) -> Generator[Outcome, None, None]:
    """Parse files in `workers` processes (0: one for each core), in no particular order with several.

    Raises ImrSearchError where no process can be started.
    """
    chunks = _chunks(iter(tasks))
    count = workers or os.cpu_count() or 1
    waiting: list[Future[list[Outcome]]] = []
    with _crew(count, limits) as parse:
        while True:
            waiting.extend(map(parse, islice(chunks, count * AHEAD - len(waiting))))
            if not waiting:
                return
            done = wait(waiting, return_when=FIRST_COMPLETED).done
            oldest_first = [future for future in waiting if future in done]
            waiting = [future for future in waiting if future not in done]
            for future in oldest_first:
                yield from future.result()


@contextmanager
def _crew(count: int, limits: Limits) -> Iterator[Callable[[Sequence[Task]], Future[list[Outcome]]]]:
    """Processes that parse chunks, each watched by a thread; they are ended with whatever is left over."""
    processes = [LimitedProcess(parse_one, limits) for _ in range(count)]
    idle: SimpleQueue[LimitedProcess[Task, Outcome]] = SimpleQueue()
    for process in processes:
        idle.put(process)

    def parse(chunk: Sequence[Task]) -> list[Outcome]:
        process = idle.get()
        try:
            answers = zip(chunk, process.answers(chunk), strict=False)  # a closed one has fewer
            return [_lost(task, it, limits) if isinstance(it, Lost) else it for task, it in answers]
        finally:
            idle.put(process)

    with ThreadPoolExecutor(count) as threads:
        try:
            yield lambda chunk: threads.submit(parse, chunk)
        finally:
            threads.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.close()


def _lost(task: Task, lost: Lost, limits: Limits) -> Outcome:
    """What becomes of a file whose process hung or ended."""
    reasons = {
        Lost.SLOW: f"Reading the file took more than {limits.seconds} seconds.",
        Lost.CRASHED: f"The reader crashed on this file, or ran out of {limits.megabytes:,} MB of memory.",
    }
    hint = "The next run tries again. If that fails too, the file is damaged or is no letter: fetch it again."
    return Outcome(task.file, "", Unread("read", reasons[lost], hint))


def _chunks(tasks: Iterator[Task]) -> Iterator[Sequence[Task]]:
    while chunk := list(islice(tasks, CHUNK)):
        yield chunk
