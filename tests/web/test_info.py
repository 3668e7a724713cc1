"""Help, status and health: derived from the same tables as the search itself."""

from __future__ import annotations

from pathlib import Path

from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.fields import FIELDS
from search_app.query.reading import read
from search_app.web import create_app
from search_app.web.app import close_app
from search_app.web.pages.help import plain_words
from search_app.web.pages.info import QUARANTINE_SHOWN
from tests.web.conftest import Get
from tests.web.letters import LETTERS
from tests.web.making import build_index, failed
from tests.web.reading import text, texts


def test_help_explains_every_field_in_plain_words(get: Get) -> None:
    fields = get("/help").select_one("section[aria-labelledby=fields] dl")
    told = dict(zip(texts(fields, "dt"), texts(fields, "dd"), strict=True))
    names = [
        f"{row.label} {row.name}:" if row.text or row.kind.value == "date" else row.label
        for row in FIELDS.values()
    ]
    assert list(told) == names
    for row, words in zip(FIELDS.values(), told.values(), strict=True):
        assert row.help in words
        assert len(words) > len(row.help) + 20
        assert ("A filter." in words) is (row.facet is not None)


def test_plain_words_are_of_fields_that_there_are() -> None:
    assert list(plain_words()["fields"]) == list(FIELDS)


def test_every_example_is_a_live_search_that_is_read_as_meant(get: Get) -> None:
    links = get("/help").select(".examples a")
    assert len(links) > 10
    for link in links:
        page = get(str(link["href"]))
        assert page.select_one("#q")["value"] == text(link)
        assert read(text(link)).notes in ((), ("Common words were left out: from.",))


def test_the_api_example_works(get: Get, client: FlaskClient) -> None:
    (link,) = get("/help").select("a[href*='/api/']")
    assert client.get(str(link["href"])).json["total"] == 1


def test_every_page_says_what_determinations_are_not(get: Get) -> None:
    for url in ("/", "/search?q=zzzz", "/cases/CM16-0000001", "/help", "/status"):
        assert "not binding precedent" in text(get(url).footer)


def test_help_and_status_tell_that_the_letters_are_fictional(get: Get) -> None:
    for url in ("/help", "/status"):
        assert "fictional" in text(get(url).main)


def test_status_counts_and_lists_what_was_not_taken_in(get: Get) -> None:
    page = get("/status")
    facts = dict(zip(texts(page, ".facts dt"), texts(page, ".facts dd"), strict=True))
    assert facts["Determinations"] == str(len(LETTERS) + 1)
    assert facts["Files that could not be taken in"] == "1"
    assert texts(page, "tbody th, tbody td") == [
        "letters/<b>scan</b>.pdf",
        "parse",
        "There is no text in it.",
        "Run it through OCR.",
    ]


def test_status_does_not_list_files_without_end(tmp_path: Path) -> None:
    many = [failed(f"{at}.pdf", "no text", "") for at in range(QUARANTINE_SHOWN + 7)]
    app = create_app(Settings(index=build_index(tmp_path, [], quarantined=many)))
    page = BeautifulSoup(app.test_client().get("/status").data, "html.parser")
    assert len(page.select("tbody tr")) == QUARANTINE_SHOWN
    assert text(page.select_one(".hint")) == "7 more are listed by imr-search stats."
    close_app(app)


def test_health(client: FlaskClient) -> None:
    decisions = sum(len(case.decisions) for case in LETTERS) + 1
    assert client.get("/readyz").json == {"status": "ok", "decisions": decisions}
