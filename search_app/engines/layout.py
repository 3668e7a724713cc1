"""How engines lay out what they hold, where they do it alike."""

from __future__ import annotations

from datetime import date

VALUE_SEPARATOR = "\x1e"
"""Parts the values of a field; letters hold no control characters."""

VALUE_GAP = 1_000
"""Positions between two values of a field, more than any phrase's slop."""

INEXACT = 0.5
"""Score of a word found by its beginning or its likeness, in each field: below that of most exact words."""


def facet_column(name: str) -> str:
    """The name of the column that holds a facet's values."""
    return f"facet_{name}"


def day_number(day: date | None) -> int:
    """A date as a number that sorts like it; 0 for none."""
    return day.toordinal() if day else 0
