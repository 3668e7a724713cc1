"""Runs of ingestion in processes of their own, to be killed, and what must hold of an index afterwards."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from search_app.engines import INDEX_FILE, open_engine, record_of
from search_app.errors import IndexMissing
from search_app.ingest import workers
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, ingest
from search_app.letters import parse_text
from search_app.model import Determination
from search_app.query.request import SearchRequest
from tests.ingest.corpora import number, run
from tests.samples import Item, letter

LETTERS = 240
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["tests.ingest.killing"])


@dataclass
class Corpus:
    """A corpus that changes from version to version, and every text that was ever in it, as it is read."""

    folder: Path
    now: dict[str, Determination] = field(default_factory=dict)
    ever: dict[str, list[Determination]] = field(default_factory=dict)
    version: int = 0

    def change(self) -> None:
        """Change a third of the letters; some of them go, and some become other cases."""
        self.folder.mkdir(exist_ok=True)
        for of in range(LETTERS):
            if self.version == 0 or of % 3 == self.version % 3:
                self._write(of)
        self.version += 1

    def _write(self, of: int) -> None:
        name = f"{of:03}.txt"
        path = self.folder / name
        if of % 30 == self.version:
            path.unlink(missing_ok=True)
            self.now.pop(name, None)
            return
        case = number(of + (1000 * self.version if of % 20 == self.version else 0))
        items = [Item(rationale=f"Version {self.version}, item {at}.") for at in range(1 + of % 3)]
        path.write_text(letter(items, number=case), encoding="utf-8")
        self.now[name] = parse_text(path.read_text(encoding="utf-8"), name)
        self.ever.setdefault(case, []).append(self.now[name])


def start(corpus: Path, index: Path, plan: Plan, pool: bool) -> ForkServerProcess:
    """Start a run in a process of its own, which reads letters itself or in a pool."""
    process = FORKS.Process(target=_ingest, args=(corpus, index, plan, pool))
    process.start()
    return process


def _ingest(corpus: Path, index: Path, plan: Plan, pool: bool) -> None:
    workers.FEW = 0 if pool else LETTERS
    ingest(corpus, index, plan)


def await_changes(index: Path, process: ForkServerProcess, changes: int) -> None:
    """Wait until files have come or gone so often beside the index's data, as they do around commits."""
    try:
        folder = index / record_of(index).data
    except IndexMissing:
        return
    for _ in range(changes):
        before = folder.stat().st_mtime_ns
        while process.is_alive() and folder.stat().st_mtime_ns == before:
            pass


def held(index: Path) -> dict[str, Determination]:
    """The cases of an index by id, each of which `search` has wholly and as `case` tells it."""
    engine = open_engine(index)
    try:
        page = engine.search(SearchRequest(limit=3 * LETTERS))
        stats = engine.stats()
        ids = {hit.case.id for hit in page.hits}
        cases = {one: found for one in ids if (found := engine.case(one))}
    finally:
        engine.close()
    decisions = {f"{one.id}/{at}": it for one in cases.values() for at, it in enumerate(one.decisions, 1)}
    assert {hit.id: hit.decision for hit in page.hits} == decisions
    assert (page.total, stats.decisions, stats.determinations) == (len(page.hits), len(decisions), len(ids))
    return cases


def assert_whole(index: Path, corpus: Corpus) -> None:
    """Every case that was committed is there, as it was in the corpus at some time, and no other."""
    cases = held(index)
    with Manifest.of_data(index / record_of(index).data) as manifest:
        rows = manifest.connection.execute("select case_id, state from files").fetchall()
        leaving = set(manifest.leaving())
    committed = {case_id for case_id, state in rows if state == "indexed"}
    assert committed - set(cases) == set()
    assert set(cases) - {case_id for case_id, _ in rows} - leaving == set()
    assert [one.id for one in cases.values() if one not in corpus.ever[one.id]] == []


@dataclass
class Tally:
    """What kills there were: amid following the corpus, amid a rebuild, and rebuilds that were swapped in."""

    kills: int = 0
    rebuilds: int = 0
    swaps: int = 0


def kill_and_check(corpus: Corpus, index: Path, engine: str, kills: int, chance: random.Random) -> Tally:
    """Kill runs so often at random moments, every other one a rebuild; check the index after each of them.

    In the end the run that nobody kills must have the whole corpus.
    """
    plan = Plan(engine=engine, workers=1, commit_every=12)
    tally, span = Tally(), 0.5
    while tally.kills < kills:
        rebuilding = (index / INDEX_FILE).exists() and tally.kills % 2 == 1
        before = _serving(index) if rebuilding else None
        with_pool = tally.kills % 5 == 4
        process = start(corpus.folder, index, replace(plan, rebuild=rebuilding), with_pool)
        process.join(chance.uniform(0.02, span + with_pool))
        if tally.kills % 4 > 1:  # as near to a commit as can be
            await_changes(index, process, chance.randrange(1, 20))
        alive = process.is_alive()
        process.kill()
        process.join()
        if alive:
            tally.kills += 1
            tally.rebuilds += rebuilding
        else:  # it was faster; there must be more to do, and less time
            corpus.change()
            span *= 0.8
        if before is not None:
            tally.swaps += _assert_old_or_new(index, before)
        if (index / INDEX_FILE).exists():
            assert_whole(index, corpus)
    report = run(corpus.folder, index, plan)
    expected = {one.id: one for one in corpus.now.values()}
    assert (report.determinations, report.quarantined) == (len(expected), 0)
    assert held(index) == expected
    assert run(corpus.folder, index, plan).unchanged == len(expected)
    return tally


def _serving(index: Path) -> tuple[str, dict[str, Determination]]:
    return record_of(index).data, held(index)


def _assert_old_or_new(index: Path, before: tuple[str, dict[str, Determination]]) -> bool:
    """A rebuild that was killed has left the old index as it was, or the new one is there; whether it is."""
    now = _serving(index)
    assert now[0] != before[0] or now == before
    return now[0] != before[0]
