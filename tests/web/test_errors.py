"""What goes wrong is told in words, and the site goes on as soon as the cause has gone."""

from __future__ import annotations

import logging
import shutil
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.engines.base import SCHEMA_VERSION
from search_app.engines.records import INDEX_FILE
from search_app.web import create_app
from search_app.web.app import close_app
from tests.web.conftest import Get
from tests.web.letters import LETTERS
from tests.web.making import build_index
from tests.web.reading import text


def told(client: FlaskClient, url: str, status: int) -> str:
    answer = client.get(url)
    assert answer.status_code == status
    return text(BeautifulSoup(answer.data, "html.parser").main)


def test_a_page_that_is_not_there(get: Get) -> None:
    page = get("/nothing/here", 404)
    assert "Error 404" in text(page.main)
    assert page.select_one("#search") is not None


def test_only_get_is_answered(client: FlaskClient) -> None:
    assert client.post("/search").status_code == 405
    answer = client.post("/api/v1/search")
    assert answer.status_code == 405
    assert answer.content_type == "application/problem+json"
    assert "GET" in answer.headers["Allow"]


def test_a_site_without_an_index_says_what_to_run_and_recovers(tmp_path: Path) -> None:
    app = create_app(Settings(index=tmp_path / "index"))
    client = app.test_client()
    for url in ("/", "/search?q=a", "/cases/a", "/status"):
        assert "imr-search index" in told(client, url, 503)
    for url in ("/readyz", "/api/v1/search"):
        assert client.get(url).status_code == 503
    assert client.get("/help").status_code == 200
    build_index(tmp_path / "index", LETTERS[:1])
    assert "2 decisions" in told(client, "/search?sort=oldest", 200)
    assert client.get("/readyz").json == {"status": "ok", "decisions": 2}
    close_app(app)


def test_an_index_of_another_kind(tmp_path: Path) -> None:
    build_index(tmp_path, LETTERS[:1])
    record = tmp_path / INDEX_FILE
    now = f'schema_version": {SCHEMA_VERSION}'
    record.write_text(record.read_text().replace(now, 'schema_version": 999'))
    app = create_app(Settings(index=tmp_path))
    assert "--rebuild" in told(app.test_client(), "/", 503)


def test_a_rebuilt_index_is_served_from_the_next_request_on(tmp_path: Path) -> None:
    build_index(tmp_path, LETTERS[:1])
    app = create_app(Settings(index=tmp_path))
    client = app.test_client()
    assert client.get("/readyz").json["decisions"] == 2
    build_index(tmp_path, LETTERS)
    assert client.get("/readyz").json["decisions"] == sum(len(case.decisions) for case in LETTERS)
    close_app(app)


def test_an_index_that_vanished(tmp_path: Path) -> None:
    build_index(tmp_path, LETTERS[:1])
    app = create_app(Settings(index=tmp_path))
    client = app.test_client()
    assert client.get("/readyz").status_code == 200
    shutil.rmtree(tmp_path)
    assert client.get("/readyz").status_code == 503
    close_app(app)


def test_what_nobody_foresaw_is_a_page_and_a_problem_document_and_is_logged(
    index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    class Broken:
        def search(self, _: object) -> None:
            raise RuntimeError("a secret of the machine room")

    app = create_app(Settings(index=index), Broken())  # type: ignore[arg-type]
    client = app.test_client()
    with caplog.at_level(logging.ERROR):
        page = told(client, "/", 500)
    assert "secret" not in page
    assert "secret" in caplog.text
    answer = client.get("/api/v1/search")
    assert (answer.status_code, answer.content_type) == (500, "application/problem+json")
    assert "secret" not in answer.text
