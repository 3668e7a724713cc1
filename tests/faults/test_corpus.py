"""A corpus that changes while it is read, clocks that jump, and runs that meet."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.ingest import workers
from search_app.ingest.limited import Limits
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, ingest
from search_app.ingest.watcher import Watcher
from tests.faults.indexes import ENGINES, LETTERS, Built, ask, build
from tests.ingest.corpora import case, reasons, run, sample, write
from tests.ingest.killing import Corpus, held, start
from tests.ingest.parsers import CRASH, FAIL, HANG, end_at_once, obey

OTHER = "The scan may wait for another year."
DAY = 24 * 3600


@dataclass
class Meddler(Watcher):
    """Changes the corpus when a run has looked through it and has not read it."""

    change: Callable[[], None]

    def chosen(self, says: str) -> None:
        self.change()


@pytest.fixture(params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path: Path) -> Built:
    return build(tmp_path, request.param)


def meddled(built: Built, change: Callable[[], None]) -> None:
    """A run during which the corpus changes."""
    ingest(built.corpus, built.index, built.plan, Meddler(change))


def rationale(built: Built, of: int) -> str | None:
    found = case(built.index, of)
    return found.decisions[0].rationale if found else None


def test_a_letter_that_goes_while_the_run_is_on_is_told_and_taken_in_when_it_is_back(built: Built) -> None:
    write(built.corpus, {"20.txt": sample(20)})
    meddled(built, (built.corpus / "20.txt").unlink)
    assert "can't be opened" in reasons(built.index)["20.txt"]
    write(built.corpus, {"20.txt": sample(20)})
    assert built.run().added == 1
    assert reasons(built.index) == {}
    assert rationale(built, 20) is not None


def test_a_letter_that_was_half_written_is_read_again(built: Built) -> None:
    whole = sample(20)
    write(built.corpus, {"20.txt": whole})
    meddled(built, lambda: write(built.corpus, {"20.txt": whole[: len(whole) // 2]}))
    assert set(reasons(built.index)) == {"20.txt"}
    write(built.corpus, {"20.txt": whole})
    assert built.run().added == 1
    assert rationale(built, 20) is not None


def test_a_letter_that_is_replaced_while_the_run_is_on_is_the_new_one(built: Built) -> None:
    write(built.corpus, {"1.txt": sample(1, "The first change.")})
    meddled(built, lambda: write(built.corpus, {"1.txt": sample(1, OTHER)}))
    assert rationale(built, 1) == OTHER
    assert built.run().determinations == LETTERS
    assert rationale(built, 1) == OTHER


def test_letters_that_come_while_the_run_is_on_come_with_the_next_one(built: Built) -> None:
    meddled(built, lambda: write(built.corpus, {"20.txt": sample(20)}))
    assert rationale(built, 20) is None
    assert built.run().added == 1


def replace_by_a_pipe(path: Path) -> None:
    """What can't be read, even by root."""
    path.unlink()
    os.mkfifo(path)


HINDERED: dict[str, Callable[[Path], None]] = {
    "a letter that hangs its reader": lambda path: write(path.parent, {path.name: HANG}),
    "a letter that crashes its reader": lambda path: write(path.parent, {path.name: CRASH}),
    "a letter on which the program fails": lambda path: write(path.parent, {path.name: FAIL}),
    "a letter that can't be opened": replace_by_a_pipe,
}


@pytest.mark.parametrize("name", HINDERED)
def test_an_accepted_letter_stays_until_its_file_can_be_read(
    name: str, built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, file = case(built.index, 1), built.corpus / "1.txt"
    HINDERED[name](file)
    monkeypatch.setattr(workers, "parse_one", obey)
    hasty = replace(built, plan=replace(built.plan, limits=Limits(seconds=1, megabytes=400)))
    for _ in range(2):
        report = hasty.run()
        assert (report.unread, report.removed, report.determinations) == (1, 0, LETTERS)
        assert case(built.index, 1) == before
    with Manifest(built.index) as manifest:
        assert [one.source for one in manifest.unread()] == ["1.txt"]
    file.unlink()
    write(built.corpus, {"1.txt": sample(1, OTHER)})
    assert built.run().replaced == 1
    assert rationale(built, 1) == OTHER
    with Manifest(built.index) as manifest:
        assert manifest.unread() == ()


def test_a_letter_that_was_not_read_is_read_again_though_its_file_looks_as_before(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    file, text = built.corpus / "1.txt", (built.corpus / "1.txt").read_text()
    stamp = file.stat()
    file.write_text(CRASH)
    with monkeypatch.context() as patched:
        patched.setattr(workers, "parse_one", obey)
        assert built.run().unread == 1
    file.write_text(text)
    os.utime(file, ns=(stamp.st_atime_ns, stamp.st_mtime_ns))
    report = built.run()
    assert (report.unread, report.unchanged, report.determinations) == (0, LETTERS, LETTERS)
    with Manifest(built.index) as manifest:
        assert manifest.unread() == ()


def test_a_new_version_on_a_busy_machine_removes_no_letter(
    built: Built, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It reads all letters again, and each of them may take too long."""
    with monkeypatch.context() as patched:
        patched.setattr("search_app.letters.VERSION", "another")
        patched.setattr(workers, "parse_one", end_at_once)
        report = built.run()
        assert (report.unread, report.removed, report.determinations) == (LETTERS, 0, LETTERS)
    assert ask(built.index)
    monkeypatch.setattr("search_app.letters.VERSION", "another")
    assert built.run().replaced == LETTERS


@pytest.mark.parametrize("days", [-20_000, -1, 1, 20_000])
def test_letters_are_followed_though_the_clock_jumped(built: Built, days: int) -> None:
    """What is written after a jump has a time that is out of order."""
    path = built.corpus / "1.txt"
    write(built.corpus, {"1.txt": sample(1, OTHER)})
    at = max(time.time() + days * DAY, 0)
    os.utime(path, (at, at))
    assert built.run().replaced == 1
    assert rationale(built, 1) == OTHER
    assert built.run().unchanged == LETTERS


@pytest.mark.parametrize("days", [-20_000, 0, 20_000])
def test_commits_are_seen_though_the_clock_jumped(built: Built, days: int) -> None:
    """Also where the clock was put back to the very time of the commit before."""
    served = open_engine(built.index)
    before = {path.name: path.stat().st_mtime_ns for path in built.data.iterdir()}
    write(built.corpus, {"1.txt": sample(1, OTHER)})
    built.run()
    for path in built.data.iterdir():
        at = max(before.get(path.name, time.time_ns()) + days * DAY * 10**9, 0)
        os.utime(path, ns=(at, at))
    found = served.case("CM16-0000001")
    assert found is not None
    assert found.decisions[0].rationale == OTHER
    served.close()


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("rebuild", [False, True])
def test_of_two_runs_at_once_one_works_and_the_index_is_whole(
    engine: str, rebuild: bool, tmp_path: Path
) -> None:
    corpus = Corpus(tmp_path / "corpus")
    corpus.change()
    plan = Plan(engine=engine, workers=1, commit_every=60)
    runs = [
        start(corpus.folder, tmp_path / "index", replace(plan, rebuild=rebuild and at == 1), pool=False)
        for at in range(2)
    ]
    for process in runs:
        process.join()
    assert 0 in {process.exitcode for process in runs}
    assert run(corpus.folder, tmp_path / "index", plan).unchanged == len(corpus.now)
    assert held(tmp_path / "index") == {one.id: one for one in corpus.now.values()}
