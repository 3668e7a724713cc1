"""Answers only to the names that the site is reached by.

A page of a stranger can let its own name lead to this machine (DNS rebinding), and a browser then takes our
answers for that page's. Such a request names the stranger's host, so it is refused. An address in numbers
is no name that could be led elsewhere.
"""

from __future__ import annotations

import ipaddress
import socket

from flask import Flask, request

from search_app.config import Settings
from search_app.errors import HostRefused

ANY = "*"
_LOCAL = "localhost"


def register(app: Flask, settings: Settings) -> None:
    """Refuse requests for other hosts than those set, this machine, and addresses in numbers."""
    names = (*settings.hosts.split(), settings.host, socket.gethostname(), _LOCAL)
    named = frozenset(name.lower().rstrip(".") for name in names)

    def check() -> None:
        host = _host_asked()
        if host not in named and not _is_address(host):
            raise HostRefused(
                f"This site does not answer to the name {host[:200]!r}.",
                "Use the address that you were given. Who keeps the site: add the name to the setting hosts.",
            )

    if ANY not in named:
        app.before_request(check)


def _host_asked() -> str:
    """The host that a request names, without its port.

    Programs that speak HTTP/1.0 may name none; browsers always do, and HTTP/1.1 has to (RFC 9112, 3.2).
    """
    silent = _LOCAL if request.environ.get("SERVER_PROTOCOL") == "HTTP/1.0" else ""
    host = request.headers.get("Host", silent).lower()
    name, colon, port = host.rpartition(":")
    if colon and port.isdecimal():
        host = name
    return host.removeprefix("[").removesuffix("]").rstrip(".")


def _is_address(host: str) -> bool:
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return False
    return True
