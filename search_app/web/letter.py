"""Serves the files of others safely: nothing in a letter runs, loads anything, or frames anything."""

from __future__ import annotations

from types import MappingProxyType
from urllib.parse import quote

from flask import Response

from search_app.ingest.originals import Original

_SANDBOX = "sandbox; default-src 'none'; frame-ancestors 'none'"
"""Without style too, so that a reader sees all of the text, nothing of it hidden or put elsewhere."""

_PDF = "default-src 'none'; object-src 'self'; frame-ancestors 'none'"
"""Older browsers refuse to show a PDF in a sandbox; viewers keep what a PDF does away from the site."""

_POLICIES = MappingProxyType({"text/plain": _SANDBOX, "text/html": _SANDBOX, "application/pdf": _PDF})


def letter_response(original: Original) -> Response:
    """The file inline if it is of a kind that letters have, else as a download."""
    policy = _POLICIES.get(original.media_type)
    response = Response(original.data, content_type=_content_type(original))
    response.headers["Content-Security-Policy"] = policy or _SANDBOX
    kind = "inline" if policy else "attachment"
    response.headers.set("Content-Disposition", kind, **_named(original.name))
    return response


def _named(name: str) -> dict[str, str]:
    """A file's name as an option of a header: without line breaks, and encoded by RFC 5987 if need be."""
    clean = "".join(letter for letter in name if letter.isprintable())
    return {"filename": clean} if clean.isascii() else {"filename*": f"UTF-8''{quote(clean, safe='')}"}


def _content_type(original: Original) -> str:
    if original.media_type not in _POLICIES:
        return "application/octet-stream"
    if original.media_type == "application/pdf":
        return original.media_type
    try:
        original.data.decode()
    except UnicodeDecodeError:
        # An HTML file may name its own encoding; text that is not UTF-8 comes from Windows programs.
        is_html = original.media_type == "text/html"
        return original.media_type if is_html else "text/plain; charset=windows-1252"
    return f"{original.media_type}; charset=utf-8"
