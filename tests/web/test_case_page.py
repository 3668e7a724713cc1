"""The case page tells the whole letter, and knows the search that led to it."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from tests.web.conftest import Get
from tests.web.letters import BLANK, HOSTILE, LETTERS
from tests.web.making import build_index
from tests.web.reading import href, text, texts


def test_a_case_from_top_to_bottom(get: Get) -> None:
    page = get("/cases/CM16-0000001")
    assert text(page.h1) == "Case CM16-0000001"
    assert texts(page, ".timeline li") == [
        "Date of injury Mar 1, 2012",
        "1,340 days later UR denial Nov 1, 2015",
        "30 days later Application received Dec 1, 2015",
        "31 days later Assigned Jan 1, 2016",
        "33 days later Decision Feb 3, 2016",
    ]
    assert texts(page, ".decision h2") == [one.disputed for one in LETTERS[0].decisions]
    assert texts(page, ".decision .prose") == [one.rationale for one in LETTERS[0].decisions]
    assert text(page.select_one(".summary .prose")) == LETTERS[0].summary
    assert "Worker: 31 years, female" in text(page.select_one(".case-glance"))


def test_a_partly_overturned_case_says_so(get: Get) -> None:
    page = get("/cases/CM16-0000001")
    assert texts(page, ".case-head .badge")[0].startswith("Partially Overturned")
    assert "partially overturned" in text(page.select_one(".notice"))
    assert texts(page, ".items .badge") == ["Upheld", "Overturned"]
    assert get("/cases/CM16-0000002").select_one(".notice") is None


def test_what_was_asked_authorized_and_left(get: Get) -> None:
    page = get("/cases/CM16-0000004")
    assert texts(page, ".portion dd") == [
        "Twelve visits of physical therapy for the back",
        "Six visits of physical therapy",
        "Six visits of physical therapy for the back",
    ]


def test_guidelines_of_both_parties(get: Get) -> None:
    xanax, visits = get("/cases/CM16-0000001").select(".decision")
    assert texts(xanax, ".sides:not(.likes) h4") == ["Claims administrator", "Reviewer"]
    assert texts(xanax, ".sides:not(.likes) .side > .muted") == [
        "The claims administrator cited no guideline."
    ]
    assert texts(xanax, ".guidelines li") == ["MTUS: Chronic Pain Medical Treatment Only here"]
    assert texts(visits, ".guidelines li") == ["MTUS: Low Back Complaints", "ODG"]
    assert texts(visits, ".sides:not(.likes) .side > .muted") == ["The letter has no such paragraph."]


def test_a_case_with_next_to_nothing_in_it(get: Get) -> None:
    page = get("/cases/CM16-0000007")
    assert texts(page, ".case-facts dd .muted") == ["not stated"]
    assert texts(page, ".timeline-missing") == ["Not stated in the letter: Decision."]
    assert texts(page, ".decision-tags") == []


def test_a_category_without_a_subcategory(tmp_path: Path) -> None:
    chair = replace(BLANK, category="Home Health")
    app = create_app(Settings(index=build_index(tmp_path, [replace(LETTERS[6], decisions=(chair,))])))
    page = BeautifulSoup(app.test_client().get("/cases/CM16-0000007").data, "html.parser")
    assert texts(page, ".decision-tags") == ["Home Health"]
    close_app(app)


def test_the_words_of_the_search_are_marked(get: Get) -> None:
    page = get("/cases/CM16-0000001?q=taper")
    assert texts(page, ".prose mark") == ["taper"]
    assert get("/cases/CM16-0000001").select("mark") == []


def test_previous_next_and_back(get: Get) -> None:
    results = get("/search?q=back&sort=oldest&limit=2")
    links = [str(link["href"]) for link in results.select(".hit-title a")]
    first = get(links[0])
    assert "Previous result" not in text(first.select_one(".trail"))
    second = get(href(first, "Next result"))
    assert second.h1 == get(links[1]).h1
    third = get(href(second, "Next result"))
    assert text(third.select_one(".trail .muted")).startswith("Result 3 of ")
    assert href(third, "Back to results") == "/search?q=back&sort=oldest&page=2&limit=2#result-3"
    assert third.h1 != second.h1 or third.select(".decision")[1:]
    assert get(href(third, "Previous result")).h1 == second.h1


def test_the_last_result_has_no_next(get: Get) -> None:
    page = get("/cases/CM16-0000007?sort=newest&n=12")
    assert text(page.select_one(".trail .muted")) == "Result 12 of 12"
    assert "Next result" not in text(page.select_one(".trail"))


def test_a_position_that_is_another_case_now_only_leads_back(get: Get) -> None:
    for position in ("2", "999", "x", "0", "٣"):
        page = get(f"/cases/CM16-0000002?q=alprazolam&year=2016&n={quote(position)}")
        assert texts(page, ".trail-steps a") == []
        assert href(page, "Back to results").startswith("/search?q=alprazolam&year=2016")


def test_without_a_search_there_is_no_way_back(get: Get) -> None:
    assert get("/cases/CM16-0000002").select_one(".trail") is None


def test_links_find_decisions_of_the_same_kind(get: Get) -> None:
    page = get("/cases/CM16-0000001")
    drug = get(href(page.select_one("#item-1"), "alprazolam"))
    assert texts(drug, ".chip .chip-field") == ["Drug"]
    spine = get(href(get("/cases/CM16-0000006").select_one("#item-1"), "Spine"))
    assert texts(spine, ".hit-title") == ["Fusion of the lower spine"] * 2


def test_a_case_that_is_not_there(get: Get) -> None:
    page = get("/cases/CM99-0000001", 404)
    assert "There is no case CM99-0000001 in this index." in text(page.main)


def test_a_hostile_case_number_is_reached_and_shown_as_text(get: Get, client: FlaskClient) -> None:
    results = get("/search?q=brace")
    url = str(results.select_one(".hit-title a")["href"])
    page = get(url)
    assert text(page.h1) == f"Case {HOSTILE}"
    assert all(script.get("src") for script in page.select("script"))
    assert page.select_one(".case-body img") is None
    assert client.get(f"/api/v1/cases/{quote(HOSTILE, safe='')}").json["id"] == HOSTILE


@pytest.mark.parametrize("typed", ["{0}", " {1} ", "{2}", "case no. {0}"])
def test_a_case_number_in_the_search_box_leads_to_its_case(client: FlaskClient, typed: str) -> None:
    number = next(letter.id for letter in LETTERS if letter.id.startswith("CM"))
    query = typed.format(number, number.lower().replace("-0", " "), number.replace("-", ""))
    answer = client.get("/search", query_string={"q": query})
    assert answer.status_code == 302
    assert answer.location.endswith(f"/cases/{number}")
    assert client.get(f"/cases/{number.lower()}").status_code == 200


def test_a_case_number_that_is_not_there_is_searched(client: FlaskClient) -> None:
    assert client.get("/search?q=CM99-9999999").status_code == 200


def test_a_fictional_or_doubtful_letter_says_so(tmp_path: Path) -> None:
    letter = replace(LETTERS[0], fictional=True, warnings=("The heading of item 1 is <odd>.",))
    settings = Settings(index=build_index(tmp_path, [letter]))
    app = create_app(settings)
    client = app.test_client()
    page = text(BeautifulSoup(client.get(f"/cases/{quote(letter.id)}").data, "html.parser"))
    assert "This letter is fictional" in page
    assert "The heading of item 1 is <odd>." in page
    assert "Fictional case" in client.get("/search").text
    close_app(app)
