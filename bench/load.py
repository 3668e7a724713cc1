"""The real server under load: its peak, a steady share of that for long, and a burst, with ingestion beside.

Beside it `imr-search index` takes in some letters of the corpus that are new in each round.
"""

from __future__ import annotations

import asyncio
import os
import random
import resource
import shutil
import subprocess
import tomllib
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from math import ceil
from multiprocessing import get_context
from multiprocessing.queues import SimpleQueue
from multiprocessing.synchronize import Event
from pathlib import Path
from statistics import median, quantiles
from urllib.parse import quote, urlencode, urlsplit

from bench.client import Asked, Kind, Target, at_rate, in_turn
from bench.corpus_writer.folder import Order, write_folder
from bench.mix import QUERIES
from bench.server import PROGRAM, memory, serving
from search_app import engines
from search_app.query.request import SearchRequest

SEED = 4
CASES = 50
CLIENTS = 16
"""Clients that ask in turn when the peak is measured."""

WARMING, PEAK, BURST, AFTER = 20.0, 30.0, 10.0, 30.0
"""Seconds of each phase but the steady one."""

TIMES = 10
"""How many times the peak a burst is."""

WARM = 0.1
"""The share of the steady phase in which memory may still grow."""

LETTERS = 300
"""Letters of one round of ingestion."""

_EVERY = 5.0
"""Seconds between looks at memory."""

_SHARES = {"search": 60, "api": 15, "case": 15, "suggest": 10}


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What to do: letters to serve, where to work, minutes at what share of the peak, server processes."""

    letters: int
    work: Path
    minutes: float
    share: float
    processes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What was seen; the peak in requests a second, memory in bytes every few seconds of the steady phase.

    `rounds` has what each round of ingestion said of an error, which is nothing if it succeeded.
    """

    peak: float
    phases: Mapping[str, Sequence[Asked]]
    seconds: Mapping[str, float]
    memory: Sequence[int]
    recovery: float
    rounds: Sequence[str]


def paths(index: Path, number: int = 2_000) -> list[str]:
    """What is asked: result pages of the query mix, the same of the API, cases, and words half typed."""
    table = tomllib.loads(QUERIES.read_text(encoding="utf-8"))
    queries = [query for queries in table.values() for query in queries]
    with closing(engines.open_engine(index)) as engine:
        found = engine.search(SearchRequest(limit=CASES, facets=()))
    cases = [hit.id.rpartition("/")[0] for hit in found.hits]
    chance = random.Random(SEED)
    kinds = chance.choices(list(_SHARES), list(_SHARES.values()), k=number)
    return [_path(kind, chance.choice(queries), chance.choice(cases), chance) for kind in kinds]


def _path(kind: str, query: Mapping[str, Sequence[str]], case: str, chance: random.Random) -> str:
    match kind:
        case "case":
            return f"/cases/{quote(case)}"
        case "suggest":
            typed = "".join(query.get("q", ["pain"]))
            return f"/api/v1/suggest?{urlencode({'q': typed[: chance.randint(1, 8)]})}"
    return f"{'/api/v1/search' if kind == 'api' else '/search'}?{urlencode(query, doseq=True)}"


def measure(plan: Plan) -> Loaded:
    """Do as planned."""
    _allow_many_connections()
    index, corpus = plan.work / "index", plan.work / "letters"
    for folder in (index, corpus):
        shutil.rmtree(folder, ignore_errors=True)
    write_folder(Order(plan.letters, SEED, "txt"), corpus)
    if wrong := _index(corpus, index):
        raise RuntimeError(wrong)
    asked = paths(index)
    with (
        serving(index, "--processes", str(plan.processes)) as (address, process),
        _indexing(corpus, index) as rounds,
    ):
        host = urlsplit(address)
        target = Target(host.hostname or "", host.port or 0, asked)
        return asyncio.run(_phases(target, process, plan, rounds))


