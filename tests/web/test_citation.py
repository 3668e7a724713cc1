"""Citations say what a determination is, and survive whatever a letter holds."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st

from search_app.web.citation import Citable, bibtex, bluebook, latex, plain, ris
from tests.web.letters import LETTERS

LETTER = LETTERS[0]
URL = "https://192.0.2.1/imr/cases/CM16-0000001"
CASE = Citable.of(LETTER, URL)
ITEM = Citable.of(LETTER, f"{URL}#item-1", 1)
AGENCY = "California Division of Workers' Compensation, Independent Medical Review"


def test_a_case_in_plain_words() -> None:
    assert plain(CASE) == f"{AGENCY}, Case CM16-0000001. Partially Overturned, Feb. 3, 2016. {URL}"


def test_an_item_in_legal_style() -> None:
    assert bluebook(ITEM) == (
        "Case No. CM16-0000001, Item 1 (Xanax 1mg #30) (Cal. Div. of Workers' Comp., Indep. Med. Rev. "
        f"Feb. 3, 2016) (upheld), {URL}#item-1"
    )


def test_an_item_for_bibtex() -> None:
    assert bibtex(ITEM).splitlines() == [
        "@misc{imr-CM16-0000001-item-1,",
        r"  title = {{Case CM16-0000001, item 1: Xanax 1mg \#30}},",
        f"  author = {{{{{AGENCY}}}}},",
        "  year = {2016},",
        "  month = {02},",
        "  number = {CM16-0000001},",
        "  note = {Upheld.},",
        f"  url = {{{URL}#item-1}},",
        "}",
    ]


def test_an_item_as_ris() -> None:
    assert ris(ITEM).split("\r\n") == [
        "TY  - CASE",
        "TI  - Case CM16-0000001, item 1: Xanax 1mg #30",
        f"PB  - {AGENCY}",
        "PY  - 2016",
        "DA  - 2016/02/03",
        "M1  - CM16-0000001",
        "N1  - Upheld.",
        f"UR  - {URL}#item-1",
        "ER  - ",
        "",
    ]


@pytest.mark.parametrize("form", [plain, bluebook, bibtex, ris])
def test_a_fictional_letter_says_so(form: object) -> None:
    assert callable(form)
    fictional = Citable.of(replace(LETTER, fictional=True), URL)
    assert "[Fictional letter, not a real determination]" in form(fictional)
    assert "ictional" not in form(CASE)


def test_a_letter_without_a_date() -> None:
    undated = Citable.of(LETTERS[6], URL)
    assert "date not stated" in plain(undated)
    assert "n.d." in bluebook(undated)
    assert "year = {n.d.}" in bibtex(undated)
    assert "PY  -" not in ris(undated)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("50% of A&B_1 #2 $3", r"50\% of A\&B\_1 \#2 \$3"),
        ("a{b}c", r"a\textbraceleft{}b\textbraceright{}c"),
        ("a\\b~c^d", r"a\textbackslash{}b\textasciitilde{}c\textasciicircum{}d"),
        ("café – “naïve” §5", r"caf{\'e} -- ``na{\"i}ve'' \S{}5"),
        ("two\r\nlines\tand\x00more", "two lines and more"),
        ("μg 漢", "μg 漢"),
    ],
)
def test_text_for_bibtex(text: str, written: str) -> None:
    assert latex(text) == written


@given(st.text())
def test_no_text_breaks_a_bibtex_entry(text: str) -> None:
    entry = bibtex(replace(ITEM, item=text, case_id=text))
    depth = 0
    for sign in entry[:-1]:
        depth += (sign == "{") - (sign == "}")
        assert depth >= 0
    assert depth == 0
    title = entry.split("\n")[1]
    assert title.startswith("  title = {{Case ")
    assert title.endswith("}},")
    assert not re.search(r"(?<!\\)[%&#$]", latex(text))


@given(st.text())
def test_no_text_breaks_a_ris_record(text: str) -> None:
    lines = ris(replace(ITEM, item=text)).split("\r\n")
    assert len(lines) == 10
    assert all(
        re.fullmatch(r"[A-Z][A-Z0-9]  - [^\r\n\x0b\x0c\x85\u2028\u2029]*", line) for line in lines[:-1]
    )


@given(st.text())
def test_a_file_name_is_always_safe(text: str) -> None:
    assert re.fullmatch(r"imr(-[A-Za-z0-9]+)*-?", replace(CASE, case_id=text).file_stem)


@pytest.mark.parametrize(
    ("kind", "media"), [("bib", "application/x-bibtex"), ("ris", "application/x-research-info-systems")]
)
def test_downloads(client: FlaskClient, kind: str, media: str) -> None:
    answer = client.get(f"/cases/cm16 0000001/citation.{kind}?item=2")
    assert answer.content_type == f"{media}; charset=utf-8"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=imr-CM16-0000001-item-2.{kind}"
    assert "http://localhost/cases/CM16-0000001#item-2" in answer.text


@pytest.mark.parametrize("item", ["0", "3", "x", "-1", "", "01", "٢"])
def test_an_item_that_is_not_there(client: FlaskClient, item: str) -> None:
    assert client.get("/cases/CM16-0000001/citation.bib", query_string={"item": item}).status_code == 404


def test_a_site_below_a_path_is_cited_with_it(client: FlaskClient) -> None:
    answer = client.get("/cases/CM16-0000001/citation.ris", base_url="https://192.0.2.1/imr")
    assert "UR  - https://192.0.2.1/imr/cases/CM16-0000001\r\n" in answer.text
