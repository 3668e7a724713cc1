"""What is sent is compressed for those who can read it so, and the same for all."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Response
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import compression, create_app
from search_app.web.app import close_app
from tests.serving.changing import ChangingIndex
from tests.serving.test_changing_index import NAMES

GZIP = {"Accept-Encoding": "br;q=1.0, gzip;q=0.8"}


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    index = ChangingIndex(tmp_path / "index", NAMES)
    index.swap()
    app = create_app(Settings(index=index.path))
    compression.register(app)

    @app.get("/stream")
    def stream() -> Response:
        return Response((b"line\n" for _ in range(1000)), mimetype="text/plain")

    yield app.test_client()
    close_app(app)


@pytest.mark.parametrize(
    "path",
    [
        "/search",
        "/help",
        "/cases/CM20-0000000",
        "/api/v1/cases/CM20-0000000",
        "/static/site.css",
        "/static/live.js",
    ],
)
def test_the_same_in_fewer_bytes(client: FlaskClient, path: str) -> None:
    with client.get(path) as plain, client.get(path, headers=GZIP) as small:
        assert "Content-Encoding" not in plain.headers
        assert small.headers["Content-Encoding"] == "gzip"
        assert int(small.headers["Content-Length"]) == len(small.data) < len(plain.data)
        assert _untimed(gzip.decompress(small.data)) == _untimed(plain.data)
        assert plain.headers["Vary"] == small.headers["Vary"] == "Accept-Encoding"
        assert plain.headers["Content-Security-Policy"] == small.headers["Content-Security-Policy"]


def _untimed(page: bytes) -> bytes:
    """A page without the time that its search took."""
    return re.sub(rb"in \d+(\.\d)? m?s", b"in no time", page)


@pytest.mark.parametrize("accepted", ["", "identity", "gzip;q=0"])
def test_for_those_who_can_not_read_it(client: FlaskClient, accepted: str) -> None:
    with client.get("/search", headers={"Accept-Encoding": accepted}) as answer:
        assert "Content-Encoding" not in answer.headers


@pytest.mark.parametrize("path", ["/healthz", "/stream"])
def test_what_is_short_or_a_stream_is_sent_as_it_is(client: FlaskClient, path: str) -> None:
    with client.get(path, headers=GZIP) as answer:
        assert answer.status_code == 200
        assert "Content-Encoding" not in answer.headers


def test_a_file_that_the_browser_has_is_not_sent_again(client: FlaskClient) -> None:
    with client.get("/static/site.css", headers=GZIP) as first:
        tag = first.headers["ETag"]
    assert tag.startswith("W/")
    with client.get("/static/site.css", headers={**GZIP, "If-None-Match": tag}) as again:
        assert (again.status_code, again.data) == (304, b"")
