"""Runs of ingestion in processes of their own, to be killed, and what must hold of an index afterwards."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing import get_context
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from search_app.engines import open_engine, record_of
from search_app.errors import IndexMissing
from search_app.ingest import batches
from search_app.ingest.limited import Limits
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, ingest
from search_app.ingest.workers import Outcome, Task, parse_one
from search_app.letters import parse_text
from search_app.model import Determination
from search_app.query.request import SearchRequest
from tests.ingest.corpora import number
from tests.samples import Item, letter

LETTERS = 240
FORKS = get_context("forkserver")
FORKS.set_forkserver_preload(["search_app.ingest.preloaded", "tests.ingest.killing"])


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
    if not pool:  # a process that is forked starts another to fork workers, which takes most of a short run
        batches.parse_all = _parse_here  # type: ignore[assignment]
    ingest(corpus, index, plan)


def _parse_here(tasks: Iterable[Task], workers: int, limits: Limits) -> Iterator[Outcome]:
    yield from map(parse_one, tasks)


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
