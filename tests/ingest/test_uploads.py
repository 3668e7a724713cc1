from __future__ import annotations

import multiprocessing

import pytest

from search_app.errors import UnreadableFile
from search_app.ingest import uploads
from search_app.ingest.limited import Limits
from search_app.ingest.uploads import text_of_upload
from tests.hostile.pdfs import BOMBS
from tests.ingest.parsers import hang
from tests.letters.pdfs import pdf


def test_the_text_of_each_kind_of_file() -> None:
    assert text_of_upload("a.txt", b"Back brace denied.") == "Back brace denied."
    assert "Back brace" in text_of_upload("a.HTML", b"<p>Back brace</p>")
    assert "Back brace" in text_of_upload("a.pdf", pdf(["Back brace denied."]))


@pytest.mark.parametrize(
    ("name", "data", "complaint"),
    [
        ("a.pdf", b"%PDF-1.7 nonsense", "damaged"),
        ("a.docx", b"PK", "no kind of file"),
        ("a.txt", b"", "empty"),
        ("a.txt", b"   ", "no text"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(name: str, data: bytes, complaint: str) -> None:
    with pytest.raises(UnreadableFile, match=complaint):
        text_of_upload(name, data)


def test_a_file_that_takes_too_long_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(uploads, "_read", hang)
    with pytest.raises(UnreadableFile, match="too long"):
        text_of_upload("a.txt", b"Back brace denied.", Limits(seconds=1, megabytes=400))
    assert multiprocessing.active_children() == []


def test_a_reader_that_dies_takes_nobody_with_it() -> None:
    with pytest.raises(UnreadableFile, match="could not be read"):
        text_of_upload("a.pdf", BOMBS["draws-itself"])
