"""The list that a facet shows, from the counts that an engine made."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from search_app.engines.base import Facet, FacetValue
from search_app.query.request import FACET_LIMIT


def listed(name: str, counts: Mapping[str, int], selected: Iterable[str]) -> Facet:
    """The facet of these counts in the contract's order, cut at FACET_LIMIT values beside the ticked ones."""
    ticked = dict.fromkeys(selected)
    rows = [FacetValue(value, counts.get(value, 0), selected=True) for value in ticked]
    others = [FacetValue(value, count) for value, count in counts.items() if value not in ticked]
    rows.sort(key=lambda one: (-one.count, one.value))
    others.sort(key=lambda one: (-one.count, one.value))
    return Facet(name, (*rows, *others[:FACET_LIMIT]), max(0, len(others) - FACET_LIMIT))
