"""Decisions like another one, and like a text that is pasted or sent."""

from __future__ import annotations

import io
import logging
from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from tests.letters.pdfs import pdf
from tests.web.conftest import Get
from tests.web.reading import href, strange_scripts, text, texts

DENIAL = "We deny six visits of physical therapy for the lower back of the walrus."


def sent(client: FlaskClient, status: int = 200, **fields: object) -> BeautifulSoup:
    answer = client.post("/similar", data=fields, content_type="multipart/form-data")
    assert answer.status_code == status
    assert answer.headers["Cache-Control"] == "no-store"
    return BeautifulSoup(answer.data, "html.parser")


def test_a_case_page_shows_decisions_like_each_of_its_own(get: Get) -> None:
    page = get("/cases/CM16-0000001")
    xanax, visits = page.select(".decision")
    assert texts(xanax, ".likes h4") == ["Same outcome (Upheld)", "Opposite outcome (Overturned)"]
    assert texts(xanax, ".likes .like-title") == ["Alprazolam 0.5mg #10 for a taper"]
    assert "alprazolam" in text(xanax.select_one(".shares"))
    cases = {line.split(",")[0] for line in texts(visits, ".likes .hit-where span:last-child")}
    assert cases < {"CM16-0000004", "CM16-0000005"}  # near-twins, of which one is shown


def test_more_decisions_like_one(get: Get) -> None:
    page = get(href(get("/cases/CM16-0000003"), "like item 2"))
    assert text(page.h1) == "Decisions like MRI of the lower back"
    assert texts(page, ".likes h2") == ["Upheld", "Overturned"]
    found = get(href(page.select_one(".likes"), "MRI of the lower back"))
    assert text(found.h1) == "Case CM16-0000005"


@pytest.mark.parametrize("to", ["nobody/1", "CM16-0000001/9", "CM16-0000001", "x", "%00"])
def test_nothing_is_like_what_is_not_there(get: Get, to: str) -> None:
    get(f"/similar?to={to}", status=404)


def test_a_pasted_text_is_compared(client: FlaskClient) -> None:
    page = sent(client, text=DENIAL, first="overturned")
    assert texts(page, ".likes h2") == ["Overturned", "Upheld"]
    overturned = page.select(".likes .side")[0]
    assert set(texts(overturned, ".like-title")) == {"Six visits of physical therapy for the back"}
    assert "physical therapy" in text(page.select_one(".lead"))
    assert texts(sent(client, text=DENIAL, first="upheld"), ".likes h2") == ["Upheld", "Overturned"]


@pytest.mark.parametrize(
    ("name", "data"),
    [("denial.txt", DENIAL.encode()), ("denial.pdf", pdf([DENIAL])), ("d.html", f"<p>{DENIAL}</p>".encode())],
)
def test_a_file_is_compared(client: FlaskClient, name: str, data: bytes) -> None:
    page = sent(client, file=(io.BytesIO(data), name))
    assert "Six visits of physical therapy for the back" in texts(page, ".like-title")


@pytest.mark.parametrize(
    ("fields", "complaint"),
    [
        ({}, "no text to compare"),
        ({"text": "  "}, "no text to compare"),
        ({"file": (io.BytesIO(b"%PDF-nonsense"), "a.pdf")}, "damaged"),
        ({"file": (io.BytesIO(b"PK"), "a.docx")}, "no kind of file"),
    ],
)
def test_what_can_not_be_compared_is_said(
    client: FlaskClient, fields: dict[str, object], complaint: str
) -> None:
    page = sent(client, 422, **fields)
    assert complaint in text(page.select_one("[role=alert]"))
    assert page.select_one("form.similar-form textarea") is not None


def test_too_much_is_refused(client: FlaskClient) -> None:
    answer = client.post("/similar", data={"text": "x" * 20_000_001})
    assert answer.status_code == 413
    assert "smaller file" in answer.text


def test_markup_in_a_text_stays_text(client: FlaskClient) -> None:
    page = sent(client, text=f"<script>alert(1)</script> {DENIAL}")
    assert strange_scripts(page) == []


def test_what_is_pasted_is_neither_kept_nor_logged(
    client: FlaskClient, index: Path, caplog: pytest.LogCaptureFixture
) -> None:
    def kept() -> dict[str, int]:
        return {str(path): path.stat().st_size for path in sorted(index.rglob("*")) if path.is_file()}

    before = kept()
    with caplog.at_level(logging.DEBUG):
        page = sent(client, text=DENIAL)
    assert kept() == before
    assert "walrus" not in caplog.text
    assert "walrus" not in str(page.select("textarea, form"))
