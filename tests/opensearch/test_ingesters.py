"""Several folders, as of several machines, feed the one index of a cluster."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from search_app.config import Settings
from search_app.engines.base import EngineStats
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexBusy
from search_app.ingest.run import Plan, Report, ingest
from search_app.ingest.watcher import Watcher
from tests.ingest.corpora import sample, write

PLAN = Plan(engine="opensearch", workers=1, commit_every=2)


@pytest.fixture
def keeper(own: Settings) -> OpenSearchKeeper:
    """Of the index that the runs of a test feed."""
    return OpenSearchKeeper(own)


@dataclass(frozen=True, slots=True)
class Machine:
    """A folder of letters, and the account of them."""

    corpus: Path
    index: Path

    def run(self, plan: Plan = PLAN) -> Report:
        return ingest(self.corpus, self.index, plan)


@pytest.fixture
def machines(tmp_path: Path) -> tuple[Machine, Machine]:
    made = []
    for name, numbers in (("one", range(1, 8)), ("two", range(8, 13))):
        folder = tmp_path / name
        write(folder / "corpus", {f"{of}.txt": sample(of) for of in numbers})
        made.append(Machine(folder / "corpus", folder / "index"))
    return made[0], made[1]


def held(keeper: OpenSearchKeeper) -> EngineStats:
    engine = keeper.open_serving()
    found = engine.stats()
    engine.close()
    return found


def test_the_second_adds_to_the_index_of_the_first(
    keeper: OpenSearchKeeper, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    assert one.run().determinations == 7
    assert two.run().determinations == 12
    (one.corpus / "1.txt").unlink()
    assert one.run().removed == 1
    assert two.run().unchanged == 5
    assert held(keeper).determinations == 11


def test_both_at_once(keeper: OpenSearchKeeper, machines: tuple[Machine, Machine]) -> None:
    one, two = machines
    one.run()
    with ThreadPoolExecutor() as threads:
        again = replace(PLAN, commit_every=1)
        (one.corpus / "2.txt").write_text(sample(30), encoding="utf-8")
        for run in [threads.submit(one.run, again), threads.submit(two.run, again)]:
            run.result()
    assert held(keeper).determinations == 12


def test_an_index_that_was_replaced_is_left_for_the_one_that_serves(
    keeper: OpenSearchKeeper, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    one.run()
    two.run()
    assert one.run(replace(PLAN, rebuild=True)).determinations == 7
    assert two.run().added == 5
    assert held(keeper).determinations == 12


def test_an_index_that_is_replaced_under_a_run_is_told(
    keeper: OpenSearchKeeper, machines: tuple[Machine, Machine]
) -> None:
    one, two = machines
    one.run()

    class Meanwhile(Watcher):
        def reading(self, done: int, total: int) -> None:
            if done == total:
                one.run(replace(PLAN, rebuild=True))

    with pytest.raises(IndexBusy, match="taken the place"):
        ingest(two.corpus, two.index, PLAN, Meanwhile())
    assert two.run().added == 5
    assert held(keeper).determinations == 12


def test_one_that_goes_back_to_an_index_of_its_own_leaves_the_others(
    keeper: OpenSearchKeeper, machines: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = machines
    one.run()
    two.run()
    assert one.run(replace(PLAN, engine="whoosh")).determinations == 7
    assert held(keeper).determinations == 12
    two.run(replace(PLAN, engine="whoosh"))
    assert not keeper.is_serving(two.index / "opensearch-1")
