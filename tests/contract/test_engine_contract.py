"""Every engine gives the oracle's answers to the tables of queries and facet states."""

from __future__ import annotations

import pytest

from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.conftest import STATES, Indexes
from tests.contract.engines import ENGINES
from tests.contract.states import FACET_STATES, QUERIES

BESIDE_FACETS = (
    "",
    "knee",
    "tramadol improvement",
    "-outcome:upheld",
    '"functional improvement"~2',
    "nosuchword",
)
"""Queries that every facet state is combined with."""

every_index = pytest.mark.parametrize(
    ("name", "state"), [pytest.param(n, s, id=f"{n}-{s}".replace(" ", "_")) for n in ENGINES for s in STATES]
)


def short(typed: str) -> str:
    return ascii(typed)[1:40]


@every_index
@pytest.mark.parametrize("typed", QUERIES, ids=short)
def test_query(indexes: Indexes, name: str, state: str, typed: str) -> None:
    request = SearchRequest(
        tree=read(typed).tree, filters=FACET_STATES[QUERIES.index(typed) % len(FACET_STATES)]
    )
    engine, oracle = indexes.engine(name, state), indexes.oracle(state)
    assert_same(engine, oracle, SearchRequest(tree=request.tree))
    assert_same(engine, oracle, request)


@every_index
@pytest.mark.parametrize("filters", FACET_STATES, ids=lambda filters: "+".join(one.field for one in filters))
def test_facet_state(indexes: Indexes, name: str, state: str, filters: tuple[Filter, ...]) -> None:
    for typed in BESIDE_FACETS:
        request = SearchRequest(tree=read(typed).tree, filters=filters)
        assert_same(indexes.engine(name, state), indexes.oracle(state), request)


def test_the_tables_say_something(indexes: Indexes) -> None:
    """Most queries find some decisions but not all, and many different numbers, so that agreement counts."""
    oracle = indexes.oracle("one segment")
    totals = [len(oracle.search(SearchRequest(tree=read(typed).tree, facets=())).ids) for typed in QUERIES]
    assert sum(0 < total < len(oracle.items) for total in totals) > len(QUERIES) * 0.6
    assert len(set(totals)) > 30
