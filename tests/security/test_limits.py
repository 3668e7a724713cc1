"""What is too large, too long or of a strange method is refused in words, before it costs anything."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.limits import LONGEST_ADDRESS, MOST_SENT
from tests.web.serving import running


@pytest.fixture(scope="module")
def server(hostile_index: Path) -> Iterator[tuple[str, int]]:
    settings = Settings(index=hostile_index, port=0)
    with running(create_app(settings), settings) as url:
        parts = urlsplit(url)
        yield str(parts.hostname), parts.port or 0


def answer(server: tuple[str, int], request: bytes) -> bytes:
    """What comes back until the server closes the connection, though it has not read all of the request."""
    told = b""
    with socket.create_connection(server, timeout=30) as connection, suppress(ConnectionResetError):
        connection.sendall(request)
        while part := connection.recv(65_536):
            told += part
    return told


def get(target: str, *headers: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", "Host: localhost", "Connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1")


REFUSED = {
    "a long address": (get(f"/search?q={'a' * LONGEST_ADDRESS}"), 414),
    "a longer address": (get(f"/search?q={'a' * 70_000}"), 431),
    "large headers": (get("/", f"X-Large: {'a' * 70_000}"), 431),
    "many headers": (get("/", *(f"X-{number}: a" for number in range(9_000))), 431),
    "a large body": (get("/similar", f"Content-Length: {MOST_SENT * 2}"), 413),
    "two lengths": (get("/", "Content-Length: 1", "Content-Length: 2"), 400),
    "a length that is none": (get("/", "Content-Length: -1"), 400),
    "a length and chunks": (get("/", "Content-Length: 5", "Transfer-Encoding: chunked, identity"), 501),
    "a space before a colon": (get("/", "X-A : b"), 400),
    "a folded header": (get("/", "X-A: b\r\n Host: evil.invalid"), 200),
    "no request": (b"\x16\x03\x01\x02\x00\x01\r\n\r\n", 400),
    "a null byte": (get("/cases/%00"), 404),
    "broken text": (get("/cases/%ff%fe"), 404),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_refused_is_refused_in_words(server: tuple[str, int], name: str) -> None:
    request, status = REFUSED[name]
    told = answer(server, request)
    assert told.startswith(f"HTTP/1.1 {status} ".encode()) or told.startswith(f"HTTP/1.0 {status} ".encode())
    assert b"Traceback" not in told


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "TRACE", "CONNECT", "PROPFIND", "<SCRIPT>"])
@pytest.mark.parametrize(
    "path", ["/", "/search", "/cases/a", "/similar", "/static/site.css", "/api/v1/search"]
)
def test_methods_that_nothing_here_has(hostile_app: Flask, method: str, path: str) -> None:
    answered = hostile_app.test_client().open(path, method=method)
    assert answered.status_code == 405
    assert "GET" in answered.headers["Allow"]
    assert method not in answered.text
