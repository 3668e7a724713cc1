# ruff: noqa: RUF001 - queries in other scripts are the point
from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.fields import FACETS
from search_app.query.given import MAX_VALUES
from search_app.query.parameters import NAMES, search_of
from search_app.query.reading import read
from search_app.query.recipe import EXACT
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Filter, SearchRequest, Sort
from search_app.query.tree import And, Dates, Everything, Not, Value


def test_nothing_asked_for() -> None:
    search = search_of({})
    assert search.request == SearchRequest(tree=Everything(), sort=Sort.NEWEST, offset=0, limit=20)
    assert (search.page, search.expand, search.problems) == (1, True, ())


def test_everything_asked_for() -> None:
    search = search_of(
        {
            "q": ["xanax"],
            "drug": ["alprazolam", "not stated"],
            "outcome": ["Upheld"],
            "sort": ["newest"],
            "page": ["3"],
            "limit": ["10"],
            "expand": ["0"],
        }
    )
    assert search.problems == ()
    assert search.reading == read("xanax", EXACT)
    assert (search.page, search.expand) == (3, False)
    assert search.request == SearchRequest(
        tree=search.reading.tree,
        filters=(Filter("outcome", ("Upheld",)), Filter("drug", ("alprazolam", "not stated"))),
        sort=Sort.NEWEST,
        offset=20,
        limit=10,
    )


@pytest.mark.parametrize(
    ("typed", "sort"),
    [("", Sort.NEWEST), ("*", Sort.NEWEST), ("knee", Sort.RELEVANCE), ("-knee", Sort.RELEVANCE)],
)
def test_the_latest_come_first_where_nothing_is_searched_for(typed: str, sort: Sort) -> None:
    assert search_of({"q": [typed]}).request.sort is sort
    assert search_of({"q": [typed], "sort": ["relevance"]}).request.sort is Sort.RELEVANCE
    (problem,) = search_of({"q": [typed], "sort": ["best"]}).problems
    assert all(one.value in problem.message for one in Sort)


def test_the_page_size_is_the_limit_where_none_is_given() -> None:
    assert search_of({"page": ["2"]}, page_size=50).request.offset == 50
    assert search_of({"page": ["2"], "limit": ["5"]}, page_size=50).request.offset == 5


def test_empty_values_count_as_not_given() -> None:
    search = search_of({name: [""] for name in NAMES})
    assert search.problems == ()
    assert search == search_of({})
    assert search_of({name: [] for name in NAMES}) == search_of({})


def test_the_last_one_counts_and_ticks_are_not_doubled() -> None:
    search = search_of({"q": ["knee", "hip"], "page": ["1", "2"], "year": ["2016", "2015", "2016", ""]})
    assert search.reading.typed == "hip"
    assert search.page == 2
    assert search.request.filters == (Filter("year", ("2016", "2015")),)


def test_all_problems_at_once_and_the_rest_is_used() -> None:
    search = search_of(
        {
            "q": ["knee"],
            "sort": ["best"],
            "page": ["0"],
            "limit": ["1000"],
            "expand": ["yes"],
            "colour": ["red"],
        }
    )
    assert sorted(problem.parameter for problem in search.problems) == [
        "colour",
        "expand",
        "limit",
        "page",
        "sort",
    ]
    for problem in search.problems:
        assert problem.parameter in problem.message
    values = {problem.parameter: problem.value for problem in search.problems}
    assert values == {"colour": "", "expand": "yes", "limit": "1000", "page": "0", "sort": "best"}
    assert search.request == search_of({"q": ["knee"]}).request


