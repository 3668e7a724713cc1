"""What every layout gives: the parts of a letter, each still as text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Item:
    """One disputed item as printed, each part on one line; None for a guideline paragraph that is absent."""

    heading: str
    outcome: str
    claims_admin: str | None
    reviewer: str | None
    rationale: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of a letter. Its items are all there: a layout that can't find them all raises."""

    header: str
    reviewer: str
    summary: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """A form of letter: its name, whether a text is in it, and how to read it.

    Both take the text with a line's end before its first line.
    `read` raises NotADetermination for a text that is in this form but can't be read wholly.
    """

    name: str
    recognises: Callable[[str], bool]
    read: Callable[[str], Parts]
