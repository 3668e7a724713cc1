"""Runs the real server in a thread."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from search_app.config import Settings
from search_app.web.app import close_app
from search_app.web.server import address, close, listen


@contextmanager
def running(app: Flask, settings: Settings) -> Iterator[str]:
    """The address of a server that runs until the block is left."""
    server = listen(app, settings)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield address(server)
    finally:
        server.task_dispatcher.shutdown()
        server.trigger.pull_trigger(lambda: close(server))
        thread.join()
        close_app(app)
