"""What is taken away as a file is text where it is opened: no formula, no markup, no further field."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from flask import Flask
from flask.testing import FlaskClient

from tests.security.hostile import ATTACKS, LETTERS


@pytest.fixture
def client(hostile_app: Flask) -> FlaskClient:
    return hostile_app.test_client()


def test_no_cell_of_a_table_is_a_formula(client: FlaskClient) -> None:
    text = client.get("/export.csv").data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert len(rows) == 1 + 2 * len(LETTERS)
    assert {len(row) for row in rows} == {len(rows[0])}
    assert [cell for row in rows for cell in row if cell.startswith(("=", "+", "-", "@", "\t", "\r"))] == []
    assert any(cell.startswith("'=HYPERLINK") for row in rows for cell in row)


def test_no_cell_of_a_workbook_is_a_formula_or_a_link(client: FlaskClient) -> None:
    with zipfile.ZipFile(io.BytesIO(client.get("/export.xlsx").data)) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
        assert "=HYPERLINK" in sheet
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        for name in book.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(book.read(name))


def test_a_feed_is_xml_whatever_is_in_it(client: FlaskClient) -> None:
    for attack in ATTACKS:
        feed = ElementTree.fromstring(client.get(f"/feed.atom?q={quote(attack)}").data)
        names = {element.tag.rpartition("}")[2] for element in feed.iter()}
        assert names <= {
            "feed",
            "id",
            "title",
            "updated",
            "link",
            "author",
            "name",
            "entry",
            "category",
            "summary",
        }
    whole = ElementTree.fromstring(client.get("/feed.atom").data)
    assert any(ATTACKS[0] in (element.text or "") for element in whole.iter())


def test_citations_have_their_own_fields_and_no_others(client: FlaskClient) -> None:
    for letter in LETTERS:
        case = quote(letter.id, safe="")
        ris = client.get(f"/cases/{case}/citation.ris?item=1").data.decode()
        assert [line for line in ris.splitlines() if line and line[2:6] != "  - "] == []
        assert ris.count("TY  - ") == ris.count("ER  - ") == 1
        bib = client.get(f"/cases/{case}/citation.bib?item=1").data.decode()
        plain = bib.replace("\\{", "").replace("\\}", "")
        assert plain.count("{") == plain.count("}")
        assert bib.count("@") - bib.count("\\@") <= 1 + letter.id.count("@")


def test_lines_of_json_are_json(client: FlaskClient) -> None:
    lines = client.get("/export.jsonl").data.decode().split("\n")
    found = [json.loads(line) for line in lines if line]
    assert len(found) == 2 * len(LETTERS)


@pytest.mark.parametrize(
    "path",
    ["/export.csv", "/export.xlsx", "/export.jsonl", f"/cases/{quote(LETTERS[0].id, safe='')}/citation.bib"],
)
def test_files_are_saved_and_not_shown(client: FlaskClient, path: str) -> None:
    with client.get(path) as answer:
        assert answer.headers["Content-Disposition"].startswith("attachment")
        assert "<" not in answer.headers["Content-Disposition"]


def test_json_is_never_taken_for_a_page(client: FlaskClient) -> None:
    for path in ("/api/v1/search", "/api/v1/nothing", f"/api/v1/suggest?q={quote(ATTACKS[0])}"):
        answer = client.get(path)
        assert answer.mimetype in ("application/json", "application/problem+json")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
