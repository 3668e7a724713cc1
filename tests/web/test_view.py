"""How long the pages of a list are, what saving a search keeps, and what a page weighs."""

from __future__ import annotations

import gzip
from urllib.parse import urlsplit

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.reading import text, texts, total

MOST = 60_000
"""Bytes of a page of results with its style and script, compressed: a second on a slow mobile line."""


def sizes(get: Get, url: str) -> dict[str, str]:
    return {text(link): str(link["href"]) for link in get(url).select(".sizes a")}


def decisions(get: Get, url: str) -> list[tuple[str, str]]:
    """The cases and items of a list, in its order."""
    links = [urlsplit(str(link["href"])) for link in get(url).select(".hit-title a")]
    return [(link.path, link.fragment) for link in links]


def test_page_sizes_are_links_beside_the_default_one(get: Get) -> None:
    found = sizes(get, "/search?fold=0")
    assert found == {
        "5": "/search?fold=0",
        "10": "/search?limit=10&fold=0",
        "20": "/search?limit=20&fold=0",
        "50": "/search?limit=50&fold=0",
        "100": "/search?limit=100&fold=0",
    }
    assert texts(get("/search?limit=20"), ".sizes [aria-current]") == ["20"]


@pytest.mark.parametrize("page", [1, 2, 3])
def test_another_page_size_still_shows_the_first_result(get: Get, page: int) -> None:
    here = f"/search?fold=0&page={page}"
    first = decisions(get, here)[0]
    for url in sizes(get, here).values():
        assert first in decisions(get, url)


def test_a_page_beyond_the_end_leads_back_into_the_list(get: Get) -> None:
    for url in sizes(get, "/search?fold=0&page=9").values():
        assert get(url).select(".hit")


def test_a_short_list_has_no_page_sizes(get: Get) -> None:
    assert get("/search?q=xanax").select(".sizes") == []


def test_saving_keeps_the_first_page_of_the_search_with_its_name_and_count(get: Get) -> None:
    page = get("/search?q=back&year=2015&year=2014&page=1&sort=oldest&limit=2")
    button = page.select_one("#save-search")
    assert button["data-name"] == "back, 2014, 2015"
    assert button["data-url"] == "/search?q=back&year=2014&year=2015&sort=oldest&limit=2"
    assert int(button["data-count"]) == total(page) == total(get(button["data-url"]))
    assert get("/search?q=back&page=2").select_one("#save-search")["data-url"] == "/search?q=back"
    for url in ("/", "/search?sort=oldest"):
        assert get(url).select("#save-search") == []


def test_saved_searches_are_a_page_that_the_server_knows_nothing_of(get: Get) -> None:
    page = get("/saved")
    assert text(page.h1) == "Saved searches and notes"
    assert "only in this browser" in text(page.main)
    assert page.select_one(".site-nav a[href='/saved']")


def test_a_page_of_results_is_light(client: FlaskClient, get: Get) -> None:
    url = "/search?q=back&limit=20&fold=0"
    page = get(url)
    files = [tag.get("src") or tag["href"] for tag in page.select("script[src], link[href]")]
    weight = 0
    for one in (url, *files, "/static/store.js"):
        with client.get(str(one)) as answer:
            weight += len(gzip.compress(answer.data))
    assert weight < MOST
