"""The list that a facet shows, from the counts that an engine made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest

from search_app.engines.base import Facet, FacetValue
from search_app.fields import FIELDS


def listed(name: str, counts: Mapping[str, int], selected: Iterable[str], limit: int) -> Facet:
    """The facet of these counts in the contract's order, cut at `limit` values beside the ticked ones."""
    ticked = set(selected)
    rows = sorted((-counts.get(value, 0), value) for value in ticked)
    others = [(-count, value) for value, count in counts.items() if value not in ticked]
    values = [FacetValue(value, -count, selected=True) for count, value in rows]
    most = len(others) if FIELDS[name].whole else limit
    values += [FacetValue(value, -count) for count, value in nsmallest(most, others)]
    return Facet(name, tuple(values), max(0, len(others) - most))
