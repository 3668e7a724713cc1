"""How engines lay out what they hold, where they do it alike."""

from __future__ import annotations

from datetime import date
from functools import lru_cache

from search_app.fields import texts
from search_app.model import Decision, Determination
from search_app.query.concepts import identifiers

_identifiers = lru_cache(maxsize=4_096)(identifiers)
"""The decisions of a letter share its summary, and many letters their guideline paragraphs."""

VALUE_SEPARATOR = "\x1e"
"""Parts the values of a field; letters hold no control characters."""

VALUE_GAP = 1_000
"""Positions between two values of a field, more than any phrase's slop."""

INEXACT = 0.5
"""Score of a word found by its beginning or its likeness, in each field: below that of most exact words."""


def facet_column(name: str) -> str:
    """The name of the column that holds a facet's values."""
    return f"facet_{name}"


def concept_field(name: str) -> str:
    """The name of the field that holds the concepts of a text field."""
    return f"{name}_concepts"


def concepts_of(name: str, determination: Determination, decision: Decision) -> str:
    """The identifiers of the concepts in a text field of a decision, with spaces between them."""
    return " ".join(map(_identifiers, texts(name, determination, decision)))


def day_number(day: date | None) -> int:
    """A date as a number that sorts like it; 0 for none."""
    return day.toordinal() if day else 0
