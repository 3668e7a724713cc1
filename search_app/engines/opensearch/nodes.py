"""The nodes of a cluster as a client reaches them: which one is gone is noticed soon, and remembered.

A machine that is switched off refuses nothing, it is silent; without limits of their own, connections to it
would be waited for as long as for a slow answer.
"""

from __future__ import annotations

import socket
import time
from queue import Empty
from threading import Thread
from typing import Any

from opensearchpy.connection import Urllib3HttpConnection
from opensearchpy.connection_pool import ConnectionPool
from opensearchpy.exceptions import ConnectionError, ConnectionTimeout, TransportError
from urllib3.connection import HTTPConnection, HTTPSConnection

from search_app import deadline

SILENT = 1.0
"""Seconds without any sign of life, of a machine that is connected to, or was sent something for a page."""

_PATIENT = 10.0
"""The same, of one that was sent something else: it may be too busy to take more of a large batch."""

AGAIN = 5.0
"""Seconds after which one that was gone is tried again."""

_GRACE = 1.0
"""Seconds that an answer may take longer than the request whose time was over."""

_KEPT_ALIVE = (
    (socket.SOL_SOCKET, "SO_KEEPALIVE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPIDLE", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPINTVL", 1),
    (socket.IPPROTO_TCP, "TCP_KEEPCNT", 1),
)
"""Options of sockets by which the other end shows that it is there (tcp(7)); some systems lack some."""


class _Watched(HTTPConnection):
    """A connection that is made soon or not at all, and given up when the other end is gone."""

    def _new_conn(self) -> socket.socket:
        patience = self.timeout
        self.timeout = SILENT
        try:
            made = super()._new_conn()
        finally:
            self.timeout = patience
        made.settimeout(patience)
        _watch(made)
        return made


class _WatchedSafely(_Watched, HTTPSConnection):
    """The same with TLS."""


class Node(Urllib3HttpConnection):
    """The connections to one node."""

    def __init__(self, *given: Any, **named: Any) -> None:
        """As `Urllib3HttpConnection`, whose settings it takes."""
        super().__init__(*given, **named)
        self.pool.ConnectionCls = _WatchedSafely if self.use_ssl else _Watched

    def perform_request(self, *given: Any, timeout: float | None = None, **named: Any) -> Any:
        """What the node answers; it is waited for no longer than the request may take that it is for.

        The time that was lost to a node that is gone is not that request's own. Raises TookTooLong where its
        time is over.
        """
        deadline.check()
        seconds, left = timeout or self.timeout, deadline.left()
        named["timeout"] = seconds if left is None else min(seconds, left + _GRACE)
        with deadline.regained(ConnectionError, but=ConnectionTimeout):
            return super().perform_request(*given, **named)


class Nodes(ConnectionPool):
    """The nodes that answer. One that is gone is tried beside requests, and used when it has answered."""

    def __init__(self, nodes: Any, **named: Any) -> None:
        """As `ConnectionPool`, whose settings it takes."""
        super().__init__(nodes, **{**named, "dead_timeout": AGAIN, "timeout_cutoff": 0})

    def resurrect(self, force: bool = False) -> Any:
        """Any node if no other is left (`force`); else see whether one that was gone is back."""
        if force:
            return super().resurrect(force=True)
        try:
            due, node = self.dead.get(block=False)
        except Empty:
            return None
        if due > time.time():
            self.dead.put((due, node))
        else:
            Thread(target=self._try, args=(node,), daemon=True).start()
        return None

    def _try(self, node: Node) -> None:
        try:
            node.perform_request("HEAD", "/")
        except ConnectionError:
            self.dead.put((time.time() + AGAIN, node))
            return
        except TransportError:
            pass  # it has answered, whatever that was
        self.mark_live(node)
        self.connections.append(node)


def _watch(connection: socket.socket) -> None:
    for level, name, value in _KEPT_ALIVE:
        if hasattr(socket, name):
            connection.setsockopt(level, getattr(socket, name), value)
    if hasattr(socket, "TCP_USER_TIMEOUT"):  # RFC 5482
        seconds = _PATIENT if deadline.left() is None else SILENT
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT, int(1000 * seconds))
