"""Plain text letters, in any encoding that occurs."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_DETECTION_SAMPLE = 50_000
"""Bytes looked at to tell an encoding; detection is slow and a letter's beginning is typical."""

_SPREAD = 0.8
"""Share of lines followed by a blank one from which on blank lines are the converter's, not paragraphs."""


def plain_text(data: bytes) -> str:
    """The text of a file; raises nothing: bytes that fit no encoding become replacement characters."""
    text = decode(data).replace("\r\n", "\n").replace("\r", "\n")
    return _without_spread(text)


def decode(data: bytes) -> str:
    """Bytes as text: by byte order mark, as UTF-8, else by what charset-normalizer finds likeliest."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return data.decode(encoding, errors="replace")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        best = from_bytes(data[:_DETECTION_SAMPLE]).best()
        return data.decode(best.encoding if best else "cp1252", errors="replace")


def _without_spread(text: str) -> str:
    """The text without the blank line that some converters put after every line."""
    lines = text.split("\n")
    filled = [at for at, line in enumerate(lines[:-1]) if line.strip()]
    followed = sum(not lines[at + 1].strip() for at in filled)
    if len(filled) < 5 or followed < _SPREAD * len(filled):
        return text
    return re.sub(r"\n[^\S\n\f]*(?=\n)", "", text)
