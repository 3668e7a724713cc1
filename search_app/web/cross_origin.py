"""Lets pages of other sites read the API, if the site is set up so; by default none may.

Without leave, a browser gives no page of another site what a private corpus answers (the Fetch standard's
CORS protocol).
"""

from __future__ import annotations

from flask import Flask, Response, request

API_PREFIX = "/api/"
_EXPOSED = "ETag, Link"


def register(app: Flask, origins: str) -> None:
    """Give leave to these origins, parted by spaces; "*" gives it to all."""
    allowed = frozenset(origins.split())

    def add(response: Response) -> Response:
        if allowed and request.path.startswith(API_PREFIX):
            _give_leave(response, allowed)
        return response

    app.after_request(add)


def _give_leave(response: Response, allowed: frozenset[str]) -> None:
    response.vary.add("Origin")
    origin = request.headers.get("Origin", "")
    if not origin or (origin not in allowed and "*" not in allowed):
        return
    response.headers["Access-Control-Allow-Origin"] = "*" if "*" in allowed else origin
    response.headers["Access-Control-Expose-Headers"] = _EXPOSED
    if request.method == "OPTIONS":
        response.headers["Access-Control-Allow-Methods"] = response.headers.get("Allow", "GET")
        response.headers["Access-Control-Allow-Headers"] = "Content-Type"
