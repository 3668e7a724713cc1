import json
from pathlib import Path

import pypdfium2 as pdfium
import pytest
from bs4 import BeautifulSoup

from bench.corpus_writer import letters
from bench.corpus_writer.__main__ import main
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Block, Document
from bench.corpus_writer.folder import Order, render, write_folder
from bench.corpus_writer.htmllayout import render_html
from bench.corpus_writer.textlayout import Layout, lay_out, wrap


def flat(text: str) -> str:
    return " ".join(text.split())


def pdf_text(data: bytes) -> str:
    document = pdfium.PdfDocument(data)
    try:
        return "\n".join(page.get_textpage().get_text_bounded() for page in document)
    finally:
        document.close()


def test_a_page_holds_every_block_and_the_notice_first() -> None:
    for number, letter in enumerate(letters(10, 2)):
        soup = BeautifulSoup(render(letter, "html", 2, number), "html.parser")
        assert soup.body is not None
        text = flat(soup.body.get_text(" "))
        assert text.startswith(letter.document.notice)
        for block in letter.document.blocks:
            assert flat(block.line) in text


def test_a_page_escapes_what_a_letter_says() -> None:
    document = Document("<b>", (("Case & Number:", "<1>"),), (Block("text", "a < b & c", "L>:"),))
    page = render_html(document, "<title>", Dice(1))
    assert BeautifulSoup(page, "html.parser").find("b", string="<1>") is None
    assert "a &lt; b &amp; c" in page
    assert "<title>&lt;title&gt;</title>" in page


def test_a_pdf_has_a_text_layer_with_every_heading_and_is_the_same_each_time() -> None:
    for number, letter in enumerate(letters(3, 4)):
        data = render(letter, "pdf", 4, number)
        assert data == render(letter, "pdf", 4, number)
        text = flat(pdf_text(data))
        assert text.startswith(letter.document.notice)
        for block in letter.document.blocks:
            if block.kind == "heading":
                assert block.text in text
        assert letter.truth["decisions"][-1]["rationale"].split()[-1] in text


def test_long_text_gets_form_feeds_between_pages_and_blank_lines_where_spaced() -> None:
    document = Document("Notice.", (), (Block("text", "word " * 1200),))
    plain = lay_out(document, Layout(True, False, False, 95, "\n"))
    spaced = lay_out(document, Layout(False, True, False, 95, " \n"))
    assert plain.count("\f") == 1
    assert spaced.count("\f") == 2
    assert "\n\n" not in plain
    assert spaced.startswith("Notice. \n\nword")


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("aaa bbb ccc", ["aaa bbb", "ccc"]),
        ("aaaaaaaaaaaa b", ["aaaaaaaaaaaa", "b"]),
        ("short", ["short"]),
        ("aaaaaaaaaaaa", ["aaaaaaaaaaaa"]),
    ],
)
def test_wrap(text: str, lines: list[str]) -> None:
    assert list(wrap(text, 8)) == lines


def test_a_mixed_folder_has_a_tenth_pages_and_a_tenth_pdfs(tmp_path: Path) -> None:
    decisions = write_folder(Order(20, 3), tmp_path / "corpus", tmp_path / "truth.jsonl")
    files = sorted((tmp_path / "corpus").iterdir())
    records = [
        json.loads(line) for line in (tmp_path / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    assert sorted(path.suffix for path in files) == [".html"] * 2 + [".pdf"] * 2 + [".txt"] * 16
    assert {path.stem for path in files} == {record["id"] for record in records}
    assert decisions == sum(len(record["decisions"]) for record in records)


def test_the_command_writes_the_letters_of_the_generator(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--letters", "3", "--seed", "8", "--format", "txt", "--out", str(tmp_path)]) == 0
    written = {path.name: path.read_text(encoding="utf-8") for path in tmp_path.iterdir()}
    assert written == {letter.file_name: letter.text for letter in letters(3, 8)}
    assert capsys.readouterr().out.startswith("3 letters with ")


def test_the_command_refuses_a_negative_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(["--letters", "-1", "--out", str(tmp_path)])
    assert stopped.value.code == 2
    assert "-1 is below 0" in capsys.readouterr().err
