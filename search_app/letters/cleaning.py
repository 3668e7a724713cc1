"""An ordered list of named pure steps from a reader's text to the text that is parsed."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

from search_app.unicode import composed

Step: TypeAlias = Callable[[str], str]

_CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0e-\x1f\x7f-\x9f\xad\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff\ufffe]"
)
_NEW_LINES = frozenset("\x0b\x1c\x1d\x1e\x85\u2028\u2029")
_PAGE_NUMBER = re.compile(r"\n[^\S\n]*Page \d+ of \d+[^\S\n]*(?=\n)", re.IGNORECASE)
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-\n+(?=\w)")
_BREAKS = re.compile(r"\n\n\n+")


def without_controls(text: str) -> str:
    """Drop control and invisible characters, which converters leave behind; some of them end a line."""
    return _CONTROL.sub(lambda found: "\n" if found[0] in _NEW_LINES else "", text)


def without_pages(text: str) -> str:
    """Drop form feeds and lines that only number a page, so that paragraphs run on over pages."""
    pages = text.split("\f")
    joined = "\n".join(page.strip() for page in pages) if len(pages) > 1 else text
    return _PAGE_NUMBER.sub("", f"\n{joined}")[1:]


def even_blanks(text: str) -> str:
    """One blank between words, none at a line's ends, and at most one blank line."""
    lines = [" ".join(line.split()) for line in text.split("\n")]
    return _BREAKS.sub("\n\n", "\n".join(lines))


STEPS: tuple[Step, ...] = (composed, without_controls, without_pages, even_blanks)


def clean(text: str) -> str:
    """The text after every step."""
    for step in STEPS:
        text = step(text)
    return text


def one_line(text: str) -> str:
    """Lines joined into one; a hyphen at a line's end keeps its word together."""
    joined = _LINE_END_HYPHEN.sub("-", text) if "-\n" in text else text
    return " ".join(joined.split())
