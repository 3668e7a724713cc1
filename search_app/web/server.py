"""Serves the site with waitress."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from flask import Flask
from waitress import create_server

from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web.app import close_app, create_app

_LAST_PORT = 65_535


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until interrupted; `announce` is told the address once the port is open.

    Raises SettingError if the address can't be had.
    """
    app = create_app(settings)
    server = listen(app, settings)
    announce(address(server))
    try:
        server.run()
    finally:
        close(server)
        close_app(app)


def listen(app: Flask, settings: Settings) -> Any:
    """A waitress server that holds its port and is ready to run; raises SettingError."""
    held = _hold(settings.host, settings.port)
    return create_server(app, sockets=[held], threads=max(settings.threads, 1), ident=None)


def _hold(host: str, port: int) -> socket.socket:
    try:
        if port > _LAST_PORT:
            raise OSError(f"ports end at {_LAST_PORT}")
        (family, _, _, _, (ip, _, *scope)), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        return socket.create_server((ip, port, *scope), family=family)
    except (OSError, UnicodeError) as error:
        raise SettingError(
            f"Can't serve on {host} port {port}: {error}.",
            "Choose another with --host and --port; --port 0 picks a free port.",
        ) from error


def close(server: Any) -> None:
    """Close the port and the connections that are still open, in the thread that runs the server."""
    for connection in list(server.active_channels.values()):
        connection.handle_close()
    server.close()


def address(server: Any) -> str:
    """The URL that a server answers on."""
    host, port = server.effective_host, server.effective_port
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
