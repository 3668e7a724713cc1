"""Compresses what is sent, so that a page of results takes a tenth of the line.

Nothing secret stands beside what a stranger can choose (there are no cookies and no tokens), so the size of a
compressed page gives nothing away.
"""

from __future__ import annotations

import gzip

from flask import Flask, Response, request

LEAST = 1000
"""Bytes below which compressing saves no packet."""

_LEVEL = 5
"""The level above makes a page of results 2% smaller."""

_KINDS = frozenset(
    {
        "application/json",
        "application/problem+json",
        "image/svg+xml",
        "text/css",
        "text/html",
        "text/javascript",
        "text/plain",
    }
)


def register(app: Flask) -> None:
    """Send text compressed to those who can read it so."""
    app.after_request(_compressed)


def _compressed(response: Response) -> Response:
    if response.mimetype not in _KINDS or response.status_code != 200 or _is_a_stream(response):
        return response
    response.vary.add("Accept-Encoding")
    if not request.accept_encodings["gzip"] or (response.content_length or 0) < LEAST:
        return response
    response.direct_passthrough = False
    response.set_data(gzip.compress(response.get_data(), _LEVEL, mtime=0))
    response.content_encoding = "gzip"
    tag, _ = response.get_etag()
    if tag is not None:
        response.set_etag(tag, weak=True)  # the same page, in other bytes
    return response


def _is_a_stream(response: Response) -> bool:
    """Whether the body is made while it is sent; a file is not."""
    return response.is_streamed and not response.direct_passthrough
