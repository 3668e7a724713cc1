"""Runs of ingestion in processes of their own, to be killed, and what must hold of an index afterwards."""

from __future__ import annotations

import random
import shutil
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing, suppress
from dataclasses import dataclass, field, replace
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path
from time import monotonic, sleep

from opensearchpy import OpenSearch

from search_app import engines
from search_app.config import Settings
from search_app.engines.records import INDEX_FILE, IndexRecord, record_of
from search_app.errors import IndexIncompatible
from search_app.ingest import batches
from search_app.ingest.limited import Limits
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, ingest
from search_app.ingest.workers import Outcome, Task, parse_one
from search_app.letters import parse_text
from search_app.model import Decision, Determination
from search_app.query.request import SearchRequest
from tests.ingest.corpora import number, run
from tests.samples import Item, letter

LETTERS = 240
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["search_app.ingest.preloaded", "tests.ingest.killing"])


@dataclass
class Corpus:
    """A corpus that changes from version to version, and every text that was ever in it, as it is read."""

    folder: Path
    letters: int = LETTERS
    now: dict[str, Determination] = field(default_factory=dict)
    ever: dict[str, list[Determination]] = field(default_factory=dict)
    version: int = 0

    def change(self) -> None:
        """Change a third of the letters; some of them go, and some become other cases."""
        self.folder.mkdir(exist_ok=True)
        for of in range(self.letters):
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


def start(
    corpus: Path, index: Path, plan: Plan, pool: bool, settings: Settings | None = None
) -> ForkServerProcess:
    """Start a run in a process of its own, which reads letters itself or in a pool.

    `settings` say where a cluster is.
    """
    process = FORKS.Process(target=_ingest, args=(corpus, index, plan, pool, settings or Settings()))
    process.start()
    return process


def _ingest(corpus: Path, index: Path, plan: Plan, pool: bool, settings: Settings) -> None:
    engines.configure(settings)
    if not pool:  # a process that is forked starts another to fork workers, which takes most of a short run
        batches.parse_all = _parse_here  # type: ignore[assignment]
    ingest(corpus, index, plan)


def _parse_here(tasks: Iterable[Task], workers: int, limits: Limits) -> Iterator[Outcome]:
    yield from map(parse_one, tasks)


def await_changes(index: Path, process: ForkServerProcess, changes: int, swap: bool = False) -> None:
    """Wait until files have come or gone so often in an index's folders, as they do around commits.

    With `swap` those of its data are left out: what is left are the records, of a build and its swap.
    """
    for _ in range(changes):
        before = _changed(index, swap)
        while process.is_alive() and _changed(index, swap) == before:
            sleep(0.0005)


def _changed(index: Path, swap: bool) -> dict[str, int]:
    with suppress(FileNotFoundError):  # a folder that went meanwhile
        folders = [index] if swap else [index, *engines.data_folders(index)]
        return {folder.name: folder.stat().st_mtime_ns for folder in folders}
    return {}


@dataclass(frozen=True)
class Seen:
    """The cases of an index by id, and those that `search` has in part, twice or otherwise than `case`."""

    cases: dict[str, Determination]
    torn: set[str]


def see(index: Path, record: IndexRecord) -> Seen:
    """All that an index shows."""
    engine = engines.open_data(index, record)
    try:
        page = engine.search(SearchRequest(limit=3 * LETTERS))
        stats = engine.stats()
        shown: dict[str, dict[str, Decision]] = defaultdict(dict)
        for hit in page.hits:
            shown[hit.case.id][hit.id] = hit.decision
        cases = {one: found for one in shown if (found := engine.case(one))}
    finally:
        engine.close()
    torn = {one for one, hits in shown.items() if one not in cases or hits != _decisions(cases[one])}
    decisions = sum(len(one.decisions) for one in cases.values())
    counted = (len(page.hits), page.total, stats.decisions, stats.determinations)
    if counted != (decisions, decisions, decisions, len(cases)):
        torn.add(f"{counted} are counted of {decisions} decisions and {len(cases)} cases")
    return Seen(cases, torn)


def _decisions(case: Determination) -> dict[str, Decision]:
    return {f"{case.id}/{at}": one for at, one in enumerate(case.decisions, 1)}


def held(index: Path) -> dict[str, Determination]:
    """The cases of an index by id, each of which `search` has wholly and as `case` tells it."""
    seen = see(index, record_of(index))
    assert seen.torn == set()
    return seen.cases


@dataclass
class Harm:
    """What kills have done: committed cases that are gone, half-visible ones, and ones nobody accounts for.

    Half-visible is a case that is shown in part, twice, or with decisions of two versions of its letter.
    """

    lost: set[str] = field(default_factory=set)
    torn: set[str] = field(default_factory=set)
    stray: set[str] = field(default_factory=set)

    def add(self, other: Harm) -> None:
        """Take in what was found elsewhere."""
        self.lost |= other.lost
        self.torn |= other.torn
        self.stray |= other.stray


@dataclass(frozen=True)
class Checkup:
    """An index at one time: its data folder and cases, the committed ones looked for, and what is wrong."""

    data: str
    cases: dict[str, Determination]
    checked: int
    harm: Harm


