"""The page about the API says what is so, and its commands run."""

from __future__ import annotations

import shlex
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import orjson
import pytest
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.query.parameters import NAMES
from search_app.web import create_app
from tests.web.conftest import Get
from tests.web.reading import texts
from tests.web.serving import running


@pytest.fixture
def server(index: Path) -> Iterator[str]:
    settings = Settings(index=index, port=0)
    with running(create_app(settings), settings) as url:
        yield url


@pytest.mark.skipif(shutil.which("curl") is None, reason="needs curl")
def test_every_command_runs_as_it_stands(get: Get, server: str) -> None:
    commands = texts(get("/api"), ".runs code")
    assert len(commands) == 9
    for command in commands:
        there = command.replace("http://localhost", server.rstrip("/"))
        told = subprocess.run([*shlex.split(there), "-sS", "--fail"], capture_output=True, check=True)
        assert isinstance(orjson.loads(told.stdout), dict), command


def test_every_example_opens(get: Get, client: FlaskClient) -> None:
    links = get("/api").select(".runs a")
    assert len(links) == 8
    for link in links:
        assert client.get(str(link["href"])).mimetype == "application/json"


def test_every_path_and_parameter_is_told(get: Get, client: FlaskClient) -> None:
    page = get("/api")
    described = client.get("/api/v1/openapi.json").json["paths"]
    rows = texts(page, "section[aria-labelledby=paths] tbody th")
    assert set(rows) == {"/api/v1" + path for path in described}
    told = " ".join(texts(page, "section[aria-labelledby=parameters] tbody"))
    assert [name for name in NAMES if name not in told and not name.startswith("not_")] == []


def test_every_page_leads_to_it(get: Get) -> None:
    for url in ("/", "/help", "/cases/CM16-0000001"):
        assert get(url).select_one("footer a[href='/api']") is not None
    assert get("/help").select_one("main a[href='/api']") is not None
