"""The list that a facet shows, from the counts that an engine made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from heapq import nsmallest

from search_app.engines.base import Facet, FacetValue
from search_app.query.request import FACET_LIMIT


def listed(name: str, counts: Mapping[str, int], selected: Iterable[str]) -> Facet:
    """The facet of these counts in the contract's order, cut at FACET_LIMIT values beside the ticked ones."""
    ticked = set(selected)
    rows = sorted((-counts.get(value, 0), value) for value in ticked)
    others = [(-count, value) for value, count in counts.items() if value not in ticked]
    values = [FacetValue(value, -count, selected=True) for count, value in rows]
    values += [FacetValue(value, -count) for count, value in nsmallest(FACET_LIMIT, others)]
    return Facet(name, tuple(values), max(0, len(others) - FACET_LIMIT))
