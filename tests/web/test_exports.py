"""Results to take away: what the files hold is what the list shows."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as some

from search_app.engines.base import Listed
from search_app.model import Decision, Determination
from search_app.web.asked import read_asked
from search_app.web.exports.columns import MOST, columns
from search_app.web.exports.feed import LISTED, Feed, atom
from search_app.web.exports.files import FORMATS, About, csv_lines, in_blocks, workbook
from search_app.web.pages.export import export_page
from search_app.web.urls import Urls
from tests.web.conftest import Get
from tests.web.reading import href, text, texts

ATOM = "{http://www.w3.org/2005/Atom}"
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
URLS = Urls("http://localhost")


def rows(client: FlaskClient, query: str) -> list[dict[str, str]]:
    response = client.get(f"/export.csv?{query}")
    assert response.status_code == 200
    assert response.mimetype == "text/csv"
    return list(csv.DictReader(io.StringIO(response.get_data().decode("utf-8-sig"), newline="")))


def cells(book: bytes, sheet: int = 1) -> list[dict[str, str]]:
    """The cells of each row of a sheet by their column: texts, and numbers as texts."""
    with ZipFile(io.BytesIO(book)) as archive:
        assert archive.testzip() is None
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{sheet}.xml"))
    return [
        {str(cell.get("r")).rstrip("0123456789"): "".join(cell.itertext()) for cell in row}
        for row in root.iter(f"{SHEET}row")
    ]


@pytest.mark.parametrize(
    "query", ["", "q=therapy", "q=xanax&sort=oldest", "outcome=Upheld&not_year=2014", "from=2015&to=2015"]
)
def test_a_table_has_every_decision_in_the_order_of_the_list(client: FlaskClient, query: str) -> None:
    hits = client.get(f"/api/v1/search?limit=100&{query}").get_json()["hits"]
    found = rows(client, query)
    assert [f"{row['Case']}/{row['Item']}" for row in found] == [hit["id"] for hit in hits]
    assert [row["Rationale"] for row in found] == [hit["rationale"] for hit in hits]


def test_page_and_limit_do_not_cut_a_file(client: FlaskClient) -> None:
    assert len(rows(client, "limit=2&page=2")) == len(rows(client, ""))


def test_a_row_tells_a_decision(client: FlaskClient) -> None:
    row = next(row for row in rows(client, "q=xanax&outcome=Upheld"))
    assert row["Disputed"] == "Xanax 1mg #30"
    assert row["Drugs"] == "alprazolam"
    assert row["Decided"] == "2016-02-03"
    assert row["Worker's age"] == "31"
    assert row["Page"] == "http://localhost/cases/CM16-0000001#item-1"


def test_json_lines_are_the_hits_of_the_api(client: FlaskClient) -> None:
    response = client.get("/export.jsonl?q=therapy")
    hits = client.get("/api/v1/search?q=therapy").get_json()["hits"]
    shown = {"score", "twins", "title", "snippets"}
    expected = [{name: value for name, value in hit.items() if name not in shown} for hit in hits]
    assert [json.loads(line) for line in response.get_data().splitlines()] == expected


def test_a_workbook_holds_the_table_and_tells_of_itself(client: FlaskClient) -> None:
    response = client.get("/export.xlsx?q=therapy&year=2014")
    found = cells(response.get_data())
    assert list(found[0].values()) == [column.heading for column in columns(URLS)]
    assert [row["A"] for row in found[1:]] == [row["Case"] for row in rows(client, "q=therapy&year=2014")]
    day = (date(2014, 5, 12) - date(1899, 12, 30)).days
    assert found[1]["D"] == str(day)
    about = {row["A"]: row["B"] for row in cells(response.get_data(), 2)}
    assert about["Search"] == "therapy"
    assert about["Only"] == "Decision year: 2014"
    assert "compare the letter" in about["Mind"]


def test_a_file_has_a_name_and_says_how_many(client: FlaskClient) -> None:
    headers = client.get("/export.csv?q=therapy").headers
    assert headers["Content-Disposition"] == f'attachment; filename="imr-{date.today().isoformat()}.csv"'
    assert headers["X-Result-Count"] == "3"


@pytest.mark.parametrize("extension", FORMATS)
def test_nothing_found_is_an_empty_table(client: FlaskClient, extension: str) -> None:
    response = client.get(f"/export.{extension}?q=nowhereword")
    assert response.status_code == 200
    assert response.headers["X-Result-Count"] == "0"


def test_a_kind_that_there_is_not(get: Get) -> None:
    assert "csv, xlsx, jsonl" in get("/export.doc", 404).get_text()


@pytest.mark.parametrize("path", ["/export", "/export.csv", "/feed.atom"])
def test_what_cannot_be_read_is_refused(get: Get, path: str) -> None:
    assert "from is" in get(f"{path}?from=soon", 422).get_text()


def test_the_page_offers_the_files_of_the_search(get: Get) -> None:
    page = get(href(get("/search?q=therapy&year=2014&page=1"), "Export, print"))
    assert "1 decision found for" in text(page.select_one(".lead"))
    assert "(Decision year: 2014)" in text(page.select_one(".lead"))
    assert texts(page, ".exports a") == ["CSV", "Excel", "JSON Lines"]
    for link in page.select(".exports a"):
        assert str(link["href"]).endswith("?q=therapy&year=2014")


def listed(**values: Any) -> Listed:
    decision = Decision(
        **{"request": "r", "disputed": "d", "outcome": "Upheld", "rationale": "why", **values}
    )
    return Listed(Determination(id="CM16-1", decisions=(decision,)), 1)


@pytest.mark.parametrize("text", ["=1+1", "+cmd", "-2", "@SUM(A1)", "\tx", "\rx"])
def test_no_text_becomes_a_formula(text: str) -> None:
    line = b"".join(csv_lines([listed(rationale=text)], columns(URLS), About(()))).decode("utf-8-sig")
    row = next(csv.DictReader(io.StringIO(line, newline="")))
    assert row["Rationale"] == f"'{text}"
    book = b"".join(workbook([listed(disputed=text)], columns(URLS), About(())))
    assert cells(book)[1]["E"].endswith(text[1:])
    with ZipFile(io.BytesIO(book)) as archive:
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


TEXT = some.text(some.characters(codec="utf-8"), max_size=60)


@given(TEXT, TEXT)
def test_any_text_comes_back_from_csv(disputed: str, rationale: str) -> None:
    one = listed(disputed=disputed, rationale=rationale)
    file = b"".join(csv_lines([one, one], columns(URLS), About(()))).decode("utf-8-sig")
    found = list(csv.DictReader(io.StringIO(file, newline="")))
    assert len(found) == 2
    for row in found:
        assert row["Disputed"].removeprefix("'") == disputed.removeprefix("'")
        assert row["Rationale"].removeprefix("'") == rationale.removeprefix("'")


def test_a_text_that_no_cell_holds_is_cut() -> None:
    book = b"".join(workbook([listed(rationale="a" * 40_000)], columns(URLS), About(())))
    assert len(cells(book)[1]["X"]) == 32_767


@given(some.lists(some.binary(max_size=300_000), max_size=4))
def test_blocks_are_the_same_bytes(parts: list[bytes]) -> None:
    assert b"".join(in_blocks(parts)) == b"".join(parts)


def test_decisions_are_read_while_they_are_sent() -> None:
    """A file begins before its last decision was read."""
    read = []

    def each() -> Iterator[Listed]:
        for number in range(2_000):
            read.append(number)
            yield listed(rationale="long " * 100)

    parts = in_blocks(csv_lines(each(), columns(URLS), About(())))
    assert next(parts)
    assert 0 < len(read) < 2_000


def feed_of(client: FlaskClient, query: str) -> ElementTree.Element:
    response = client.get(f"/feed.atom?{query}")
    assert (response.status_code, response.mimetype) == (200, "application/atom+xml")
    return ElementTree.fromstring(response.get_data())


def test_a_feed_lists_the_newest_first(client: FlaskClient) -> None:
    root = feed_of(client, "q=therapy&sort=oldest")
    assert root.findtext(f"{ATOM}title") == "IMR decisions: therapy"
    entries = root.findall(f"{ATOM}entry")
    days = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert days == ["2016-02-03T00:00:00Z", "2015-09-30T00:00:00Z", "2014-05-12T00:00:00Z"]
    assert root.findtext(f"{ATOM}updated") == days[0]
    first = entries[0]
    assert first.findtext(f"{ATOM}title") == "Overturned: Six visits of physical therapy for the back"
    assert first.findtext(f"{ATOM}id") == "http://localhost/cases/CM16-0000001#item-2"
    assert str(first.findtext(f"{ATOM}summary")).startswith("Case CM16-0000001, item 2. A short course")


def test_a_feed_has_what_atom_requires(client: FlaskClient) -> None:
    """RFC 4287, 4.1.1 and 4.1.2, undated decisions too."""
    for query in ("", "q=nowhereword", "year=not+stated"):
        root = feed_of(client, query)
        assert all(root.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated"))
        assert root.findtext(f"{ATOM}author/{ATOM}name")
        assert {link.get("rel") for link in root.findall(f"{ATOM}link")} == {"self", "alternate"}
        entries = root.findall(f"{ATOM}entry")
        assert len(entries) <= LISTED
        assert len({entry.findtext(f"{ATOM}id") for entry in entries}) == len(entries)
        for entry in entries:
            assert all(entry.findtext(f"{ATOM}{name}") for name in ("id", "title", "updated", "summary"))


@given(TEXT, TEXT)
def test_any_text_makes_a_feed(title: str, rationale: str) -> None:
    made = atom(Feed(title, "u", "p", "2016"), [listed(rationale=rationale, disputed=title)], URLS)
    ElementTree.fromstring(made)


def test_a_browser_can_add_the_site(client: FlaskClient, get: Get) -> None:
    link = get("/").select_one('link[rel="search"]')
    response = client.get(link["href"])
    assert response.mimetype == "application/opensearchdescription+xml"
    urls = ElementTree.fromstring(response.get_data()).findall("{http://a9.com/-/spec/opensearch/1.1/}Url")
    assert urls[0].get("template") == "http://localhost/search?q={searchTerms}"


def test_what_a_file_does_not_hold_is_told() -> None:
    asked = read_asked({"q": ["knee"]}, 20)
    assert export_page(asked, MOST, URLS).left_out == ""
    page = export_page(asked, MOST + 1, URLS)
    assert page.number == MOST
    assert "this search finds 100,001" in page.left_out
