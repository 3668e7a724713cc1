"""Requests for the name of a stranger, which DNS rebinding would send, are refused."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import create_app
from tests.web.serving import running

Client = Callable[..., FlaskClient]


@pytest.fixture
def client(hostile_index: Path) -> Client:
    return lambda **settings: create_app(Settings(index=hostile_index, **settings)).test_client()


def status(client: FlaskClient, host: str, path: str = "/help") -> int:
    return client.get(path, headers={"Host": host}).status_code


OURS = [
    "localhost",
    "LOCALHOST:8000",
    "127.0.0.1:8000",
    "[::1]:8000",
    "10.1.2.3",
    socket.gethostname(),
    "localhost.",
]
STRANGE = [
    "evil.invalid",
    "evil.invalid:8000",
    "localhost.evil.invalid",
    "127.0.0.1.evil.invalid",
    "evil.invalid#localhost",
    "localhost@evil.invalid",
    "[evil.invalid]",
    "local host",
    "",
    "<script>",
    "a" * 5_000,
]


@pytest.mark.parametrize("host", OURS)
def test_this_machine_and_addresses_in_numbers_are_answered(client: Client, host: str) -> None:
    assert status(client(), host) == 200


@pytest.mark.parametrize("path", ["/help", "/api/v1/search", "/static/site.css", "/healthz", "/nothing"])
@pytest.mark.parametrize("host", STRANGE)
def test_other_names_are_refused(client: Client, host: str, path: str) -> None:
    assert status(client(), host, path) == 400


def test_the_page_says_what_to_do(client: Client) -> None:
    page = client().get("/", headers={"Host": "evil.invalid"}).text
    assert "does not answer to the name &#39;evil.invalid&#39;" in page
    assert "the setting hosts" in page
    problem = client().get("/api/v1/search", headers={"Host": "evil.invalid"})
    assert problem.mimetype == "application/problem+json"


def test_names_that_are_set_are_answered(client: Client) -> None:
    named = client(hosts="search.example.org  imr.local")
    assert [status(named, host) for host in ("search.example.org", "IMR.local:443", "example.org")] == [
        200,
        200,
        400,
    ]
    assert status(client(host="served.example.org"), "served.example.org") == 200
    assert status(client(hosts="*"), "any.thing") == 200


@pytest.mark.parametrize(("version", "answered"), [("1.0", "200"), ("1.1", "400")])
def test_only_programs_of_old_may_name_no_host(hostile_index: Path, version: str, answered: str) -> None:
    settings = Settings(index=hostile_index, port=0)
    with running(create_app(settings), settings) as url:
        parts = urlsplit(url)
        with closing(socket.create_connection((parts.hostname, parts.port))) as connection:
            connection.sendall(f"GET /healthz HTTP/{version}\r\nConnection: close\r\n\r\n".encode())
            assert connection.makefile("rb").readline().split()[1].decode() == answered
