"""Runs of ingestion in processes of their own, to be killed, and what must hold of an index afterwards."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic

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
    """The kills of a trial: amid a rebuild, and after something was written; and rebuilds swapped in."""

    kills: int = 0
    rebuilds: int = 0
    writing: int = 0
    swaps: int = 0


@dataclass
class Trial:
    """An index that follows a corpus in runs that are killed at random moments, and is checked after each."""

    corpus: Corpus
    index: Path
    plan: Plan
    chance: random.Random
    tally: Tally = field(default_factory=Tally)
    span: float = 0.0

    def prepare(self) -> None:
        """Let one run end, to know how long one takes here and now."""
        self.corpus.change()
        began = monotonic()
        process = start(self.corpus.folder, self.index, self.plan, pool=False)
        process.join()
        assert process.exitcode == 0
        self.span = monotonic() - began

    def kill_one(self) -> None:
        """Start a run, kill it if it does not end before, and check what it has left."""
        turn = self.tally.kills
        if turn % 5 == 4:
            shutil.rmtree(self.index, ignore_errors=True)
        rebuilding = (self.index / INDEX_FILE).exists() and turn % 2 == 1
        before = _serving(self.index) if rebuilding else None
        files = _written(self.index)
        was_killed = self._run(replace(self.plan, rebuild=rebuilding), in_pool=turn % 10 == 9)
        if was_killed:
            self.tally.kills += 1
            self.tally.rebuilds += rebuilding
            self.tally.writing += _written(self.index) != files
            self.span *= 1.05
        else:  # it was faster; there must be more to do, and less time
            self.corpus.change()
            self.span *= 0.9
        if before is not None:
            self.tally.swaps += _assert_old_or_new(self.index, before)
        if (self.index / INDEX_FILE).exists():
            assert_whole(self.index, self.corpus)

    def _run(self, plan: Plan, in_pool: bool) -> bool:
        """Run until a random moment; whether there was anything left to kill."""
        process = start(self.corpus.folder, self.index, plan, in_pool)
        process.join(self.chance.uniform(0.02, self.span + 2 * in_pool))
        if self.chance.random() < 0.5:  # as near to a commit as can be
            await_changes(self.index, process, self.chance.randrange(1, 20))
        was_alive = process.is_alive()
        process.kill()
        process.join()
        return was_alive

    def finish(self) -> None:
        """Let the last run end: the index must be the corpus."""
        report = run(self.corpus.folder, self.index, self.plan)
        expected = {one.id: one for one in self.corpus.now.values()}
        assert (report.determinations, report.quarantined) == (len(expected), 0)
        assert held(self.index) == expected
        assert run(self.corpus.folder, self.index, self.plan).unchanged == len(expected)


def kill_and_check(folder: Path, engine: str, kills: int, chance: random.Random) -> Trial:
    """Kill so many runs amid making, updating and rebuilding an index; in the end it must be whole."""
    plan = Plan(engine=engine, workers=1, commit_every=12)
    trial = Trial(Corpus(folder / "corpus"), folder / "index", plan, chance)
    trial.prepare()
    while trial.tally.kills < kills:
        trial.kill_one()
    trial.finish()
    return trial


def _written(index: Path) -> set[tuple[str, int]]:
    """The files of an index, and when each was changed."""
    return {(str(path), path.stat().st_mtime_ns) for path in index.glob("*-*/*")}


def _serving(index: Path) -> tuple[str, dict[str, Determination]]:
    return record_of(index).data, held(index)


def _assert_old_or_new(index: Path, before: tuple[str, dict[str, Determination]]) -> bool:
    """A rebuild that was killed has left the old index as it was, or the new one is there; whether it is."""
    now = _serving(index)
    assert now[0] != before[0] or now == before
    return now[0] != before[0]
