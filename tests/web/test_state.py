"""Properties of the URLs: they hold the whole state, and equal searches have equal URLs."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

from hypothesis import given
from hypothesis import strategies as some

from search_app.fields import FACETS
from search_app.query.request import MAX_LIMIT, Filter, Sort
from search_app.query.values import closed_values, in_index_form
from search_app.unicode import composed
from search_app.web.asked import read_asked
from search_app.web.state import State
from search_app.web.urls import Urls

URLS = Urls()
SIZE = 20
TEXT = some.text(some.characters(exclude_categories=["Cs"]), max_size=12)
VALUE = TEXT.filter(bool)


@some.composite
def facet_values(draw: some.DrawFn, name: str) -> frozenset[str]:
    """Values that a facet can have, in the form that the index has."""
    listed = closed_values().get(name)
    values = some.sampled_from(listed) if listed else VALUE.map(composed)
    settled = values.map(lambda text: in_index_form(name, text) or text)
    return frozenset(draw(some.sets(settled.filter(bool), min_size=1, max_size=3)))


DATES = ("", "2014", "2015-06", "2016-05-03")


@some.composite
def filters(draw: some.DrawFn) -> tuple[Filter, ...]:
    ticked = {name: draw(facet_values(name)) for name in draw(some.sets(some.sampled_from(FACETS)))}
    return tuple(Filter(name, tuple(sorted(ticked[name]))) for name in FACETS if name in ticked)


@some.composite
def states(draw: some.DrawFn) -> State:
    dates = sorted(draw(some.tuples(some.sampled_from(DATES), some.sampled_from(DATES))))
    return State(
        query=draw(TEXT),
        filters=draw(filters()),
        excluded=draw(filters()),
        dates=(dates[0], dates[1]),
        sort=draw(some.none() | some.sampled_from(Sort)),
        page=draw(some.integers(1, 50)),
        limit=draw(some.none() | some.integers(1, MAX_LIMIT).filter(lambda limit: limit != SIZE)),
        expand=draw(some.booleans()),
    )


def read_back(url: str) -> State:
    asked = read_asked(parse_qs(urlsplit(url).query, keep_blank_values=True), SIZE)
    assert asked.search.problems == ()
    return asked.state


@given(states())
def test_a_url_holds_the_whole_state(state: State) -> None:
    assert read_back(URLS.search(state)) == state


@given(states(), some.sampled_from(FACETS), VALUE)
def test_toggling_twice_gives_the_same_url(state: State, field: str, value: str) -> None:
    state = state.at_page(1)
    once = state.toggled(field, value)
    assert URLS.search(once) != URLS.search(state)
    assert URLS.search(once.toggled(field, value)) == URLS.search(state)


@given(states(), some.sampled_from(FACETS), VALUE)
def test_toggling_changes_one_value_and_goes_to_page_one(state: State, field: str, value: str) -> None:
    after = state.toggled(field, value)
    assert after.values(field) ^ state.values(field) == {value}
    assert all(after.values(other) == state.values(other) for other in FACETS if other != field)
    assert (after.query, after.sort, after.limit, after.expand) == (
        state.query,
        state.sort,
        state.limit,
        state.expand,
    )
    assert after.page == 1


@given(states(), some.sampled_from(FACETS), VALUE)
def test_an_excluded_value_is_not_ticked(state: State, field: str, value: str) -> None:
    once = state.excluding(field, value)
    excluded = next((one.values for one in once.excluded if one.field == field), ())
    before = next((one.values for one in state.excluded if one.field == field), ())
    assert (value in excluded) is (value not in before)
    assert once.values(field).isdisjoint(excluded)
    assert once.excluding(field, value).excluded == state.excluded
    assert (once.query, once.dates, once.page) == (state.query, state.dates, 1)


@given(states(), some.permutations(["year", "drug", "outcome"]))
def test_the_order_of_ticking_does_not_show(state: State, order: list[str]) -> None:
    base = state.unfiltered()
    ticked = base
    for field in order:
        ticked = ticked.toggled(field, "b").toggled(field, "a")
    same = base
    for field in ("outcome", "drug", "year"):
        same = same.toggled(field, "a").toggled(field, "b")
    assert URLS.search(ticked) == URLS.search(same)


@given(states())
def test_dropping_parts_of_a_state(state: State) -> None:
    assert not state.unfiltered().narrowed
    assert state.within("", "").dates == ("", "")
    assert state.asking("").query == ""
    for one in state.filters:
        assert state.without(one.field).values(one.field) == frozenset()
        assert len(state.without(one.field).filters) == len(state.filters) - 1


def test_defaults_leave_no_trace() -> None:
    assert URLS.search(State()) == "/search"
    assert Urls("/imr").search(State(query="a b", page=2)) == "/imr/search?q=a+b&page=2"
