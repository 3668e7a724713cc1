"""How many decisions of an index each suggestion leads to."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from time import monotonic
from weakref import WeakKeyDictionary

from search_app import deadline
from search_app.engines.answering import answer
from search_app.engines.base import Engine, Facet
from search_app.query.parameters import QUERY, search_of
from search_app.query.request import Filter, SearchRequest
from search_app.suggest.beginnings import Beginnings, Match
from search_app.suggest.names import COUNTED, Name, names_in

MOST_AGE = 300.0
"""Seconds that counts are used for: an index that is being written to changes under its engine."""


@dataclass(slots=True)
class Counts:
    """The counts of one index: facet values all at once, anything else by one search when it is asked for.

    They don't hold on to their engine, so that it can go.
    """

    names: Beginnings[Name]
    since: float
    _facets: dict[tuple[str, str], int]
    _cut: frozenset[str]
    _searched: dict[tuple[str, str], int] = field(default_factory=dict)

    @classmethod
    def of(cls, engine: Engine, since: float) -> Counts:
        """Count the facets over everything."""
        facets = engine.search(SearchRequest(limit=1, facets=COUNTED)).facets
        values = {(one.field, value.value): value.count for one in facets for value in one.values}
        return cls(names_in(facets), since, values, _cut(facets))

    def known(self, match: Match[Name]) -> int | None:
        """The decisions that a suggestion leads to, or None where only a search can tell."""
        what = _target(match)
        found = self._facets.get(what, self._searched.get(what))
        if found is None and what[0] and what[0] not in self._cut:
            return 0
        return found

    def search(self, match: Match[Name], engine: Engine) -> int:
        """The same, by a search of their engine: words as the search page answers them."""
        name, value = what = _target(match)
        if name:
            request = SearchRequest(filters=(Filter(name, (value,)),), limit=1, facets=())
            total = engine.search(request).total
        else:
            total = answer(engine, search_of({QUERY: [value]}, 1, facets=())).page.total
        self._searched[what] = total
        return total


def _target(match: Match[Name]) -> tuple[str, str]:
    """The facet and its value, or "" and the words."""
    name = match.value
    return (name.field, name.value) if name.field else ("", name.query or match.form)


def _cut(facets: tuple[Facet, ...]) -> frozenset[str]:
    """The facets that have more values than are listed."""
    return frozenset(one.field for one in facets if one.more)


class CountsHolder:
    """The counts of each engine that is in use; they go when their engine does."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._held: WeakKeyDictionary[Engine, Counts] = WeakKeyDictionary()

    def of(self, engine: Engine) -> Counts:
        """The counts of an engine's index, no older than `MOST_AGE`."""
        with self._lock:
            held = self._held.get(engine)
            if held is None or self._clock() - held.since > MOST_AGE:
                with deadline.within(None):  # they are for all requests
                    held = self._held[engine] = Counts.of(engine, self._clock())
            return held
