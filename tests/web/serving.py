"""Runs the real server in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from search_app.config import Settings
from search_app.web.app import close_app
from search_app.web.server import SiteServer, address, hold


@contextmanager
def running(app: Flask, settings: Settings) -> Iterator[str]:
    """The address of a server that runs until the block is left."""
    held = hold(settings.host, settings.port)
    url = address(held)
    server = SiteServer(app, held, settings.threads)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield url
    finally:
        server.stop()
        thread.join()
        close_app(app)
