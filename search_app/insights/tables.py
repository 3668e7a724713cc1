"""Overturn rates by the values of facets, from two searches whatever the number of values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from search_app.engines.base import Engine, Facet, ResultPage
from search_app.insights.rates import Rate
from search_app.model import OVERTURNED
from search_app.query.request import Filter, SearchRequest, Sort

DIMENSIONS = (
    "drug",
    "category",
    "guideline",
    "claims_guideline",
    "specialty",
    "licensure",
    "body_part",
    "year",
)
"""The facets that rates are told by, in the order of the page."""

LISTED = 5_000
"""Values of a facet that are counted; the vocabularies of these facets are far smaller."""


@dataclass(frozen=True, slots=True)
class Row:
    """A value of a facet and the rate of its decisions."""

    value: str
    rate: Rate


@dataclass(frozen=True, slots=True)
class Table:
    """The values of a facet, most decisions first; `left_out` counts those whose rate is not known."""

    field: str
    rows: tuple[Row, ...]
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """The rate of all decisions of a search, and by each facet; a facet disregards what is ticked in it."""

    overall: Rate
    tables: Mapping[str, Table]


def rates(engine: Engine, request: SearchRequest, facets: tuple[str, ...]) -> Rates:
    """Rates of what a request finds; what is ticked in the facet of outcomes does not count."""
    every, overturned = both(engine, request, facets)
    by_field = {facet.field: facet for facet in overturned.facets}
    tables = {one.field: _table(one, by_field[one.field]) for one in every.facets}
    return Rates(Rate(overturned.total, every.total), tables)


def both(engine: Engine, request: SearchRequest, facets: tuple[str, ...]) -> tuple[ResultPage, ResultPage]:
    """What all decisions of a request, and its overturned ones, count to: two searches."""
    asked = replace(
        request,
        filters=without(request, "outcome"),
        sort=Sort.NEWEST,
        offset=0,
        limit=1,
        facets=facets,
        facet_limit=LISTED,
        fold=False,
    )
    overturned = replace(asked, filters=(*asked.filters, Filter("outcome", (OVERTURNED,))))
    return engine.search(asked), engine.search(overturned)


def without(request: SearchRequest, *fields: str) -> tuple[Filter, ...]:
    """The filters of a request but for those of some facets."""
    return tuple(one for one in request.filters if one.field not in fields)


def _table(every: Facet, overturned: Facet) -> Table:
    """A value that the list of overturned ones lacks has none, unless that list was cut."""
    hits = {one.value: one.count for one in overturned.values}
    known = [one for one in every.values if one.count and (one.value in hits or not overturned.more)]
    rows = [Row(one.value, Rate(hits.get(one.value, 0), one.count)) for one in known]
    rows.sort(key=lambda row: (-row.rate.n, row.value))
    there = sum(one.count > 0 for one in every.values)
    return Table(every.field, tuple(rows), every.more + there - len(rows))
