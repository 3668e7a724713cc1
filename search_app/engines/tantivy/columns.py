"""The columns in which facets are counted.

Counting costs a look-up for each document and column, whatever the column holds. So the list of values that
a decision has in a facet is one entry, and facets of which few combinations occur share a column. Only
facets whose lists hardly repeat hold their values one by one.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from search_app.engines.layout import VALUE_SEPARATOR, facet_column
from search_app.fields import FACETS

_LIST_SEPARATOR = "\x1d"
"""Parts the lists of the facets that share a column."""

_SHARED = (("outcome", "agreement", "year"), ("category", "subcategory", "drug_class"))
_LONG_TAILED = frozenset({"section", "licensure"})


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its name, and the facets that it holds."""

    name: str
    facets: tuple[str, ...]

    def entries(self, values: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
        """The entries of a decision that has these values in the facets."""
        if self._is_long_tailed:
            yield from values[self.facets[0]]
        else:
            yield _LIST_SEPARATOR.join(VALUE_SEPARATOR.join(values[facet]) for facet in self.facets)

    def counts(self, entries: Iterable[tuple[str, int]]) -> dict[str, Counter[str]]:
        """The counts of each facet's values, from those of the entries."""
        counts: dict[str, Counter[str]] = {facet: Counter() for facet in self.facets}
        for entry, count in entries:
            for facet, values in zip(self.facets, entry.split(_LIST_SEPARATOR), strict=True):
                for value in values.split(VALUE_SEPARATOR):
                    counts[facet][value] += count
        return counts

    @property
    def _is_long_tailed(self) -> bool:
        return not _LONG_TAILED.isdisjoint(self.facets)


def _columns() -> tuple[Column, ...]:
    sharing = {facet: facets for facets in _SHARED for facet in facets}
    groups = dict.fromkeys(sharing.get(facet, (facet,)) for facet in FACETS)
    return tuple(Column(facet_column("_".join(facets)), facets) for facets in groups)


COLUMNS: tuple[Column, ...] = _columns()


def columns_of(facets: Iterable[str]) -> tuple[Column, ...]:
    """The columns that hold any of these facets."""
    wanted = set(facets)
    return tuple(column for column in COLUMNS if not wanted.isdisjoint(column.facets))
