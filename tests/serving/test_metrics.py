"""Measurements for Prometheus: of one process and of several together, and nothing of queries."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from time import sleep
from urllib.request import urlopen

import pytest
from prometheus_client.parser import text_string_to_metric_families

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from search_app.web.login.users import Users
from tests.serving.changing import ChangingIndex
from tests.serving.test_changing_index import NAMES
from tests.serving.test_processes import ended

SERVE = """
import sys
from pathlib import Path
from search_app.config import Settings
from search_app.web.server import serve
settings = Settings(
    index=Path(sys.argv[1]),
    port=0,
    processes=int(sys.argv[2]),
    access_log="off",
    slow_request=1_000_000,
    metrics="on",
)
serve(settings, lambda address: print(address, flush=True))
"""

ASKED = 20
NOT_FOUND = ("imr_search_failed_requests_total", frozenset({("error", "CaseNotFound")}))


@pytest.fixture
def index(tmp_path: Path) -> Path:
    made = ChangingIndex(tmp_path / "index", NAMES)
    made.swap()
    return made.path


def measured(text: str) -> Mapping[tuple[str, frozenset[tuple[str, str]]], float]:
    families = text_string_to_metric_families(text)
    return {
        (one.name, frozenset(one.labels.items())): one.value for family in families for one in family.samples
    }


@pytest.mark.parametrize("processes", [1, 2])
def test_all_processes_are_measured_together(index: Path, processes: int) -> None:
    command = [sys.executable, "-W", "error", "-c", SERVE, str(index), str(processes)]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, stdout=pipe, stderr=pipe, text=True, start_new_session=True) as process:
        assert process.stdout is not None
        url = process.stdout.readline().strip()
        try:
            with ThreadPoolExecutor(4) as threads:
                list(threads.map(_get, [f"{url}search?q=privileged"] * ASKED))
                list(threads.map(_get, [f"{url}cases/privileged"] * ASKED))
            for _ in range(100):  # a request is counted a moment after its answer was taken
                text = _get(f"{url}metrics")
                found = measured(text)
                if found.get(NOT_FOUND) == ASKED:
                    break
                sleep(0.1)
        finally:
            assert ended(process) == (0, "")
    label = {("route", "/search"), ("method", "GET"), ("status", "200")}
    assert found["imr_search_requests_total", frozenset(label)] == ASKED
    assert found["imr_search_request_seconds_count", frozenset({("route", "/search")})] == ASKED
    assert found[NOT_FOUND] == ASKED
    assert found["imr_search_queued_requests", frozenset()] == 0
    assert found["imr_search_refused_requests_total", frozenset()] == 0
    assert found["imr_search_index_up", frozenset()] == 1
    assert found["imr_search_index_decisions", frozenset()] > 0
    assert "privileged" not in text


def _get(url: str) -> str:
    try:
        with urlopen(url, timeout=60) as answer:
            return str(answer.read(), "utf-8")
    except OSError as error:
        return str(error)


def test_they_are_off_unless_switched_on_and_tell_of_no_index(tmp_path: Path) -> None:
    app = create_app(Settings(index=tmp_path))
    assert app.test_client().get("/metrics").status_code == 404
    app = create_app(Settings(index=tmp_path, metrics="on"))
    answer = app.test_client().get("/metrics")
    assert answer.content_type.startswith("text/plain; version=")
    assert measured(answer.text)["imr_search_index_up", frozenset()] == 0
    close_app(app)


def test_where_there_is_a_login_probes_are_open_and_measurements_are_not(index: Path, tmp_path: Path) -> None:
    Users(users := tmp_path / "users").put("zoe", "correct horse battery staple")
    app = create_app(Settings(index=index, users=str(users), metrics="on"))
    client = app.test_client()
    assert [client.get(probe).status_code for probe in ("/healthz", "/readyz")] == [200, 200]
    assert client.get("/metrics").status_code == 401
    assert client.get("/metrics", auth=("zoe", "correct horse battery staple")).status_code == 200
    close_app(app)
