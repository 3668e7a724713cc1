"""Several server processes on one port: they share the work, are kept running, and end together."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import urlopen

import pytest

from search_app.model import Determination
from search_app.web.processes import FAILURES, ServingError, keep_running
from tests.serving.changing import ChangingIndex, assert_of_one_state, assert_whole
from tests.serving.failing import fail
from tests.serving.test_changing_index import NAMES

TURNS = 6
READERS = 3

SERVE = """
import sys
from pathlib import Path
from search_app.config import Settings
from search_app.web.server import serve
index, processes = Path(sys.argv[1]), int(sys.argv[2])
settings = Settings(index=index, port=0, processes=processes, access_log="off", slow_request=1_000_000)
serve(settings, lambda address: print(address, flush=True))
"""

COMMAND = "from search_app.cli import main; main()"


@contextmanager
def serving(index: Path, processes: int = 2) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a running server, and its process; it is killed if the block did not end it."""
    command = [sys.executable, "-W", "error", "-c", SERVE, str(index), str(processes)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        try:
            yield process.stdout.readline().strip(), process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str], by: int = signal.SIGTERM) -> tuple[int, str]:
    """The exit code of a server that is told to end, and what it complained of.

    SIGINT goes to all its processes, as Ctrl-C in a terminal does.
    """
    if by == signal.SIGINT:
        os.killpg(process.pid, by)
    else:
        process.send_signal(by)
    told = complaints(process)
    return process.returncode, told


def complaints(process: subprocess.Popen[str]) -> str:
    """What a server that ends wrote to standard error, other than that there was much to do."""
    _, lines = process.communicate(timeout=60)
    return "".join(
        line for line in lines.splitlines(keepends=True) if not line.startswith("Task queue depth")
    )


def get(url: str, missing: int | None = None) -> Any:
    """What an address answers, or None for the status that says it is not there."""
    try:
        with urlopen(url, timeout=60) as answer:
            return json.load(answer)
    except HTTPError as error:
        with error:
            if error.code != missing:
                raise AssertionError(error.read().decode()) from error
        return None


def children(parent: int) -> list[int]:
    """The server processes below a parent."""
    listed = Path(f"/proc/{parent}/task/{parent}/children").read_text().split()
    return [int(one) for one in listed if b"spawn_main" in Path(f"/proc/{one}/cmdline").read_bytes()]


@pytest.fixture
def index(tmp_path: Path) -> ChangingIndex:
    made = ChangingIndex(tmp_path / "index", NAMES)
    made.swap()
    return made


def look(url: str) -> int:
    """Search and look up every case found over HTTP, and check all of it; the state seen."""
    page = get(url + "api/v1/search?limit=100")
    for name in {hit["case_id"] for hit in page["hits"]}:
        case = get(f"{url}api/v1/cases/{name}", missing=404)
        if case is not None:  # a later commit may have taken it out
            assert_whole(Determination.from_json(case))
    facets = {name: {one["value"]: one["count"] for one in values} for name, values in page["facets"].items()}
    return assert_of_one_state(page["total"], [(hit["id"], hit["rationale"]) for hit in page["hits"]], facets)


def test_commits_and_swaps_under_two_serving_processes(index: ChangingIndex) -> None:
    done, looks = threading.Event(), threading.Semaphore(0)

    def reader(url: str) -> list[int]:
        seen: list[int] = []
        try:
            while not done.is_set():
                seen.append(look(url))
                looks.release()
        finally:
            done.set()
            looks.release(TURNS)
        return seen

    with serving(index.path) as (url, process), ThreadPoolExecutor(READERS) as threads:
        readers = [threads.submit(reader, url) for _ in range(READERS)]
        for change in (index.commit, index.swap) * (TURNS // 2):
            looks.acquire()
            change()
        done.set()
        for one in readers:
            assert one.result() == sorted(one.result())
        assert look(url) == index.state
        assert ended(process) == (0, "")


def test_a_process_that_dies_is_started_again(index: ChangingIndex) -> None:
    with serving(index.path) as (url, process):
        look(url)
        victim, other = children(process.pid)
        os.kill(victim, signal.SIGKILL)
        assert process.stderr is not None
        assert process.stderr.readline().endswith(
            f"WARNING Server process {victim} ended (signal 9); another takes its place.\n"
        )
        for _ in range(5):
            look(url)
        assert ended(process, signal.SIGINT) == (0, "")
        assert not Path(f"/proc/{other}").exists()


def test_processes_end_with_a_parent_that_is_killed(index: ChangingIndex) -> None:
    with serving(index.path) as (url, process):
        look(url)
        process.kill()
        # The children hold the other ends of the pipes: this returns when the last of them is gone.
        assert complaints(process) == ""


def test_interrupted_while_processes_are_starting(index: ChangingIndex) -> None:
    with serving(index.path) as (_, process):
        for child in children(process.pid):
            while not hears_or_ignores_interrupts(child):
                pass
        assert ended(process, signal.SIGINT) == (0, "")


def hears_or_ignores_interrupts(process: int) -> bool:
    """Whether Python has got so far in a process that Ctrl-C would not end it silently."""
    status = Path(f"/proc/{process}/status").read_text()
    masks = [int(mask, 16) for mask in re.findall(r"Sig(?:Cgt|Ign):\s*(\w+)", status)]
    return any(mask & 1 << signal.SIGINT - 1 for mask in masks)


def test_processes_that_keep_failing_are_given_up() -> None:
    with pytest.raises(ServingError, match=rf"exit code 3\), the last of {FAILURES} failures"):
        keep_running(fail, 2, grace=1.0, tell=lambda: None)


def test_a_port_that_is_taken_is_told_once(index: ChangingIndex) -> None:
    with serving(index.path) as (url, _):
        port = str(urlsplit(url).port)
        command = [sys.executable, "-c", COMMAND, "serve", "--index", str(index.path)]
        command += ["--port", port, "--processes", "2"]
        second = subprocess.run(command, capture_output=True, text=True, timeout=60, check=False)
    assert second.returncode == 2
    assert second.stderr.count("\n") == 1
    assert f"Can't serve on 127.0.0.1 port {port}" in second.stderr
