"""Marks what a query found in a text: exactly the tokens and phrases that made it match.

Snippets are plain segments; whoever prints them escapes them.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from search_app.query.marks import Mark, Marker
from search_app.query.tree import Node, positive_leaves

PASSAGE = 260
"""Characters of a passage in a result list: about two and a half lines of a page 100 characters wide."""

LEAD = 70
"""Characters shown before the first marked word of a passage."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text, marked as found or not."""

    text: str
    marked: bool = False


@dataclass(frozen=True, slots=True)
class Snippet:
    """Segments of a text of `field`, in order; `cut_before` and `cut_after` say that it goes on there."""

    segments: tuple[Segment, ...]
    field: str = ""
    cut_before: bool = False
    cut_after: bool = False

    @property
    def text(self) -> str:
        """The snippet without its marks."""
        return "".join(segment.text for segment in self.segments)

    @property
    def marked(self) -> bool:
        """Whether anything in it is marked."""
        return any(segment.marked for segment in self.segments)


class _Window(NamedTuple):
    """A passage that could be shown, text[start:end], and what is found from its leading mark on."""

    start: int
    end: int
    found: list[str]


class Highlighter:
    """Marks the positive leaves of a query."""

    def __init__(self, tree: Node) -> None:
        self.leaves = tuple(dict.fromkeys(positive_leaves(tree)))
        self._markers: dict[str, Marker] = {}

    def mark(self, text: str, field: str) -> Snippet:
        """The whole text with everything marked that the query finds in `field`."""
        return Snippet(tuple(_segments(text, 0, len(text), self._marks(text, field))), field)

    def passages(self, text: str, field: str, limit: int = 2) -> tuple[Snippet, ...]:
        """Up to `limit` passages that show the most different marked words, or the text's beginning."""
        marks = self._marks(text, field)
        chosen = _best_windows(marks, _windows(text, marks), limit)
        return tuple(
            Snippet(tuple(_segments(text, start, end, marks)), field, start > 0, end < len(text))
            for start, end in sorted(chosen) or [(0, _word_end(text, PASSAGE))]
        )

    def _marks(self, text: str, field: str) -> list[Mark]:
        if field not in self._markers:
            self._markers[field] = Marker(leaf for leaf in self.leaves if field in leaf.fields)
        return self._markers[field].marks(text)


def _segments(text: str, start: int, end: int, marks: Iterable[Mark]) -> Iterator[Segment]:
    at = start
    for mark in marks:
        if mark.start < at or mark.end > end:
            continue
        if mark.start > at:
            yield Segment(text[at : mark.start])
        yield Segment(text[mark.start : mark.end], marked=True)
        at = mark.end
    if at < end:
        yield Segment(text[at:end])


def _windows(text: str, marks: list[Mark]) -> list[_Window]:
    """The passage that each mark leads."""
    ends = [mark.end for mark in marks]
    found = [mark.what for mark in marks]
    windows = []
    for at, mark in enumerate(marks):
        start = _word_start(text, mark.start - LEAD)
        end = max(_word_end(text, start + PASSAGE), mark.end)
        windows.append(_Window(start, end, found[at : bisect_right(ends, end)]))
    return windows


def _best_windows(marks: list[Mark], windows: list[_Window], limit: int) -> list[tuple[int, int]]:
    """Passages apart from each other; each has the most that the ones before don't show.

    Of equals it is the one with the most marks, then the earliest.
    """
    chosen: list[tuple[int, int]] = []
    hidden = {mark.what for mark in marks}
    while windows and hidden and len(chosen) < limit:
        start, end, found = max(
            windows, key=lambda one: (len(hidden.intersection(one.found)), len(one.found))
        )
        if hidden.isdisjoint(found):
            break
        chosen.append((start, end))
        hidden -= {mark.what for mark in marks if start <= mark.start and mark.end <= end}
        windows = [one for one in windows if one.end <= start or end <= one.start]
    return chosen


def _word_start(text: str, at: int) -> int:
    if at <= 0:
        return 0
    space = text.find(" ", at)
    return space + 1 if 0 <= space < at + 30 else at


def _word_end(text: str, at: int) -> int:
    if at >= len(text):
        return len(text)
    space = text.rfind(" ", 0, at)
    return space if space > at - 30 else at
