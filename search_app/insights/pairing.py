"""How the guidelines of the two parties pair up."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search_app.engines.base import Engine
from search_app.insights.rates import Rate
from search_app.insights.tables import Table, rates, without
from search_app.query.request import Filter, SearchRequest

CLAIMS, REVIEWER = "claims_guideline", "guideline"

ROWS, COLUMNS = 5, 6
"""Of the matrix. A row costs two searches, so that a page takes no more than 14 with all else."""


@dataclass(frozen=True, slots=True)
class Pairing:
    """Rates by the claims administrator's guideline (a row each) and the reviewer's (a column each)."""

    claims: tuple[str, ...]
    reviewer: tuple[str, ...]
    cells: tuple[tuple[Rate, ...], ...]


def pairing(engine: Engine, request: SearchRequest, claims: Table, reviewer: Table) -> Pairing:
    """The commonest guidelines of each party against each other, whatever is ticked in either facet."""
    down = tuple(row.value for row in claims.rows[:ROWS])
    across = tuple(row.value for row in reviewer.rows[:COLUMNS])
    filters = without(request, CLAIMS, REVIEWER)
    cells = []
    for value in down:
        found = rates(engine, replace(request, filters=(*filters, Filter(CLAIMS, (value,)))), (REVIEWER,))
        by_value = {row.value: row.rate for row in found.tables[REVIEWER].rows}
        cells.append(tuple(by_value.get(one, Rate(0, 0)) for one in across))
    return Pairing(down, across, tuple(cells))
