"""How many of the found documents each value of a facet has."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from search_app.engines.base import Facet
from search_app.engines.listing import listed
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.query.request import Filter, SearchRequest


class Filtered:
    """The documents that match a query, seen through a request's filters; all are sets of `bits`."""

    def __init__(self, snapshot: Snapshot, request: SearchRequest, matching: int) -> None:
        self._snapshot = snapshot
        self._request = request
        self._matching = matching
        self._passing = {one.field: self._pass(one) for one in request.filters}

    def hits(self) -> int:
        """The documents that pass every filter."""
        return self._without(None)

    def facets(self) -> tuple[Facet, ...]:
        """The request's facets, each counted over what passes every filter but its own."""
        return tuple(self._facet(name) for name in self._request.facets)

    def _pass(self, one: Filter) -> int:
        having = self._snapshot.facet(one.field)
        return reduce(or_, (having.get(value, 0) for value in one.values))

    def _without(self, field: str | None) -> int:
        others = (passing for name, passing in self._passing.items() if name != field)
        return reduce(and_, others, self._matching)

    def _facet(self, name: str) -> Facet:
        seen = self._without(name)
        having = self._snapshot.facet(name).items()
        counts = {value: count for value, bits in having if (count := (seen & bits).bit_count())}
        return listed(name, counts, self._request.selected(name), self._request.facet_limit)
