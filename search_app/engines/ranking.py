"""What engines do alike with the best of their candidates: rank them by closeness, and fold near-twins.

An engine ranks what it finds by its words. The first `WINDOW` of that order are then read, and ranked by
how close together their rationales say what was asked for (`query.closeness`); of near-twins among them
(`query.twins`), the first stands for all. What comes behind them stays in the engine's order.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from search_app.query.closeness import closeness
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import positive_leaves

WINDOW = 100
"""Candidates that are read; it bounds what ranking costs, whatever is found."""

Document = TypeVar("Document")


@dataclass(frozen=True, slots=True)
class Read:
    """What ranking needs of a decision: its rationale, and the keys that its near-twins have too."""

    rationale: str
    twin_keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place(Generic[Document]):
    """A place in the list: a decision, its score, and whether near-twins are folded into it."""

    document: Document
    score: float
    keys: tuple[str, ...] = ()
    has_twins: bool = False


@dataclass(frozen=True, slots=True)
class Places(Generic[Document]):
    """The places of one page, and how many decisions the list has no place of their own for."""

    shown: Sequence[Place[Document]]
    folded: int = 0


Find = Callable[[int, int], Sequence[tuple[float, Document]]]
"""Scores and documents of the engine's own order, from an offset on, so many at most."""


def by_relevance(request: SearchRequest) -> bool:
    """Whether a request ranks at all: it asks for that order, and has words to rank by."""
    return request.sort is Sort.RELEVANCE and any(True for _ in positive_leaves(request.tree))


def places(
    request: SearchRequest, find: Find[Document], read: Callable[[Document], Read]
) -> Places[Document]:
    """The page that a request asks for."""
    offset, limit = request.offset, request.limit
    if not by_relevance(request) or (offset >= WINDOW and not request.fold):
        return Places([Place(document, score) for score, document in find(offset, limit)])
    window = find(0, WINDOW)
    first = _ranked(request, window, read)
    shown = first[offset : offset + limit]
    if len(shown) < limit and len(window) == WINDOW:
        behind = WINDOW + max(0, offset - len(first))
        shown += [Place(document, score) for score, document in find(behind, limit - len(shown))]
    return Places(shown, len(window) - len(first))


def _ranked(
    request: SearchRequest, window: Sequence[tuple[float, Document]], read: Callable[[Document], Read]
) -> list[Place[Document]]:
    known = [read(document) for _, document in window]
    worth = closeness(request.tree, [one.rationale for one in known], request.recipe)
    scores = [score + more for (score, _), more in zip(window, worth, strict=True)]
    order = sorted(range(len(known)), key=lambda at: -scores[at])
    ranked = [Place(window[at][1], scores[at], known[at].twin_keys) for at in order]
    return _folded(ranked) if request.fold else ranked


def _folded(ranked: Sequence[Place[Document]]) -> list[Place[Document]]:
    """The places that are no near-twins of earlier ones."""
    heads: list[Place[Document]] = []
    having: dict[str, int] = {}
    for place in ranked:
        at = min((having[key] for key in place.keys if key in having), default=None)
        if at is None:
            having |= dict.fromkeys(place.keys, len(heads))
            heads.append(place)
        elif not heads[at].has_twins:
            heads[at] = replace(heads[at], has_twins=True)
    return heads
