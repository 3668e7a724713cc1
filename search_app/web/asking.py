"""Requests as clients send them, which is not always as they should."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from flask import Request

_ASCII = "".join(map(chr, range(128)))


class TolerantRequest(Request):
    """A request whose query string may hold bytes that should have been percent-encoded (RFC 3986, 2.1)."""

    def __init__(self, environ: dict[str, Any], *rest: Any, **named: Any) -> None:
        super().__init__(environ, *rest, **named)
        self.query_string = quote(self.query_string, safe=_ASCII).encode()