@pytest.mark.parametrize(
    "text", ["0", "-1", "1.5", "x", "١", "²", " 1", "1 ", "+1", "9" * 30, "1e3", str(MAX_OFFSET // 20 + 2)]
)
def test_pages_that_are_none(text: str) -> None:
    search = search_of({"page": [text]})
    (problem,) = search.problems
    assert (problem.parameter, problem.value) == ("page", text)
    assert f"{MAX_OFFSET // 20 + 1:,}" in problem.message
    assert search.page == 1


@pytest.mark.parametrize(("limit", "last"), [(20, 501), (100, 101), (1, 10_001), (7, 1429)])
def test_the_last_page_depends_on_the_limit(limit: int, last: int) -> None:
    given_limit = {"limit": [str(limit)]}
    assert search_of(given_limit | {"page": [str(last)]}).problems == ()
    assert len(search_of(given_limit | {"page": [str(last + 1)]}).problems) == 1


def test_limits_of_the_limit() -> None:
    assert search_of({"limit": [str(MAX_LIMIT)]}).request.limit == MAX_LIMIT
    assert search_of({"limit": [str(MAX_LIMIT + 1)]}).problems
    assert search_of({"limit": ["0"]}).request.limit == 20


def test_too_many_ticks_are_told_and_cut() -> None:
    values = [f"drug {number}" for number in range(MAX_VALUES + 5)]
    search = search_of({"drug": values})
    (problem,) = search.problems
    assert (problem.parameter, problem.value) == ("drug", str(MAX_VALUES + 5))
    assert search.request.selected("drug") == tuple(values[:MAX_VALUES])
    assert search_of({"drug": values[:MAX_VALUES]}).problems == ()


def test_the_names_are_the_query_the_facets_and_the_rest() -> None:
    excluding = [f"not_{name}" for name in FACETS]
    rest = ("from", "to", "twins", "sort", "page", "limit", "expand", "near", "fold")
    assert ("q", *FACETS, *excluding, *rest) == NAMES


def test_what_is_ticked_in_a_facet_can_be_asked() -> None:
    request = search_of({"year": ["2016", "2015"]}).request
    assert request.selected("year") == ("2016", "2015")
    assert request.selected("drug") == ()


def test_values_can_be_excluded() -> None:
    search = search_of({"q": ["knee"], "not_drug": ["Xanax", "tramadol"], "drug": ["ibuprofen"]})
    assert search.problems == ()
    assert search.excluded == (Filter("drug", ("alprazolam", "tramadol")),)
    assert search.request.filters == (Filter("drug", ("ibuprofen",)),)
    knee = search_of({"q": ["knee"]}).request.tree
    assert search.request.tree == And((knee, Not(Value("drug", ("alprazolam", "tramadol")))))


def test_an_excluded_value_that_cannot_be_is_told_under_its_parameter() -> None:
    (problem,) = search_of({"not_outcome": ["Lost"]}).problems
    assert (problem.parameter, problem.value) == ("not_outcome", "Lost")
    assert "Upheld, Overturned" in problem.message


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        ("2015", "2016", (date(2015, 1, 1), date(2016, 12, 31))),
        ("2016-02", "", (date(2016, 2, 1), None)),
        ("", "2/2016", (None, date(2016, 2, 29))),
        ("5/3/2016", "2016-05-03", (date(2016, 5, 3), date(2016, 5, 3))),
    ],
)
def test_a_range_of_decision_dates(first: str, last: str, days: tuple[date | None, date | None]) -> None:
    search = search_of({"from": [first], "to": [last]})
    assert search.problems == ()
    assert search.dates == (first, last)
    assert search.request.tree == And((Dates("decided", *days),))
    assert search.request.sort is Sort.NEWEST


@pytest.mark.parametrize("text", ["soon", "2016-13", "31/31/2016", "16"])
def test_dates_that_are_none(text: str) -> None:
    search = search_of({"from": [text], "to": ["2016"]})
    (problem,) = search.problems
    assert (problem.parameter, problem.value) == ("from", text)
    assert search.dates == ("", "2016")


def test_a_range_that_ends_before_it_begins() -> None:
    (problem,) = search_of({"from": ["2016"], "to": ["2015"]}).problems
    assert "no day is left" in problem.message


PARAMETERS = st.dictionaries(
    st.sampled_from(NAMES) | st.text(max_size=8), st.lists(st.text(max_size=12), max_size=3), max_size=6
)


@given(PARAMETERS)
def test_anything_is_a_search_within_bounds(parameters: dict[str, list[str]]) -> None:
    search = search_of(parameters)
    request = search.request
    assert 1 <= request.limit <= MAX_LIMIT
    assert 0 <= request.offset <= MAX_OFFSET
    assert request.offset == (search.page - 1) * request.limit
    told = {problem.parameter for problem in search.problems}
    assert {name for name in parameters if name not in NAMES} <= told <= set(parameters)
