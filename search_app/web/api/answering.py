"""How the API answers: JSON with a tag by which a reader finds that nothing has changed, and links."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import blake2b
from typing import Any

import orjson
from flask import Response, request

_RELATIONS: Mapping[str, str] = {
    "self": "self",
    "next": "next",
    "previous": "prev",
    "html": "alternate",
    "description": "service-desc",
}
"""Links of an answer that its header tells too, by their registered relation (RFC 8288)."""

_FLEETING = "seconds"
"""The one member that differs between two answers that say the same."""


def answered(payload: Mapping[str, Any]) -> Response:
    """A JSON answer with its ETag, a Link header for its `links`, and 304 for a reader who has it already.

    The tag is weak, since the time that a search took stands in the answer and does not count.
    """
    response = _json(payload)
    said = {name: value for name, value in payload.items() if name != _FLEETING}
    response.set_etag(blake2b(orjson.dumps(said), digest_size=12).hexdigest(), weak=True)
    response.make_conditional(request)
    return response


def unkept(payload: Mapping[str, Any]) -> Response:
    """A JSON answer to what was sent, which no cache keeps."""
    response = _json(payload)
    response.headers["Cache-Control"] = "no-store"
    return response


def _json(payload: Mapping[str, Any]) -> Response:
    response = Response(orjson.dumps(payload), mimetype="application/json")
    links = _link_header(payload.get("links") or {})
    if links:
        response.headers["Link"] = links
    return response


def _link_header(links: Mapping[str, str | None]) -> str:
    return ", ".join(
        f'<{links[name]}>; rel="{relation}"' for name, relation in _RELATIONS.items() if links.get(name)
    )
