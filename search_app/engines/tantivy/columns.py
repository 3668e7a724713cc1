"""The columns in which facets are counted.

A column with one entry for every document is counted many times faster than one with several values for
some. So the list of values that a decision has in a facet is one entry, and facets of which few combinations
occur share a column. Facets with ever other lists have three columns: for the first value, the second, and
the list of the others.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search_app.engines.layout import VALUE_SEPARATOR, facet_column
from search_app.fields import FACETS

_LIST_SEPARATOR = "\x1d"
"""Parts the lists of the facets that share a column."""

_SHARED = (("outcome", "agreement", "portion", "year", "month"), ("category", "subcategory", "drug_class"))
_MANY_LISTS = frozenset({"section", "licensure"})
_PLACES = ((0, 1), (1, 2), (2, None))


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, the facets that it holds, and the places of their lists of values, from and to."""

    name: str
    facets: tuple[str, ...]
    places: tuple[int, int | None] = (0, None)

    def entry(self, values: Mapping[str, tuple[str, ...]]) -> str:
        """The entry of a decision that has these values in the facets."""
        first, last = self.places
        lists = (values[facet][first:last] for facet in self.facets)
        return _LIST_SEPARATOR.join(map(VALUE_SEPARATOR.join, lists))

    def counts(self, entries: Iterable[tuple[str, int]]) -> Mapping[str, Counter[str]]:
        """The counts of each facet's values, from those of the entries."""
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in self.facets}
        for entry, count in entries:
            for facet, values in zip(self.facets, entry.split(_LIST_SEPARATOR), strict=True):
                for value in filter(None, values.split(VALUE_SEPARATOR)):
                    counts[facet][value] += count
        return counts


def _columns() -> Iterator[Column]:
    sharing = {facet: facets for facets in _SHARED for facet in facets}
    for facets in dict.fromkeys(sharing.get(facet, (facet,)) for facet in FACETS):
        name = facet_column("_".join(facets))
        if _MANY_LISTS.isdisjoint(facets):
            yield Column(name, facets)
        else:
            yield from (Column(f"{name}_{at}", facets, places) for at, places in enumerate(_PLACES, 1))


COLUMNS: tuple[Column, ...] = tuple(_columns())


def columns_of(facets: Iterable[str]) -> tuple[Column, ...]:
    """The columns that hold any of these facets."""
    wanted = set(facets)
    return tuple(column for column in COLUMNS if not wanted.isdisjoint(column.facets))
