"""Facets with more values than are listed."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.model import Decision, Determination, Reviewer
from search_app.query.request import FACET_LIMIT, Filter, SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.engines import Maker
from tests.contract.oracle import Oracle

MANY = FACET_LIMIT + 30


def _letter(number: int) -> Determination:
    """Letter n has the drugs n to the last, so that drug n is in n + 1 letters."""
    drugs = tuple(f"drug {at:03}" for at in range(number, MANY))
    decision = Decision(request="Pills", disputed="Pills", outcome="Upheld", rationale="No.", drugs=drugs)
    return Determination(
        id=f"case {number:03}", decisions=(decision,), reviewer=Reviewer(boards=(f"Board {number % 9}",))
    )


LETTERS = tuple(_letter(number) for number in range(MANY))


@pytest.fixture
def many(maker: Maker, tmp_path: Path) -> Engine:
    return maker.build(tmp_path / "index", LETTERS)


def test_long_lists_are_cut_and_say_so(many: Engine) -> None:
    (facet,) = many.search(SearchRequest(facets=("drug",))).facets
    assert [value.value for value in facet.values] == [f"drug {at:03}" for at in range(MANY - 1, 29, -1)]
    assert facet.values[0].count == MANY
    assert facet.more == 30
    many.close()


def test_ticked_values_are_listed_whatever_their_count(many: Engine) -> None:
    ticked = tuple(f"drug {at:03}" for at in range(0, 60, 2))
    for filters in (
        (Filter("drug", (*ticked, "nothing")),),
        (Filter("drug", ticked), Filter("specialty", ("Board 3",))),
    ):
        request = SearchRequest(filters=filters, facets=("drug", "specialty"))
        assert_same(many, Oracle(LETTERS), request)
        facet = many.search(request).facets[0]
        assert {value.value for value in facet.values if value.selected} == set(filters[0].values)
    many.close()


def test_a_list_of_exactly_the_limit_leaves_nothing_out(maker: Maker, tmp_path: Path) -> None:
    engine = maker.build(tmp_path / "index", LETTERS[30:])
    (facet,) = engine.search(SearchRequest(facets=("drug",))).facets
    assert (len(facet.values), facet.more) == (FACET_LIMIT, 0)
    engine.close()


def test_a_request_can_ask_for_longer_lists(many: Engine) -> None:
    (facet,) = many.search(SearchRequest(facets=("drug",), facet_limit=MANY)).facets
    assert (len(facet.values), facet.more) == (MANY, 0)
    (facet,) = many.search(SearchRequest(facets=("drug",), facet_limit=7)).facets
    assert (len(facet.values), facet.more) == (7, MANY - 7)
    many.close()


def test_months_are_all_listed(maker: Maker, tmp_path: Path) -> None:
    letters = [
        replace(LETTERS[0], id=f"case {at}", decision_date=date(2013 + at // 12, at % 12 + 1, 15))
        for at in range(FACET_LIMIT + 12)
    ]
    engine = maker.build(tmp_path / "index", letters)
    (facet,) = engine.search(SearchRequest(facets=("month",), facet_limit=3)).facets
    assert (len(facet.values), facet.more) == (FACET_LIMIT + 12, 0)
    engine.close()
