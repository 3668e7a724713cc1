"""Marks what a reader looks for in one letter, beside the words of the search that led there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from search_app.query.highlight import Highlighter, Snippet
from search_app.web.pages.parts import Link, SearchForm

LONGEST = 200
"""Characters of what is looked for that count; no phrase worth finding is longer."""

LISTED = 30
"""Matches that have a link of their own; a longer row of numbers helps nobody."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A run of text: `marked` for the search, `match` the number of the match it belongs to (0 for none).

    `anchor` is its id on the page if a match begins with it.
    """

    text: str
    marked: bool = False
    match: int = 0
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Passage:
    """The pieces of a text of the letter, in order."""

    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """The text without its marks."""
        return "".join(piece.text for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class FindBox:
    """The box, what it found in words, and a link to each of the first matches."""

    form: SearchForm
    told: str
    matches: tuple[Link, ...]


class Marks:
    """Marks the texts of one page in the order in which they are asked for, counting the matches."""

    def __init__(self, highlighter: Highlighter, form: SearchForm) -> None:
        self.form = form
        self._highlighter = highlighter
        self._count = 0
        words = form.query.split()
        self._pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None

    def mark(self, text: str, field: str = "") -> Passage:
        """A text with the search's marks for `field` and the matches of what is looked for."""
        found = [one.span() for one in self._pattern.finditer(text)] if self._pattern else []
        snippet = self._highlighter.mark(text, field)
        passage = Passage(tuple(_pieces(snippet, found, self._count)))
        self._count += len(found)
        return passage

    def box(self) -> FindBox:
        """The box, once everything is marked."""
        listed = range(1, min(self._count, LISTED) + 1)
        return FindBox(
            self.form, self._told(), tuple(Link(str(number), f"#{_anchor(number)}") for number in listed)
        )

    def _told(self) -> str:
        if not self._pattern:
            return ""
        count = {0: "No match", 1: "1 match"}.get(self._count, f"{self._count:,} matches")
        return f"{count} for “{self.form.query}” in this letter"


def _pieces(snippet: Snippet, found: list[tuple[int, int]], before: int) -> Iterator[Piece]:
    """Cut the segments of a snippet where matches begin and end."""
    spans = list(enumerate(found, before + 1))
    whole = snippet.text
    at = 0
    for segment in snippet.segments:
        end = at + len(segment.text)
        while at < end:
            spans = [one for one in spans if one[1][1] > at]
            number, (start, stop) = spans[0] if spans else (0, (end, end))
            inside = start <= at
            cut = min(end, stop if inside else start)
            anchor = _anchor(number) if inside and start == at else ""
            yield Piece(whole[at:cut], segment.marked, number if inside else 0, anchor)
            at = cut


def _anchor(number: int) -> str:
    return f"found-{number}"
