"""Rates over the contract's letters, on every engine, against searches for each value."""

from __future__ import annotations

from dataclasses import replace

import pytest

from search_app.engines.base import Engine, Facet, FacetValue
from search_app.insights import tables
from search_app.insights.overview import overview
from search_app.insights.rates import Rate
from search_app.insights.tables import DIMENSIONS, Row, Table, rates
from search_app.model import OVERTURNED
from search_app.query.parameters import search_of
from search_app.query.request import Filter, SearchRequest
from tests.contract.conftest import engine, indexes

__all__ = ["engine", "indexes"]

ASKED = [{}, {"q": ["pain"]}, {"outcome": ["Upheld"], "category": ["Pharmaceuticals"]}]


def found(engine: Engine, request: SearchRequest, *ticked: tuple[str, str]) -> Rate:
    fields = {field for field, _ in ticked} | {"outcome"}
    kept = tuple(one for one in request.filters if one.field not in fields)
    plain = replace(request, filters=(*kept, *(Filter(field, (value,)) for field, value in ticked)))
    won = replace(plain, filters=(*plain.filters, Filter("outcome", (OVERTURNED,))))
    return Rate(engine.search(won).total, engine.search(plain).total)


@pytest.mark.parametrize("given", ASKED)
def test_rates_are_what_searches_find(engine: Engine, given: dict[str, list[str]]) -> None:
    request = search_of(given).request
    counted = rates(engine, request, DIMENSIONS)
    assert counted.overall == found(engine, request)
    assert sum(len(table.rows) for table in counted.tables.values()) > 5
    for table in counted.tables.values():
        for row in table.rows:
            assert row.rate == found(engine, request, (table.field, row.value)), (table.field, row.value)


def test_pairs_are_what_searches_find(engine: Engine) -> None:
    pairing = overview(engine, SearchRequest()).pairing
    assert pairing.cells
    for claims, row in zip(pairing.claims, pairing.cells, strict=True):
        for reviewer, rate in zip(pairing.reviewer, row, strict=True):
            assert rate == found(
                engine, SearchRequest(), ("claims_guideline", claims), ("guideline", reviewer)
            )


def test_a_page_costs_a_bounded_number_of_searches(engine: Engine) -> None:
    class Counting:
        searches = 0

        def search(self, request: SearchRequest) -> object:
            self.searches += 1
            return engine.search(request)

    counting = Counting()
    overview(counting, SearchRequest())  # type: ignore[arg-type]
    assert counting.searches <= 14


def test_a_value_missing_from_a_cut_list_is_left_out_and_told() -> None:
    every = Facet("drug", (FacetValue("a", 9), FacetValue("b", 4)))
    whole, cut = (Facet("drug", (FacetValue("a", 3),), more) for more in (0, 1))
    assert tables._table(every, whole) == Table("drug", (Row("a", Rate(3, 9)), Row("b", Rate(0, 4))))
    assert tables._table(every, cut) == Table("drug", (Row("a", Rate(3, 9)),), left_out=1)
