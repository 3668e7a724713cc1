"""A run that is killed leaves the last commit serving, and the next run finishes the work."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import pytest

from search_app.engines.whoosh.writer import WhooshWriter
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan
from tests.ingest.corpora import case, run, sample, stats, write

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


@pytest.mark.parametrize("after", [0.6, 1.0, 1.4])
def test_a_process_that_is_killed(after: float, tmp_path: Path) -> None:
    """The real signal, at some moment of a real run: what was committed is served, the rest comes next."""
    corpus, index = tmp_path / "many", tmp_path / "index"
    write(corpus, {f"{of}.txt": sample(of) for of in range(300)})
    command = [sys.executable, "-c", "from search_app.cli import main; main()", "index", corpus]
    process = subprocess.Popen([*command, "--index", index, "--commit-every", "10", "--workers", "1"])
    time.sleep(after)
    process.kill()
    process.wait()
    if (index / "imr-search.json").exists():
        assert stats(index).determinations <= 300
    report = run(corpus, index)
    assert (report.determinations, report.quarantined) == (300, 0)
