"""Lets pages of other sites read the API, if the site is set up so; by default none may.

Without leave, a browser gives no page of another site what a private corpus answers (the Fetch standard's
CORS protocol). Nor is it answered at all what such a page has it ask (Fetch Metadata Request Headers), so
that sizes and times tell nothing either. Links from other sites lead here all the same.
"""

from __future__ import annotations

from functools import partial

from flask import Flask, Response, request
from werkzeug.exceptions import Forbidden

API_PREFIX = "/api/"
_EXPOSED = "ETag, Link"


def register(app: Flask, origins: str) -> None:
    """Give leave to these origins, parted by spaces; "*" gives it to all."""
    allowed = frozenset(origins.split())

    def add(response: Response) -> Response:
        if allowed and request.path.startswith(API_PREFIX):
            _give_leave(response, allowed)
        return response

    app.before_request(partial(_refuse_strangers, allowed))
    app.after_request(add)


def _refuse_strangers(allowed: frozenset[str]) -> None:
    site, mode = request.headers.get("Sec-Fetch-Site"), request.headers.get("Sec-Fetch-Mode")
    strange = site in ("cross-site", "same-site") and mode != "navigate"
    if strange and not (allowed and request.path.startswith(API_PREFIX)):
        raise Forbidden("Pages of other sites may not use this one.")


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
