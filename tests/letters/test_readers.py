"""Bytes become text."""

import codecs
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.errors import UnreadableFile
from search_app.letters.cleaning import clean, one_line
from search_app.letters.readers import READERS, read
from search_app.letters.readers.html import html_text
from search_app.letters.readers.plain import plain_text
from tests.letters.pdfs import pdf


@pytest.mark.parametrize(
    "encoded",
    [
        "Naïve “quotes” – 50°".encode(),
        "Naïve “quotes” – 50°".encode("cp1252"),
        "Naïve “quotes” – 50°".encode("utf-16"),
        codecs.BOM_UTF8 + "Naïve “quotes” – 50°".encode(),
        codecs.BOM_UTF32_BE + "Naïve “quotes” – 50°".encode("utf-32-be"),
    ],
)
def test_text_of_any_encoding(encoded: bytes) -> None:
    assert "“quotes” – 50°" in plain_text(encoded)


def test_no_sign_of_windows_is_taken_for_another_alphabet() -> None:
    """A letter is mostly ASCII; one curly sign must not tip it into a Chinese encoding."""
    signs = "’“”‘–—…•½°é"
    text = " ".join(f"the state{sign}s rules" for sign in signs)
    assert plain_text(text.encode("cp1252")) == text


def test_utf_16_without_a_mark() -> None:
    assert plain_text("Plain words".encode("utf-16-be")) == "Plain words"
    assert plain_text("Plain words".encode("utf-16-le")) == "Plain words"


def test_html_whose_head_is_not_closed() -> None:
    assert html_text(b"<html><head><title>no</title><body><p>Seen</p></body></html>").strip() == "Seen"


def test_blank_lines_after_every_line_are_the_converter_s() -> None:
    lines = [f"line {number}" for number in range(8)]
    assert plain_text("\n\n".join(lines).encode()).strip() == "\n".join(lines)


def test_blank_lines_between_paragraphs_stay() -> None:
    text = "one\ntwo\nthree\n\nfour\nfive\nsix\nseven\n"
    assert plain_text(text.encode()) == text


def test_html_gives_what_a_reader_sees() -> None:
    page = (
        "<html><head><title>no</title><style>no</style></head><body><script>alert('no')</script>"
        "<h2>CLINICAL <b>CASE</b> SUMMARY</h2><p>One &amp; two<br>three</p>"
        "<table><tr><td>A:</td><td>b</td></tr></table><!-- no --><p>end</p></body></html>"
    )
    text = clean(html_text(page.encode()))
    parts = ["CLINICAL CASE SUMMARY", "One & two\nthree", "A: b", "end"]
    assert text.strip().split("\n\n") == parts


def test_html_nested_deeper_than_calls() -> None:
    assert html_text(b"<div>" * 20_000 + b"deep").strip() == "deep"


def test_pdf_text() -> None:
    assert "IMR ISSUES" in read("a.pdf", pdf(["IMR ISSUES", "A walker: Upheld"]))


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.pdf", b"", "empty"),
        ("a.pdf", b"%PDF-1.7 and then nothing", "damaged"),
        ("a.pdf", pdf(["Some text"])[:300], "damaged"),
        ("a.pdf", pdf([]), "no text"),
        ("a.pdf", pdf(["Secret"], password="open sesame"), "password"),
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t \n", "no text"),
        ("a.html", b"<html><script>1</script></html>", "no text"),
        ("a.html", b"<p>A letter<![ifPain ]>", "broken"),
        ("a.docx", b"PK", "no kind of file"),
        ("noending", b"text", "no kind of file"),
        ("a.txt", b"word " * 1_000_000, "no letter"),
    ],
)
def test_what_can_t_be_read_says_why(name: str, data: bytes, message: str) -> None:
    with pytest.raises(UnreadableFile, match=message):
        read(name, data)


@given(st.sampled_from(sorted(READERS)), st.binary(max_size=400))
def test_no_bytes_bring_a_reader_down(ending: str, data: bytes) -> None:
    with suppress(UnreadableFile):
        assert read(f"a{ending}", data).strip()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Page 1 of 3\nA", "A"),
        ("A\n  page 2 of 3 \nB", "A\nB"),
        ("A\nPage 2 of 3\nPage 3 of 3\nB\n", "A\nB\n"),
        ("Page 1 of 1\n", ""),
        ("See Page 2 of 3\nA", "See Page 2 of 3\nA"),
        ("A\nPage 2 of 3", "A\nPage 2 of 3"),
    ],
)
def test_lines_that_only_number_a_page_are_dropped(text: str, wanted: str) -> None:
    assert clean(text) == wanted


def test_characters_that_end_a_line_end_it_and_other_control_characters_go() -> None:
    assert clean("a\x0bb\x1cc\x85d\u2028e\u2029f\x00g\x1fh\xadi\u200bj") == "a\nb\nc\nd\ne\nfghij"


def test_ligatures_and_halves_of_characters_are_replaced() -> None:
    assert clean("e\u0301 o\ufb03ce \ud83d! 2\u00bd") == "\u00e9 office \ufffd! 2\u00bd"


@given(st.text())
def test_cleaning_twice_changes_nothing(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    assert "\n" not in one_line(once)


def test_cleaning_drops_what_converters_leave() -> None:
    assert clean("of\ufb01ce\x00 \u200bnote\fPage 2 of 5\nends  here ") == "office note\nends here"
