"""Each file has at most a set time and memory, in a process that is killed; all others are read."""

from __future__ import annotations

import multiprocessing
import time
from contextlib import closing
from pathlib import Path

import pytest

from search_app.errors import ImrSearchError
from search_app.ingest import limited, workers
from search_app.ingest.limited import Limits
from search_app.ingest.run import Plan
from search_app.ingest.workers import CHUNK, Task, parse_all
from search_app.letters import find_files
from tests.hostile.pdfs import BOMBS
from tests.ingest.corpora import reasons, run, sample, write
from tests.ingest.parsers import CRASH, END_ONCE, HANG, end_at_once, obey

STRICT = Limits(seconds=1, megabytes=400)
PLAN = Plan(workers=2, limits=STRICT)


@pytest.fixture
def obeying(monkeypatch: pytest.MonkeyPatch) -> None:
    """Workers do what files say."""
    monkeypatch.setattr(workers, "parse_one", obey)


@pytest.mark.usefixtures("obeying")
def test_a_file_that_hangs_or_crashes_its_worker_costs_itself_only(corpus: Path, tmp_path: Path) -> None:
    write(corpus, {f"{of}.txt": sample(of) for of in range(50)})
    write(corpus, {"20a.txt": HANG, "30a.txt": CRASH})
    report = run(corpus, tmp_path / "index", PLAN)
    assert (report.determinations, report.quarantined) == (50, 2)
    found = reasons(tmp_path / "index")
    assert found["20a.txt"] == "Reading the file took more than 1 seconds."
    assert "crashed" in found["30a.txt"]


@pytest.mark.usefixtures("obeying")
def test_a_letter_whose_worker_was_ended_for_another_s_sake_is_read(corpus: Path, tmp_path: Path) -> None:
    write(corpus, {"20a.txt": END_ONCE})
    run(corpus, tmp_path / "index", PLAN)
    assert "not laid out" in reasons(tmp_path / "index")["20a.txt"]


@pytest.mark.parametrize("name", BOMBS)
def test_a_bomb_ends_its_worker_only(name: str, corpus: Path, tmp_path: Path) -> None:
    (corpus / "0.pdf").write_bytes(BOMBS[name])
    report = run(corpus, tmp_path / "index", PLAN)
    assert (report.determinations, report.quarantined) == (1, 1)
    (reason,) = reasons(tmp_path / "index").values()
    assert reason in {
        "Reading the file took more than 1 seconds.",
        "The reader crashed on this file, or ran out of 400 MB of memory.",
    }


def test_markup_that_takes_more_memory_than_there_is(corpus: Path, tmp_path: Path) -> None:
    (corpus / "0.html").write_bytes(b"<b>x" * 200_000)
    run(corpus, tmp_path / "index", Plan(workers=1, limits=Limits(seconds=60, megabytes=120)))
    assert "too large to read" in reasons(tmp_path / "index")["0.html"]


@pytest.mark.usefixtures("obeying")
def test_workers_that_die_while_the_results_are_slow_lose_no_file(tmp_path: Path) -> None:
    write(tmp_path, {f"{of:03}.txt": sample(of) for of in range(200)})
    write(tmp_path, {"100a.txt": CRASH, "150a.txt": CRASH})
    files = list(find_files([tmp_path]))
    found = []
    for outcome in parse_all(map(Task, files), workers=2):
        found.append(outcome.file.source)
        time.sleep(0.005)
    assert sorted(found) == [file.source for file in files]


def test_one_worker_keeps_the_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "CHUNK", 1)
    write(tmp_path, {f"{of:02}.txt": "" for of in range(30)})
    files = list(find_files([tmp_path]))
    found = []
    for outcome in parse_all(map(Task, files), workers=1):
        found.append(outcome.file.source)
        time.sleep(0.01)  # meanwhile several chunks are done
    assert found == [file.source for file in files]


@pytest.mark.usefixtures("obeying")
def test_a_stopped_run_waits_for_no_file(tmp_path: Path) -> None:
    write(tmp_path, {f"{of:02}.txt": sample(of) for of in range(CHUNK)} | {"hang.txt": HANG})
    forever = Limits(seconds=3_600, megabytes=400)
    with closing(parse_all(map(Task, find_files([tmp_path])), 1, forever)) as outcomes:
        next(outcomes)
    assert multiprocessing.active_children() == []


def test_no_file_is_blamed_where_no_worker_can_start(corpus: Path, tmp_path: Path) -> None:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(limited, "_serve", end_at_once)
        with pytest.raises(ImrSearchError, match="can't be started"):
            run(corpus, tmp_path / "index", PLAN)
    assert run(corpus, tmp_path / "index", PLAN).determinations == 1
