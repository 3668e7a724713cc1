"""Orders and pages."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest, Sort
from search_app.query.tree import Everything
from tests.contract.comparing import all_hits
from tests.contract.conftest import Indexes, apply_changes
from tests.contract.engines import ENGINES, Maker
from tests.contract.letters import LETTERS

TYPED = (
    "",
    "knee",
    "drug screen",
    "tramadol improvement function",
    "xanax",
    "func*",
    "tramdol~",
    "-knee",
    "decided:2016",
)


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
@pytest.mark.parametrize("state", ["one segment", "several segments", "changed"])
@pytest.mark.parametrize("name", ENGINES)
def test_by_date_is_exact(indexes: Indexes, name: str, state: str, sort: Sort) -> None:
    for typed in TYPED:
        request = SearchRequest(tree=read(typed).tree, sort=sort)
        found = [hit.id for hit in all_hits(indexes.engine(name, state), request)]
        assert found == indexes.oracle(state).search(request).ids


@pytest.mark.parametrize("typed", TYPED)
def test_scores_never_rise(engine: Engine, typed: str) -> None:
    scores = [hit.score for hit in all_hits(engine, SearchRequest(tree=read(typed).tree))]
    assert scores
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("filters", [(), (Filter("outcome", ("Upheld",)),)])
@pytest.mark.parametrize("typed", ["", "-knee", "decided:2016", "decided:2016 -knee"])
def test_what_ranks_nothing_lists_the_newest_first(
    indexes: Indexes, engine: Engine, typed: str, filters: tuple[Filter, ...]
) -> None:
    request = SearchRequest(tree=read(typed).tree, filters=filters)
    hits = all_hits(engine, request)
    newest = indexes.oracle("several segments").search(replace(request, sort=Sort.NEWEST))
    assert [hit.id for hit in hits] == newest.ids
    assert {hit.score for hit in hits} == {0.0}


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("typed", TYPED)
def test_pages_put_together_are_the_whole_list(engine: Engine, typed: str, sort: Sort) -> None:
    request = SearchRequest(tree=read(typed).tree, sort=sort)
    whole = [hit.id for hit in all_hits(engine, request)]
    assert len(set(whole)) == len(whole) == engine.search(request).total
    assert [hit.id for hit in all_hits(engine, request, 7)] == whole


def test_relevance_is_the_same_after_reopening(maker: Maker, tmp_path: Path) -> None:
    path = tmp_path / "index"
    engine = maker.build(path, LETTERS, 5)
    apply_changes(engine)
    requests = [SearchRequest(tree=read(typed).tree) for typed in TYPED]
    before = [[(hit.id, hit.score) for hit in all_hits(engine, request)] for request in requests]
    engine.close()
    engine = maker.open(path)
    assert before == [[(hit.id, hit.score) for hit in all_hits(engine, request)] for request in requests]
    engine.close()


def test_equal_decisions_have_equal_scores(engine: Engine) -> None:
    """The last three letters of the drug screens have the same texts."""
    hits = engine.search(SearchRequest(tree=read("rationale:misuse").tree)).hits
    assert sorted(hit.id for hit in hits) == [
        "CM16-0300001/1",
        "CM16-0300002/1",
        "CM16-0300003/1",
        "CM16-0300003/2",
    ]
    assert len({hit.score for hit in hits}) == 1


def test_undated_decisions_come_last_both_ways(engine: Engine) -> None:
    for sort in (Sort.NEWEST, Sort.OLDEST):
        dates = [hit.case.decision_date for hit in all_hits(engine, SearchRequest(sort=sort))]
        undated = dates.index(None)
        assert undated > 0
        assert not any(dates[undated:])
        assert dates[:undated] == sorted(filter(None, dates), reverse=sort is Sort.NEWEST)


def test_a_page_behind_the_end_is_empty_but_counted(engine: Engine) -> None:
    for filters in ((), (Filter("outcome", ("Upheld",)),)):
        first = engine.search(SearchRequest(tree=Everything(), filters=filters))
        beyond = engine.search(SearchRequest(tree=Everything(), filters=filters, offset=9_900, limit=100))
        assert beyond.hits == ()
        assert (beyond.total, beyond.facets) == (first.total, first.facets)


def test_only_the_facets_asked_for_in_their_order(engine: Engine) -> None:
    request = SearchRequest(facets=("year", "outcome"), filters=(Filter("drug", ("tramadol",)),))
    assert [facet.field for facet in engine.search(request).facets] == ["year", "outcome"]
    assert engine.search(SearchRequest(facets=())).facets == ()
