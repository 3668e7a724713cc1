"""Serves the site with waitress."""

from __future__ import annotations

import ctypes
import ipaddress
import logging
import os
import select
import socket
from collections.abc import Callable
from contextlib import closing, nullcontext, suppress
from functools import partial
from time import monotonic

from flask import Flask
from waitress import create_server

from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web import compression, logs, metrics
from search_app.web.app import close_app, create_app
from search_app.web.dispatch import Dispatcher
from search_app.web.limits import OF_THE_SERVER
from search_app.web.processes import keep_running, when_told
from search_app.web.warming import warm_up

GRACE = 10.0
"""Seconds that running requests get to finish in when the server is told to stop."""

MOST_CONNECTIONS = 800
"""Connections of one process; the usual limit of open files is 1,024."""

_QUEUE = Settings().queue
_UNENCRYPTED = (
    "Passwords cross the network as they are: put a web server with TLS in front, and name its address in the"
    " setting proxies (docs/security.md)."
)
_log = logging.getLogger(__name__)

_LAST_PORT = 65_535
_STOPPING_TICK = 0.2
"""Seconds between two looks at the clock while requests finish."""


def serve(settings: Settings, announce: Callable[[str], None]) -> None:
    """Serve until interrupted or told to end; `announce` is told the address once the port is open.

    Raises SettingError if the address can't be had, and ServingError if server processes keep failing.
    """
    count = settings.processes or os.cpu_count() or 1
    close_app(create_app(settings))  # settings that can't be used are told here, not by each process
    with closing(hold(settings.host, settings.port)) as held:
        logs.configure(settings)
        tell = partial(announce, address(held))
        if settings.users and not settings.proxies and not is_loopback(held):
            _log.warning(_UNENCRYPTED)
        if count == 1:
            _serve_on(held, settings, tell)
        else:
            with metrics.shared() if settings.metrics == "on" else nullcontext():
                keep_running(partial(_serve_on, held, settings), count, GRACE, tell, metrics.forget)


def _serve_on(held: socket.socket, settings: Settings, tell: Callable[[], None] = lambda: None) -> None:
    """Serve in this process until it is told to stop; `tell` is called once that can be."""
    logs.configure(settings)
    _keep_memory_small()
    app = create_app(settings)
    compression.register(app)
    warm_up(app)
    server = SiteServer(app, held, settings.threads, settings.queue)
    try:
        with when_told(server.stop):
            tell()
            server.run()
    finally:
        close_app(app)


_ARENA_MAX = -8
"""glibc's M_ARENA_MAX (malloc.h)."""

_ARENAS = 2


def _keep_memory_small() -> None:
    """Let threads share few heaps: what glibc frees in the heap of a thread, it keeps for that thread.

    Other C libraries have no such call; whoever sets MALLOC_ARENA_MAX has decided it.
    """
    if "MALLOC_ARENA_MAX" not in os.environ:
        with suppress(AttributeError, OSError, TypeError):
            ctypes.CDLL(None).mallopt(_ARENA_MAX, _ARENAS)


class SiteServer:
    """A waitress server on a port that is already held; it takes the socket over."""

    def __init__(self, app: Flask, held: socket.socket, threads: int, queue: int = _QUEUE) -> None:
        self._server = create_server(
            app,
            _dispatcher=Dispatcher(threads, queue),
            sockets=[held],
            ident=None,
            connection_limit=MOST_CONNECTIONS,
            asyncore_use_poll=True,
            clear_untrusted_proxy_headers=False,  # `proxy` clears them
            **OF_THE_SERVER,
        )
        self._stopping = False

    def run(self) -> None:
        """Answer requests until `stop`, finish those that are running, and let go of the port."""
        try:
            while not self._stopping:
                self._turn(self._server.adj.asyncore_loop_timeout)
            self._finish()
        finally:
            self._stopping = True
            self._server.task_dispatcher.shutdown(timeout=_STOPPING_TICK)
            for connection in list(self._server.active_channels.values()):
                connection.handle_close()
            self._server.close()

    def stop(self) -> None:
        """Make `run` end; a signal handler or another thread may call this, and more than once."""
        if not self._stopping:
            self._stopping = True
            self._server.pull_trigger()

    def _turn(self, timeout: float) -> None:
        """Receive and send what is ready, or wait for it so many seconds."""
        server = self._server
        server.asyncore.loop(timeout=timeout, map=server._map, use_poll=server.adj.asyncore_use_poll, count=1)

    def _finish(self) -> None:
        """Take no more requests, and send the answers to those that were sent, within the grace."""
        self._take_in()
        self._server.accepting = False
        end = monotonic() + GRACE
        while self._close_idle() and monotonic() < end:
            self._turn(_STOPPING_TICK)

    def _take_in(self) -> None:
        """Receive what has come already: a connection each turn, and the requests of all."""
        for _ in range(MOST_CONNECTIONS):
            if not self._is_called():
                break
            self._turn(0)
        self._turn(0)

    def _is_called(self) -> bool:
        """Whether a connection waits to be taken; another process may be quicker."""
        listening = select.poll()
        listening.register(self._server.socket, select.POLLIN)
        return bool(listening.poll(0))

    def _close_idle(self) -> bool:
        """Close the connections that no answer is owed on; whether others are left."""
        for connection in list(self._server.active_channels.values()):
            # In this order: a thread queues its output before it takes its request off the list.
            if not connection.requests and not connection.total_outbufs_len:
                connection.handle_close()
        return bool(self._server.active_channels)


def hold(host: str, port: int) -> socket.socket:
    """A socket that listens on an address (port 0: a free one); raises SettingError."""
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


def is_loopback(held: socket.socket) -> bool:
    """Whether a socket can be reached from its own machine alone."""
    return ipaddress.ip_address(held.getsockname()[0].partition("%")[0]).is_loopback


def address(held: socket.socket) -> str:
    """The URL that a server on a socket answers on."""
    numeric = socket.NI_NUMERICHOST | socket.NI_NUMERICSERV
    host, port = socket.getnameinfo(held.getsockname(), numeric)
    return f"http://[{host}]:{port}/" if ":" in host else f"http://{host}:{port}/"
