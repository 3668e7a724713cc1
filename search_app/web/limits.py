"""How much of a request is read."""

from __future__ import annotations

from types import MappingProxyType

from flask import Flask, request
from werkzeug.exceptions import RequestURITooLarge

from search_app.config import Settings

MOST_SENT = 20_000_000
"""Bytes of an uploaded letter; real ones have some 100,000."""

LONGEST_ADDRESS = 16_000
"""Bytes of a URL; HTTP asks for 8,000 at least (RFC 9110, 4.1), and two hundred ticked values take 10,000."""

OF_THE_SERVER = MappingProxyType({"max_request_body_size": MOST_SENT + 1, "max_request_header_size": 65_536})
"""What waitress refuses before it is kept (413, 431): by default that would be 1 GB and 256 kB."""


def register(app: Flask, _: Settings) -> None:
    """Refuse what is larger."""
    app.config["MAX_CONTENT_LENGTH"] = app.config["MAX_FORM_MEMORY_SIZE"] = MOST_SENT
    app.before_request(_check_address)


def _check_address() -> None:
    if len(request.environ.get("PATH_INFO", "")) + len(request.query_string) > LONGEST_ADDRESS:
        raise RequestURITooLarge(f"The address is longer than {LONGEST_ADDRESS:,} bytes.")
