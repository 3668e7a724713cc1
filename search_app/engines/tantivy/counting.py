"""The exact total of a search and the counts of its facets, in one pass over Tantivy's columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any

from tantivy import Query, Searcher

from search_app import deadline
from search_app.engines.base import Facet
from search_app.engines.listing import listed
from search_app.engines.tantivy.columns import Column, columns_of
from search_app.engines.tantivy.schema import DAY, TICKS, tick
from search_app.query.request import Filter, SearchRequest

ENTRIES = 5_000
"""Entries of a column that are asked for at first; rarely are there more."""

MOST_ENTRIES = 60_000
"""Entries asked for where there are more, the most frequent; Tantivy allows 65,000 in one answer.

What a column has beyond them is not counted.
"""

_TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Counts:
    """The number of documents, and the number of each value of each facet."""

    total: int
    facets: Mapping[str, Mapping[str, int]]


def merged(parts: Sequence[Counts]) -> Counts:
    """The total of the first part, and the facets of all."""
    return Counts(parts[0].total, {name: one for part in parts for name, one in part.facets.items()})


def listed_facets(counts: Counts, request: SearchRequest) -> tuple[Facet, ...]:
    """The request's facets from their counts."""
    return tuple(
        listed(name, counts.facets[name], request.selected(name), request.facet_limit)
        for name in request.facets
    )


class Counting:
    """Counts the documents of one query."""

    def __init__(self, searcher: Searcher, query: Query) -> None:
        self._searcher = searcher
        self._query = query

    def total(self) -> int:
        """The number of documents."""
        return int(self._aggregate(_total())[_TOTAL]["value"])

    def facets(self, facets: Iterable[str]) -> Counts:
        """The total, and the values of these facets."""
        return self._counts("*", facets, self._aggregate(_total() | _terms(facets)))

    def ticked(self, filters: Iterable[Filter], facets: Iterable[str]) -> Counts:
        """The same of what passes the filters; each ticked facet passes all filters but its own."""
        ticked = {one.field: _any_of(one) for one in filters}
        own = [name for name in facets if name in ticked]
        plain = [name for name in facets if name not in ticked]
        passing = {name: _all_but(name, ticked) for name in (_TOTAL, *own)}
        found = self._aggregate(
            {_TOTAL: _filtered(passing[_TOTAL], _total() | _terms(plain))}
            | {name: _filtered(passing[name], _terms([name])) for name in own}
        )
        counts = self._counts(passing[_TOTAL], plain, found[_TOTAL])
        others = (self._values(passing[name], [name], found[name]) for name in own)
        return Counts(counts.total, reduce(or_, others, dict(counts.facets)))

    def _aggregate(self, request: Mapping[str, Any]) -> Mapping[str, Any]:
        deadline.check()
        return self._searcher.aggregate(self._query, dict(request))

    def _counts(self, passing: str, facets: Iterable[str], found: Mapping[str, Any]) -> Counts:
        return Counts(int(found[_TOTAL]["value"]), self._values(passing, facets, found))

    def _values(
        self, passing: str, facets: Iterable[str], found: Mapping[str, Any]
    ) -> dict[str, Counter[str]]:
        """The counts of the facets' values."""
        counts: dict[str, Counter[str]] = {name: Counter() for name in facets}
        for column in columns_of(counts):
            held = column.counts(self._entries(passing, column, found[column.name]))
            for name in counts.keys() & held.keys():
                counts[name].update(held[name])
        return counts

    def _entries(self, passing: str, column: Column, found: Mapping[str, Any]) -> Iterator[tuple[str, int]]:
        """A column's entries and their counts; asks again where some were left out."""
        if found["sum_other_doc_count"]:
            request = _filtered(passing, {column.name: _entries_of(column, MOST_ENTRIES)})
            found = self._aggregate({_TOTAL: request})[_TOTAL][column.name]
        return ((one["key"], one["doc_count"]) for one in found["buckets"])


def _terms(facets: Iterable[str]) -> dict[str, Any]:
    return {column.name: _entries_of(column, ENTRIES) for column in columns_of(facets)}


def _entries_of(column: Column, most: int) -> dict[str, Any]:
    return {"terms": {"field": column.name, "size": most}}


def _total() -> dict[str, Any]:
    return {_TOTAL: {"value_count": {"field": DAY}}}


def _filtered(restriction: str, aggregations: Mapping[str, Any]) -> dict[str, Any]:
    return {"filter": restriction, "aggs": aggregations}


def _any_of(one: Filter) -> str:
    """In Tantivy's own query language: any of the ticked values."""
    return f"+({' '.join(f'{TICKS}:{tick(one.field, value)}' for value in one.values)})"


def _all_but(facet: str, ticked: Mapping[str, str]) -> str:
    """In Tantivy's own query language: every restriction but that of one facet."""
    return " ".join(query for name, query in ticked.items() if name != facet) or "*"
