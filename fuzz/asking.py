"""Asks the website for whatever bytes say, as they would come over the wire."""

from __future__ import annotations

import io
from pathlib import Path
from urllib.parse import unquote_to_bytes

from flask import Flask
from werkzeug.test import run_wsgi_app

from fuzz.samples import small_index
from search_app.config import Settings
from search_app.web import create_app

FAILURE = 500
"""Statuses from here on are failures of the server."""


def site(folder: Path) -> Flask:
    """The website over a small index; what it did not foresee is raised, not answered."""
    app = create_app(Settings(index=small_index(folder, "tantivy")))
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


def ask(app: Flask, method: str, address: bytes, body: bytes = b"", kind: str = "") -> None:
    """Send a request and read the whole answer; an address is a path and, behind "?", a query string."""
    path, _, query = address.partition(b"?")
    environ = {
        "REQUEST_METHOD": method,
        "PATH_INFO": unquote_to_bytes(b"/" + path.lstrip(b"/")).decode("latin-1"),
        "QUERY_STRING": query.decode("latin-1"),
        "CONTENT_TYPE": kind,
        "CONTENT_LENGTH": str(len(body)),
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "HTTP_HOST": "localhost",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": io.StringIO(),
    }
    answered = run_wsgi_app(app, environ, buffered=True)
    status = int(answered[1].split()[0])
    assert status < FAILURE, f"answered with {answered[1]}"
