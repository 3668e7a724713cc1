from __future__ import annotations

from xml.etree import ElementTree

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.reading import href, text, texts, total

URLS = [
    "/insights",
    "/insights?q=back",
    "/insights?drug=alprazolam&outcome=Upheld",
    "/insights?year=2016&order=rate",
]


def number(words: str) -> int:
    return int(words.split(maxsplit=1)[0].replace(",", ""))


@pytest.mark.parametrize("url", URLS)
def test_every_bar_leads_to_exactly_its_decisions(get: Get, url: str) -> None:
    page = get(url)
    rows = page.select(".rates tbody tr")
    assert len(rows) > 5
    for row in rows:
        every, won = row.select("td.number")[0], row.select_one(".bar-link")
        assert total(get(str(row.select_one("th a")["href"]))) == number(text(every))
        assert total(get(str(won["href"]))) == number(text(won.select_one(".number")))
    counted = page.select_one(".counted")
    assert total(get(str(counted["href"]))) == number(text(counted))


@pytest.mark.parametrize("url", URLS[:2])
def test_every_pair_and_period_leads_to_exactly_its_decisions(get: Get, url: str) -> None:
    page = get(url)
    for link in page.select(".pairs td a"):
        assert total(get(str(link["href"]))) == int(text(link).rsplit(" ", 1)[1])
    periods = [row for row in page.select("details tbody tr") if row.select("th a")]
    assert periods
    for row in periods:
        assert total(get(str(row.select_one("th a")["href"]))) == int(texts(row, "td")[0])
        assert total(get(str(row.select("td a")[0]["href"]))) == int(texts(row, "td")[1])


def test_what_only_comes_near_is_not_counted(get: Get) -> None:
    near, strict = get("/search?q=knee+mri+walrus+tusk"), get("/search?q=knee+mri+walrus+tusk&near=0")
    page = get("/insights?q=knee+mri+walrus+tusk")
    assert number(text(page.select_one(".counted"))) == number(text(strict.h1).replace("No", "0"))
    assert text(near.h1)


def test_few_not_stated_and_limits_are_told(get: Get) -> None:
    page = get("/insights")
    assert "few decisions, wide interval" in texts(page, ".few")
    assert "no medication" in texts(page, "#by-drug th")
    assert "not the odds of a particular case" in text(page.select_one(".limits"))


def test_nothing_found_is_said_and_draws_nothing(get: Get) -> None:
    page = get("/insights?q=zzzz")
    assert "nothing to count" in text(page.select_one(".notice"))
    assert page.select("svg, table") == []


def test_an_outcome_in_the_words_is_pointed_out(get: Get) -> None:
    assert "All of them are" in text(get("/insights?q=outcome:upheld").select_one(".notice"))


def test_rows_are_sorted_by_links(get: Get) -> None:
    page = get(href(get("/insights").select_one("#by-category"), "highest rate first"))
    marked = [text(one) for one in page.select("#by-category .sorts [aria-current]")]
    shares = [int(one.rstrip("%")) for one in texts(page, "#by-category .rate strong")]
    assert marked == ["highest rate first"]
    assert shares == sorted(shares, reverse=True)


def test_drawings_are_well_formed_and_named(client: FlaskClient) -> None:
    drawings = BeautifulSoup(client.get("/insights").data, "html.parser").select("main svg")
    assert drawings
    for drawing in drawings:
        root = ElementTree.fromstring(str(drawing))
        assert root.get("role") == "img"
        assert root.findtext("title")
        assert not [one for one in root.iter() if one.get("style")]


def test_search_and_insights_lead_to_each_other(get: Get) -> None:
    page = get(href(get("/search?q=back"), "Insights for these decisions"))
    assert text(get(href(page, "Back to results")).h1) == text(get("/search?q=back").h1)


def test_what_cannot_be_read_is_told_on_the_page_and_refused_by_the_api(
    get: Get, client: FlaskClient
) -> None:
    assert get("/insights?from=soon&order=worst&open=x").select(".notice[role=alert]")
    answer = client.get("/api/v1/insights?from=soon")
    assert answer.status_code == 422
    assert answer.get_json()["problems"][0]["parameter"] == "from"


def test_the_api_has_the_numbers_of_the_page(get: Get, client: FlaskClient) -> None:
    page, found = get("/insights?q=back"), client.get("/api/v1/insights?q=back").get_json()
    assert found["overall"]["n"] == number(text(page.select_one(".counted")))
    low, high = found["overall"]["interval"]
    assert low <= found["overall"]["rate"] <= high
    rows = {
        text(row.select_one("th")): number(text(row.select_one("td")))
        for row in page.select("#by-category tbody tr")
    }
    assert sum(one["n"] for one in found["by"]["category"]) == sum(rows.values())
    assert client.get(found["links"]["html"]).status_code == 200
