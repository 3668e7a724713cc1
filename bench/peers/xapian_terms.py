"""How a decision's fields lie in a Xapian database."""

from __future__ import annotations

from search_app.fields import FACETS

DECIDED = len(FACETS)
"""The value slot of the date; the slots below have the facets."""


def term_prefix(field: str) -> str:
    """What a term of a text field begins with; Xapian's own convention is X and capitals."""
    return f"X{field.upper().replace('_', '')}:"


def facet_term(field: str, value: str) -> str:
    """The term that a ticked value is looked up by; Xapian's terms have up to 245 bytes."""
    return f"XF{FACETS.index(field)}:{value}".encode()[:240].decode(errors="ignore")