def _index(corpus: Path, index: Path, *options: str) -> str:
    """Bring the index up to the corpus; what the program says if that fails."""
    command = [*PROGRAM, "index", str(corpus), "--index", str(index), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return done.stderr.strip() if done.returncode else ""


async def _phases(target: Target, process: int, plan: Plan, rounds: SimpleQueue[str]) -> Loaded:
    now = asyncio.get_running_loop().time
    await in_turn(target, CLIENTS, WARMING, SEED)
    fastest = await in_turn(target, CLIENTS, PEAK, SEED + 1)
    peak = sum(one.kind is Kind.GOOD for one in fastest) / PEAK
    rate, seconds = plan.share * peak, plan.minutes * 60
    looking = asyncio.create_task(_look(process, seconds))
    steady = await at_rate(target, rate, seconds, SEED + 2)
    begun = now()
    behind = asyncio.create_task(at_rate(target, rate, BURST + AFTER, SEED + 3))
    burst = await at_rate(target, TIMES * peak, BURST, SEED + 4)
    beside = await behind
    after = [one for one in beside if one.due > begun + BURST]
    slow = _percentile([one.seconds for one in steady], 99)
    return Loaded(
        peak=peak,
        phases={"peak": fastest, "steady": steady, "burst": burst, "after the burst": after},
        seconds={"peak": PEAK, "steady": seconds, "burst": BURST, "after the burst": AFTER},
        memory=await looking,
        recovery=_recovery(after, begun + BURST, slow),
        rounds=list(_taken(rounds)),
    )


async def _look(process: int, seconds: float) -> list[int]:
    found = []
    for _ in range(ceil(seconds / _EVERY)):
        found.append(memory(process))
        await asyncio.sleep(_EVERY)
    return found


def _recovery(after: Sequence[Asked], end: float, slow: float) -> float:
    """Seconds after a burst's end until none is refused and half of each second's are as quick as before.

    That is, quicker than the slowest hundredth of the steady phase. Infinite if the last second is not so.
    """
    seconds: dict[int, list[Asked]] = {}
    for one in after:
        seconds.setdefault(int(one.due - end), []).append(one)
    bad = [
        second
        for second, some in seconds.items()
        if any(one.kind is not Kind.GOOD for one in some) or median(one.seconds for one in some) > slow
    ]
    if not bad:
        return 0.0
    return float("inf") if max(bad) == max(seconds) else max(bad) + 1.0


def _allow_many_connections() -> None:
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))


@contextmanager
def _indexing(corpus: Path, index: Path) -> Iterator[SimpleQueue[str]]:
    """Ingest beside, in a process of its own; what is wrong with each of the rounds that have ended."""
    context = get_context("spawn")
    rounds: SimpleQueue[str] = context.SimpleQueue()
    stop = context.Event()
    worker = context.Process(target=_index_again, args=(corpus, index, rounds, stop))
    worker.start()
    try:
        yield rounds
    finally:
        stop.set()
        worker.join()


def _index_again(corpus: Path, index: Path, rounds: SimpleQueue[str], stop: Event) -> None:
    os.nice(10)
    new = corpus / "new"
    seed = SEED
    while not stop.is_set():
        shutil.rmtree(new, ignore_errors=True)
        write_folder(Order(LETTERS, seed := seed + 1), new)
        rounds.put(_index(corpus, index, "--workers", "1"))


def _taken(rounds: SimpleQueue[str]) -> Iterator[str]:
    while not rounds.empty():
        yield rounds.get()


def _percentile(seconds: Sequence[float], percent: int) -> float:
    return quantiles(seconds, n=100, method="inclusive")[percent - 1] if len(seconds) > 1 else 0.0


def growth(samples: Sequence[int]) -> tuple[float, float]:
    """Bytes after the warm-up and at the end: medians of a tenth of the samples each."""
    rest = samples[int(WARM * len(samples)) :]
    some = ceil(len(rest) / 10)
    return median(rest[:some]), median(rest[-some:])


def lines(one: Loaded, plan: Plan) -> Iterator[str]:
    """What was seen, in Markdown."""
    yield f"Peak: {one.peak:.0f} requests a second over {plan.letters:,} letters; steady: {plan.share:.0%}.\n"
    yield "| phase | s | asked a second | answered a second | p50 ms | p99 ms | refused | failed |"
    yield "|---|---:|---:|---:|---:|---:|---:|---:|"
    for name, asked in one.phases.items():
        yield f"| {name} | {' | '.join(_cells(asked, one.seconds[name]))} |"
    failures = Counter(a.told for asked in one.phases.values() for a in asked if a.kind is Kind.FAILED)
    yield f"\nFailures: {', '.join(f'{n} {told}' for told, n in failures.items()) or 'none'}."
    first, last = growth(one.memory)
    grown = f"{first / 1e6:.0f} MB after warm-up, {last / 1e6:.0f} MB at the end ({last / first - 1:+.1%})"
    yield f"Memory of the server's own: {grown}."
    yield f"Recovery: {one.recovery:.0f} s after the burst."
    wrong = [told for told in one.rounds if told]
    told = f"{len(wrong)} of them failed{f': {wrong[-1]}' if wrong else '.'}"
    yield f"Ingestion beside: {len(one.rounds)} rounds of {LETTERS} letters, {told}"


def _cells(asked: Sequence[Asked], seconds: float) -> Iterator[str]:
    good = [1000 * one.seconds for one in asked if one.kind is Kind.GOOD]
    kinds = Counter(one.kind for one in asked)
    yield f"{seconds:.0f}"
    yield f"{len(asked) / seconds:.1f}"
    yield f"{len(good) / seconds:.1f}"
    yield f"{_percentile(good, 50):.0f}"
    yield f"{_percentile(good, 99):.0f}"
    yield f"{kinds[Kind.REFUSED]:,}"
    yield f"{kinds[Kind.FAILED]:,}"
