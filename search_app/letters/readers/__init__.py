"""Bytes of a letter's file become text.

The text that a reader gives keeps the letter's lines. A blank line is a paragraph's end that the file
shows for certain; where the file doesn't show paragraphs there is none. A form feed ends a page.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import PurePosixPath
from types import MappingProxyType

from search_app.errors import UnreadableFile
from search_app.letters.readers.html import html_text
from search_app.letters.readers.pdf import pdf_text
from search_app.letters.readers.plain import plain_text

READERS: Mapping[str, Callable[[bytes], str]] = MappingProxyType(
    {".pdf": pdf_text, ".html": html_text, ".htm": html_text, ".txt": plain_text}
)
"""The reader for each ending of a file's name."""

MAX_TEXT = 200_000
"""Characters of a letter; the longest real ones have some 25,000, so more is another kind of document."""

MAX_MARKUP = 5_000_000
"""Bytes of a text or HTML file; parsing takes many times that in memory."""


def read(name: str, data: bytes) -> str:
    """The text of a file.

    Raises UnreadableFile for an empty file, an unknown ending, damaged content, no text, or too much.
    """
    reader = READERS.get(PurePosixPath(name).suffix.lower())
    if reader is None:
        raise UnreadableFile(
            f"{name} is no kind of file that can be read.", f"Letters are {', '.join(READERS)}."
        )
    if not data:
        raise UnreadableFile("The file is empty.", "Fetch the letter again.")
    if reader is not pdf_text and len(data) > MAX_MARKUP:
        raise UnreadableFile(f"The file has {len(data):,} bytes, which is no letter.")
    text = reader(data)
    if not text.strip():
        raise UnreadableFile(
            "There is no text in the file.",
            "If it is a scanned image, run text recognition (OCR) on it first.",
        )
    if len(text) > MAX_TEXT:
        raise UnreadableFile(
            f"The file holds {len(text):,} characters of text, which is no letter.",
            f"At most {MAX_TEXT:,} are read; split files that hold several letters.",
        )
    return text
