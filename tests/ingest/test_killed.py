"""A run that is killed leaves the last commit serving, and the next run finishes the work."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest

from search_app.engines.whoosh.writer import WhooshWriter
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan
from tests.ingest.corpora import case, run, sample, stats, write
from tests.ingest.killing import Corpus, Trial, start

BATCHES_OF_TWO = Plan(workers=1, commit_every=2)


class Killed(BaseException):
    """Stands for the process ending at a given place."""


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "corpus"
    write(folder, {f"{of}.txt": sample(of) for of in range(1, 8)})
    return folder


@pytest.mark.parametrize("place", ["before the engine commits", "after the engine commits"])
@pytest.mark.parametrize("commit", [1, 2, 3])
def test_killed_around_a_commit(
    place: str, commit: int, corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    whole = WhooshWriter.commit
    done = 0

    def dying(writer: WhooshWriter) -> None:
        nonlocal done
        done += 1
        if done > commit and place.startswith("before"):
            raise Killed
        whole(writer)
        if done > commit:
            raise Killed

    monkeypatch.setattr(WhooshWriter, "commit", dying)
    with pytest.raises(Killed):
        run(corpus, index, BATCHES_OF_TWO)
    monkeypatch.undo()
    # The first commit is that of the removals, which are none.
    committed = 2 * (commit - 1) + (2 if place.startswith("after") else 0)
    assert stats(index).determinations == committed
    report = run(corpus, index, BATCHES_OF_TWO)
    assert (report.determinations, report.quarantined) == (7, 0)
    assert run(corpus, index).unchanged == 7


def test_a_case_that_was_to_leave_leaves_with_the_next_run(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = tmp_path / "index"
    run(corpus, index)
    write(corpus, {"1.txt": sample(9)})

    def dying(writer: WhooshWriter) -> None:
        if writer.changes:
            raise Killed

    monkeypatch.setattr(WhooshWriter, "commit", dying)
    with pytest.raises(Killed):
        run(corpus, index)
    monkeypatch.undo()
    assert case(index, 1) is not None
    assert run(corpus, index).determinations == 7
    assert case(index, 1) is None
    assert case(index, 9) is not None
    with Manifest(index) as manifest:
        assert manifest.leaving() == ()


def test_a_file_that_comes_back_after_its_case_was_taken_out(
    corpus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The run is killed when the engine has committed and the account has not; the file has its old stamp."""
    index = tmp_path / "index"
    run(corpus, index)
    (corpus / "1.txt").rename(tmp_path / "1.txt")

    def dying(manifest: Manifest, *noted: object) -> None:
        raise Killed

    monkeypatch.setattr(Manifest, "finish", dying)
    with pytest.raises(Killed):
        run(corpus, index)
    monkeypatch.undo()
    assert case(index, 1) is None
    (tmp_path / "1.txt").rename(corpus / "1.txt")
    assert run(corpus, index).determinations == 7
    assert case(index, 1) is not None


@pytest.mark.parametrize("engine", ["whoosh", "tantivy"])
def test_twenty_kills(engine: str, tmp_path: Path) -> None:
    """SIGKILL at random moments, while an index is made, follows a corpus that changes, and is rebuilt.

    The moments come from the seed that pytest-randomly prints.
    """
    plan = Plan(engine=engine, workers=1, commit_every=12)
    trial = Trial(tmp_path, plan, random.Random(random.random()))
    trial.kill(20)
    trial.finish()
    assert trial.tally.rebuilds > 0
    assert trial.tally.writing > 0


def test_workers_end_with_their_run(tmp_path: Path) -> None:
    corpus = Corpus(tmp_path / "corpus")
    corpus.change()
    process = start(corpus.folder, tmp_path / "index", Plan(workers=2), pool=True)
    while len(pids := _descendants(process.pid)) < 3:  # the one that forks workers, and two of them
        assert process.is_alive()
        time.sleep(0.005)
    process.kill()
    process.join()
    deadline = time.monotonic() + 20
    while any(Path(f"/proc/{pid}").exists() for pid in pids):
        assert time.monotonic() < deadline, "a worker outlives its run"
        time.sleep(0.01)


def _descendants(pid: int) -> set[int]:
    """Processes that the threads of a process have started, and those that they have."""
    try:
        lists = [path.read_text() for path in Path(f"/proc/{pid}/task").glob("*/children")]
    except OSError:  # it has ended
        return set()
    children = {int(child) for one in lists for child in one.split()}
    return children.union(*map(_descendants, children))