def check_up(index: Path, corpus: Corpus) -> Checkup:
    """Hold all that serves against the account and the corpus."""
    published, found, checked = record_of(index), Harm(), 0
    cases: dict[str, Determination] = {}
    for record in _in_service(index, published):
        seen = see(index, record)
        with Manifest.of_data(index / record.data) as manifest:
            rows = manifest.connection.execute("select case_id, state from files").fetchall()
            leaving = set(manifest.leaving())
        committed = {case_id for case_id, state in rows if state == "indexed"}
        checked += len(committed)
        found.lost |= committed - set(seen.cases)
        found.torn |= seen.torn | {one.id for one in seen.cases.values() if one not in corpus.ever[one.id]}
        found.stray |= set(seen.cases) - {case_id for case_id, _ in rows} - leaving
        cases = seen.cases if record == published else cases
    return Checkup(published.data, cases, checked, found)


def _in_service(index: Path, published: IndexRecord) -> list[IndexRecord]:
    """What the folder's record names, and what a cluster serves in its place until the record follows."""
    if published.engine in engines.IN_FOLDERS:
        return [published]
    made = [replace(published, data=path.name) for path in engines.data_folders(index)]
    return [one for one in made if one == published or _is_serving(index, one)]


def _is_serving(index: Path, record: IndexRecord) -> bool:
    try:
        return engines.is_serving(index, record)
    except IndexIncompatible:  # its maker was killed before it named an index
        return False


def assert_whole(index: Path, corpus: Corpus) -> None:
    """Every case that was committed is there, as it was in the corpus at some time, and no other."""
    assert check_up(index, corpus).harm == Harm()


@dataclass
class Tally:
    """The kills of a trial: amid a rebuild, and after something was written; and rebuilds swapped in.

    `checked` adds up the committed cases that were looked for after each kill.
    """

    kills: int = 0
    rebuilds: int = 0
    writing: int = 0
    swaps: int = 0
    checked: int = 0
    harm: Harm = field(default_factory=Harm)


@dataclass
class Trial:
    """An index that follows a corpus in runs that are killed at random moments, and is checked after each.

    `settings` say where a cluster is, which has no other index of that name.
    """

    folder: Path
    plan: Plan
    chance: random.Random
    letters: int = LETTERS // 2
    settings: Settings | None = None
    tally: Tally = field(default_factory=Tally)
    span: float = 0.0

    def __post_init__(self) -> None:
        self.corpus = Corpus(self.folder / "corpus", self.letters)
        self.index = self.folder / "index"
        self.last: Checkup | None = None

    def kill(self, kills: int) -> None:
        """Kill so many runs amid making, updating and rebuilding an index, and check what each has left."""
        self._prepare()
        while self.tally.kills < kills:
            self._kill_one()

    def _prepare(self) -> None:
        """Let one run end, to know how long one takes here and now."""
        self.corpus.change()
        began = monotonic()
        process = start(self.corpus.folder, self.index, self.plan, pool=False, settings=self.settings)
        process.join()
        assert process.exitcode == 0
        self.span = monotonic() - began
        self.last = check_up(self.index, self.corpus)

    def _kill_one(self) -> None:
        """Start a run, kill it if it does not end before, and check what it has left."""
        turn = self.tally.kills
        if turn % 5 == 4:
            self._begin_anew()
        rebuilding = self.last is not None and turn % 2 == 1
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
        if self.last or (self.index / INDEX_FILE).exists():
            self._check(check_up(self.index, self.corpus), rebuilding)

    def _check(self, now: Checkup, rebuilding: bool) -> None:
        """Count what was found; of a rebuild the old index serves as it was, or the new one does."""
        swapped = self.last is not None and now.data != self.last.data
        self.tally.swaps += swapped
        self.tally.checked += now.checked
        self.tally.harm.add(now.harm)
        assert not rebuilding or swapped or self.last is None or now.cases == self.last.cases
        self.last = now

    def _begin_anew(self) -> None:
        self.last = None
        shutil.rmtree(self.index, ignore_errors=True)
        if self.settings:
            with closing(OpenSearch(self.settings.opensearch_urls.split(","))) as client:
                for name in client.indices.get(index=f"{self.settings.opensearch_index}-*"):
                    client.indices.delete(index=name)

    def _run(self, plan: Plan, in_pool: bool) -> bool:
        """Run until a random moment; whether there was anything left to kill."""
        process = start(self.corpus.folder, self.index, plan, in_pool, self.settings)
        if plan.rebuild and self.chance.random() < 0.3:  # its record is written, or it takes its place
            await_changes(self.index, process, self.chance.randrange(3, 6), swap=True)
        else:
            process.join(self.chance.uniform(0.02, self.span + 2 * in_pool))
            if self.chance.random() < 0.5:  # as near to a commit as can be
                await_changes(self.index, process, self.chance.randrange(1, 20))
        was_alive = process.is_alive()
        process.kill()
        process.join()
        return was_alive

    def finish(self) -> None:
        """Let the last run end: no kill has harmed anything, and the index is the corpus."""
        assert self.tally.harm == Harm()
        report = run(self.corpus.folder, self.index, self.plan)
        expected = {one.id: one for one in self.corpus.now.values()}
        assert (report.determinations, report.quarantined) == (len(expected), 0)
        assert held(self.index) == expected
        assert run(self.corpus.folder, self.index, self.plan).unchanged == len(expected)


def _written(index: Path) -> set[tuple[str, int]]:
    """The files of an index, and when each was changed."""
    return {(str(path), path.stat().st_mtime_ns) for path in index.glob("*-*/*")}
