"""Original letters are handed out as they are, and nothing in them can run."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from search_app.ingest.originals import Original
from search_app.web.letter import letter_response
from tests.web.conftest import FILES, Get
from tests.web.letters import HOSTILE
from tests.web.reading import text


def test_a_text_letter_as_it_came(client: FlaskClient) -> None:
    answer = client.get("/cases/CM16-0000001/letter")
    assert answer.data == FILES["letters/CM16-0000001.txt"]
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert answer.headers["Content-Disposition"] == "inline; filename=CM16-0000001.txt"


def test_a_text_letter_in_an_old_encoding(client: FlaskClient) -> None:
    answer = client.get("/cases/CM16-0000002/letter")
    assert answer.data.decode(answer.mimetype_params["charset"]) == "An old letter \N{EN DASH} fictional."


def test_a_page_of_html_is_sandboxed(client: FlaskClient) -> None:
    answer = client.get(f"/cases/{quote(HOSTILE, safe='')}/letter")
    assert answer.data == FILES["letters/hostile.html"]
    assert answer.mimetype == "text/html"
    policy = answer.headers["Content-Security-Policy"].split("; ")
    assert "sandbox" in policy
    assert "default-src 'none'" in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_pdf_is_shown_inline() -> None:
    answer = letter_response(Original(b"%PDF-1.4", "é.pdf", "application/pdf"))
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"] == "inline; filename*=UTF-8''%C3%A9.pdf"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("ü".encode(), "text/html; charset=utf-8"),
        ("ü".encode("latin-1"), "text/html"),
    ],
)
def test_html_in_another_encoding_may_name_its_own(data: bytes, kind: str) -> None:
    assert letter_response(Original(data, "a.html", "text/html")).headers["Content-Type"] == kind


def test_any_other_kind_of_file_is_a_sandboxed_download() -> None:
    answer = letter_response(Original(b"<svg/>", 'a"\n.svg', "image/svg+xml"))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "\n" not in answer.headers["Content-Disposition"]
    assert "sandbox" in answer.headers["Content-Security-Policy"]


def test_a_letter_that_has_gone(get: Get) -> None:
    page = get("/cases/CM16-0000003/letter", 404)
    assert "CM16-0000003.txt" in text(page.main)
    assert "Index the corpus again" in text(page.main)


def test_no_letter_of_a_case_that_is_not_there(get: Get) -> None:
    get("/cases/CM99/letter", 404)
