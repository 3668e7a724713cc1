"""Plain text letters, in the encodings that occur."""

from __future__ import annotations

import codecs
import re

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SAMPLE = 2_000
"""Bytes looked at to tell UTF-16 without a byte order mark by its zero bytes."""

_SPREAD = 0.8
"""Share of lines followed by a blank one from which on blank lines are the converter's, not paragraphs."""


def plain_text(data: bytes) -> str:
    """The text of a file; bytes that fit no encoding become replacement characters."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    return _without_spread(text)


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, as UTF-8, as UTF-16, else as Windows' Western encoding.

    Guessing by statistics does harm here: a curly apostrophe of Windows reads as half of a Chinese sign.
    """
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    sample = data[:_SAMPLE]
    if sample.count(0) * 3 > len(sample):
        text = data.decode(
            "utf-16-be" if sample[0::2].count(0) > sample[1::2].count(0) else "utf-16-le", "replace"
        )
    return text


def _without_spread(text: str) -> str:
    """The text without the blank line that some converters put after every line."""
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines[:-1]) if line.strip()]
    followed = sum(not lines[at + 1].strip() for at in filled)
    if len(filled) < 5 or followed < _SPREAD * len(filled):
        return text
    return re.sub(r"\n[^\S\n\f]*(?=\n)", "", text)
