"""What of a heading was actually decided.

"X was the original request. Y was authorized by the Claims Administrator. The remaining IMR eligible
portion of the original request, Z is: Upheld" decides Z; in "... leaving the original request IMR
eligible. The original request, X is: Upheld" all of X is decided. The connecting words vary.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FLAGS = re.IGNORECASE | re.DOTALL
_ORIGINAL = re.compile(
    r"^(?P<x>.{1,2000}?),?\s+was\s+(?:the\s+original(?:ly)?\s+request(?:ed)?|originally\s+requested)\s*[.;,]\s*(?P<rest>.+)$",
    _FLAGS,
)
_AUTHORIZED = re.compile(
    r"^(?P<y>.{1,2000}?),?\s+(?:was|were|has\s+been|have\s+been)\s+(?:authorized|approved|certified)"
    r"(?:\s+by\s+the\s+Claims\s+Administrator)?\s*[.;,]",
    _FLAGS,
)
_ADMINISTRATOR_AUTHORIZED = re.compile(
    r"^The\s+Claims\s+Administrator\s+(?:has\s+)?(?:authorized|approved|certified)\s+"
    r"(?P<y>.{1,2000}?)(?:,\s+leaving\b[^.]*)?\s*\.\s",
    _FLAGS,
)
_DECIDED = re.compile(
    r"(?:remaining\s+(?:IMR[-\s]+)?(?:eligible\s+)?portion\s+of\s+the\s+(?:original\s+)?request"
    r"|\.\s+The\s+original\s+request)\s*,?\s+(?P<z>.+)$",
    _FLAGS,
)
_ASSOCIATED = re.compile(r"^Associated\s+surgical\s+services?\s*:\s*", re.IGNORECASE)
_TRAILING_IS = re.compile(r"[,\s](?:is|are)$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Request:
    """A heading and its parts; `associated` tells whether it is marked as part of a surgery."""

    request: str
    disputed: str
    original_request: str | None = None
    authorized: str | None = None
    associated: bool = False


def read_request(heading: str) -> Request:
    """The parts of a heading that stands on one line, without its outcome."""
    request = _TRAILING_IS.sub("", heading.rstrip(" :")).rstrip(" ,").lstrip()
    associated = _ASSOCIATED.match(request)
    original = _ORIGINAL.match(request)
    decided = _DECIDED.search(request) if original else None
    if not original or not decided:
        return Request(request, _ASSOCIATED.sub("", request), associated=bool(associated))
    return Request(
        request,
        disputed=_trimmed(decided["z"]),
        original_request=_ASSOCIATED.sub("", _trimmed(original["x"])),
        authorized=_authorized(original["rest"]),
        associated=bool(associated),
    )


def _authorized(rest: str) -> str | None:
    found = _ADMINISTRATOR_AUTHORIZED.match(rest) or _AUTHORIZED.match(rest)
    return _trimmed(found["y"]) if found else None


def _trimmed(text: str) -> str:
    return text.strip(" ,.;:")
