"""Marks what a query found in a text: exactly the tokens and phrases that made it match.

Snippets are plain segments; whoever prints them escapes them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import islice, takewhile

from search_app.query.analysis import Span, spans
from search_app.query.distance import accepts
from search_app.query.phrase import occurrences
from search_app.query.tree import Leaf, Node, Phrase, Word, positive_leaves

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


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    what: str


class Highlighter:
    """Marks the positive leaves of a query."""

    def __init__(self, tree: Node) -> None:
        self.leaves = tuple(dict.fromkeys(positive_leaves(tree)))

    def mark(self, text: str, field: str) -> Snippet:
        """The whole text with everything marked that the query finds in `field`."""
        return Snippet(tuple(_segments(text, 0, len(text), self._marks(text, field))), field)

    def passages(self, text: str, field: str, limit: int = 2) -> tuple[Snippet, ...]:
        """Up to `limit` passages that show the most different marked words, or the text's beginning."""
        marks = self._marks(text, field)
        chosen: list[tuple[int, int]] = []
        shown: set[str] = set()
        while len(chosen) < limit:
            best = _best_window(text, marks, chosen, shown)
            if best is None:
                break
            chosen.append(best)
            shown |= {mark.what for mark in marks if best[0] <= mark.start and mark.end <= best[1]}
        windows = sorted(chosen) or [(0, _word_end(text, PASSAGE))]
        return tuple(
            Snippet(tuple(_segments(text, start, end, marks)), field, start > 0, end < len(text))
            for start, end in windows
        )

    def _marks(self, text: str, field: str) -> list[_Mark]:
        leaves = [leaf for leaf in self.leaves if field in leaf.fields]
        if not leaves or not text:
            return []
        tokens = list(spans(text))
        found = [mark for leaf in leaves for mark in _leaf_marks(leaf, tokens)]
        return _disjoint(found)


def _leaf_marks(leaf: Leaf, tokens: list[Span]) -> Iterator[_Mark]:
    match leaf:
        case Word():
            yield from (_Mark(s.start, s.end, s.token) for s in tokens if s.token == leaf.token)
        case Phrase():
            yield from _phrase_marks(leaf, tokens)
        case _:
            yield from (_Mark(s.start, s.end, s.token) for s in tokens if accepts(leaf, s.token))


def _phrase_marks(leaf: Phrase, tokens: list[Span]) -> Iterator[_Mark]:
    places = [[at for at, span in enumerate(tokens) if span.token == token] for token in leaf.tokens]
    what = " ".join(leaf.tokens)
    for found in occurrences(places, leaf.slop):
        if leaf.slop == 0:
            yield _Mark(tokens[found[0]].start, tokens[found[-1]].end, what)
        else:
            yield from (_Mark(tokens[at].start, tokens[at].end, what) for at in found)


def _disjoint(marks: Iterable[_Mark]) -> list[_Mark]:
    kept: list[_Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept


def _segments(text: str, start: int, end: int, marks: Iterable[_Mark]) -> Iterator[Segment]:
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


def _best_window(
    text: str, marks: list[_Mark], taken: list[tuple[int, int]], shown: set[str]
) -> tuple[int, int] | None:
    """The window with the most marked words not shown yet, then the most marks, then the earliest."""
    best: tuple[int, int, int] | None = None
    window: tuple[int, int] | None = None
    for at, mark in enumerate(marks):
        start = _word_start(text, mark.start - LEAD)
        end = max(_word_end(text, start + PASSAGE), mark.end)
        if any(start < other_end and other_start < end for other_start, other_end in taken):
            continue
        inside = [one.what for one in takewhile(_ends_by(end), islice(marks, at, None))]
        fresh = len(set(inside) - shown)
        if (taken and not fresh) or (best is not None and (fresh, len(inside), -at) <= best):
            continue
        best, window = (fresh, len(inside), -at), (start, end)
    return window


def _ends_by(end: int) -> Callable[[_Mark], bool]:
    return lambda mark: mark.end <= end


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
