"""Which of the matching documents pass the ticked facets, and how many each facet value has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable

from search_app.engines.base import Facet, FacetValue
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.query.request import FACET_LIMIT, Filter, SearchRequest


class Filtered:
    """The documents that match a query, seen through a request's filters."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, matching: Collection[int]) -> None:
        self._snapshot = snapshot
        self._request = request
        self._matching = matching
        self._passing = {one.field: self._pass(one) for one in request.filters}

    def hits(self) -> Collection[int]:
        """The documents that pass every filter."""
        return self._without(None)

    def facets(self) -> tuple[Facet, ...]:
        """The request's facets, each counted over what passes every filter but its own."""
        return tuple(self._facet(name) for name in self._request.facets)

    def _pass(self, one: Filter) -> set[int]:
        column = self._snapshot.facet(one.field)
        ticked = set(one.values)
        wanted = {at for at, values in enumerate(column.values) if not ticked.isdisjoint(values)}
        combination = column.combination
        return {doc for doc in self._matching if combination[doc] in wanted}

    def _without(self, field: str | None) -> Collection[int]:
        sets = [passing for name, passing in self._passing.items() if name != field]
        return set.intersection(*sets) if sets else self._matching

    def _facet(self, name: str) -> Facet:
        column = self._snapshot.facet(name)
        combinations = Counter(map(column.combination.__getitem__, self._without(name)))
        counts: Counter[str] = Counter()
        for at, count in combinations.items():
            for value in column.values[at]:
                counts[value] += count
        return listed(name, counts, self._request.selected(name))


def listed(name: str, counts: Counter[str], selected: Iterable[str]) -> Facet:
    """The facet of these counts in the contract's order, cut at FACET_LIMIT values beside the ticked ones."""
    ticked = [FacetValue(value, counts[value], selected=True) for value in selected]
    others = [FacetValue(value, count) for value, count in counts.items() if value not in set(selected)]
    ticked.sort(key=lambda one: (-one.count, one.value))
    others.sort(key=lambda one: (-one.count, one.value))
    return Facet(name, (*ticked, *others[:FACET_LIMIT]), max(0, len(others) - FACET_LIMIT))
