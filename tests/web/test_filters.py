"""Excluding values, ranges of dates, the histogram, the bar of outcomes, and the lists of all values."""

from __future__ import annotations

from collections import Counter

import pytest
from bs4 import BeautifulSoup, Tag
from hypothesis import given
from hypothesis import strategies as some

from search_app.web.pages.histogram import MOST, histogram
from search_app.web.state import State
from search_app.web.urls import Urls
from tests.web.conftest import Get
from tests.web.reading import href, text, texts


def excluding(page: BeautifulSoup, name: str, value: str) -> str:
    """Where the button that leaves a value out leads."""
    button = page.select_one(f'button[name="{name}"][value="{value}"]')
    assert isinstance(button, Tag)
    fields = [
        (one["name"], one.get("value", "")) for one in page.select('#search input, [form="search"][checked]')
    ]
    query = "&".join(f"{key}={val}" for key, val in [*fields, (name, value)])
    return f"/search?{query}"


def total(page: BeautifulSoup) -> int:
    return int(text(page.select_one(".count")).removeprefix("Newest of ").split()[0])


def test_a_value_can_be_left_out_and_allowed_again(get: Get) -> None:
    whole = get("/search?q=therapy")
    page = get(excluding(whole, "not_year", "2014"))
    assert total(page) == total(whole) - 1
    assert texts(page, ".chip")[0].startswith("Remove filter Decision year not 2014")
    assert page.select('#search input[type=hidden][name="not_year"]')
    assert page.select_one('input[name="year"][value="2014"]') is None
    assert total(get(page.select_one(".chip")["href"])) == total(whole)


def test_a_ticked_value_is_unticked_not_left_out(get: Get) -> None:
    page = get("/search?year=2016")
    assert page.select_one('button[name="not_year"][value="2016"]') is None
    assert page.select_one('button[name="not_year"][value="2015"]') is not None


def test_leaving_everything_out_offers_a_way_back(get: Get) -> None:
    page = get("/search?not_outcome=Upheld&not_outcome=Overturned&q=therapy")
    assert "Outcome: not Upheld" in texts(page, ".nothing .plain li")
    assert "Drop “Outcome: not Overturned”" in " ".join(texts(page, ".offers li"))


def test_a_range_of_dates(get: Get) -> None:
    page = get("/search?from=2015&to=9%2F2015")
    assert set(texts(page, ".hit-where time")) == {"July 21, 2015", "Sept 30, 2015"}
    assert texts(page, ".chip")[0].startswith("Remove filter Decided 2015 to 9/2015")
    assert [one["value"] for one in page.select(".range input")] == ["2015", "9/2015"]
    assert total(get(href(page, "Any date"))) == total(get("/search?sort=newest"))


def test_dates_that_cannot_be_read_are_told(get: Get) -> None:
    page = get("/search?from=yesterday")
    assert "from is 'yesterday'; it takes a year, a month or a day" in text(page.select_one(".notice"))


def test_each_bar_leads_to_its_decisions(get: Get) -> None:
    page = get("/")
    bars = page.select(".histogram a")
    assert len(bars) > 3
    counted = 0
    for bar in bars:
        count = int(str(bar["aria-label"]).split(": ")[1].split()[0])
        assert total(get(bar["href"])) == count
        counted += count
    undated = int(text(page.select_one('label:has(input[name="year"][value="not stated"]) .choice-count')))
    assert counted == total(page) - undated


def test_the_bar_of_outcomes_says_its_shares(get: Get) -> None:
    page = get("/search?q=xanax")
    assert texts(page, ".shares-bar span") == ["Overturned 50.0%", "Upheld 50.0%"]
    assert [rect["width"] for rect in page.select(".shares-bar rect")] == ["50.0", "50.0"]


def test_all_values_of_a_facet_are_listed_and_searched(get: Get) -> None:
    page = get("/facets/drug?year=2016")
    assert texts(page, ".values tbody th") == ["no medication", "alprazolam"][::-1]
    alprazolam = page.select_one(".values tbody th a")
    assert total(get(alprazolam["href"])) == int(texts(page, ".values td")[0])
    narrowed = get("/facets/drug?year=2016&within=ALPRA")
    assert texts(narrowed, ".values tbody th") == ["alprazolam"]
    assert text(narrowed.select_one(".told")) == "1 of 2 values have “ALPRA” in them."
    assert [one["value"] for one in narrowed.select('.within input[name="year"]')] == ["2016"]
    without = get(narrowed.select_one(".values td a")["href"])
    assert "alprazolam" not in texts(without, ".hit-facts dd")


def test_a_list_of_values_that_there_is_not(get: Get) -> None:
    page = get("/facets/colour", 404)
    assert "outcome, drug" in page.get_text()


def test_no_value_has_that(get: Get) -> None:
    page = get("/facets/drug?within=zzz")
    assert text(page.select_one(".told")) == "0 of 3 values have “zzz” in them."
    assert page.select(".values") == []


MONTHS = some.tuples(some.integers(1, 9999), some.integers(1, 12)).map(lambda one: f"{one[0]:04}-{one[1]:02}")


@given(some.dictionaries(MONTHS, some.integers(0, 10**6), max_size=200))
def test_few_bars_hold_every_decision(months: dict[str, int]) -> None:
    drawn = histogram(months, State(), Urls())
    having = {month: count for month, count in months.items() if count}
    assert (drawn is None) is (len(having) < 2)
    if drawn:
        assert 1 < len(drawn.bars) <= MOST
        assert sum(int(bar.count.replace(",", "")) for bar in drawn.bars) == sum(having.values())
        assert max(bar.height for bar in drawn.bars) == drawn.height
        assert all(bar.y + bar.height == drawn.height for bar in drawn.bars)
        assert all(bool(bar.url) is (bar.count != "0") for bar in drawn.bars)


@pytest.mark.parametrize(
    ("months", "labels", "query"),
    [
        (("2016-01", "2016-02"), ("Jan 2016", "Feb 2016"), "from=2016-01&to=2016-01"),
        (("2016-01", "2016-12"), ("Jan–Mar 2016", "Oct–Dec 2016"), "from=2016-01&to=2016-03"),
        (("2014-01", "2017-12"), ("Jan–June 2014", "July–Dec 2017"), "from=2014-01&to=2014-06"),
        (("2013-05", "2018-01"), ("2013", "2018"), "from=2013&to=2013"),
        (("2013-05", "2025-01"), ("2012–2013", "2024–2025"), "from=2012&to=2013"),
    ],
)
def test_the_width_of_bars_follows_the_span(
    months: tuple[str, str], labels: tuple[str, str], query: str
) -> None:
    drawn = histogram(Counter(months), State(), Urls())
    assert drawn is not None
    assert drawn.ends == labels
    assert drawn.bars[0].url.endswith(query)
