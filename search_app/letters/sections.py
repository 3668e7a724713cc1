"""Cuts a cleaned letter into its sections by the headings of the form.

The layout is that of the state's final determination letters from 2014 on: a header block (absent in some
copies), HOW THE IMR FINAL DETERMINATION WAS MADE, CLINICAL CASE SUMMARY, and IMR ISSUES, DECISIONS AND
RATIONALES.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search_app.errors import NotADetermination


@dataclass(frozen=True, slots=True)
class Sections:
    """The texts of a letter's sections; "" for one that is absent."""

    header: str
    reviewer: str
    summary: str
    decisions: str


def _heading(words: str) -> re.Pattern[str]:
    spaced = r"\s+".join(re.escape(word) for word in words.split())
    return re.compile(rf"(?:^|\n)\W*{spaced}\W*?(?=\n|$)", re.IGNORECASE)


_HOW_MADE = _heading("HOW THE IMR FINAL DETERMINATION WAS MADE")
_SUMMARY = _heading("CLINICAL CASE SUMMARY")
_DECISIONS = _heading("IMR ISSUES, DECISIONS AND RATIONALES")

_INTRODUCTION = re.compile(
    r"""^\s*
    [^:]{0,400}?
    \b(?:summary|records?|determinations?|decisions?|disputed|items?|file)\b
    [^:]{0,200}:
    [ ]*(?=\n)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The form's own sentence below a heading: it ends in a colon at a line's end.

"... developed the following summary from the records:\\n" is one."""


def cut(text: str) -> Sections:
    """The sections of a letter's cleaned text; raises NotADetermination if it has no decisions section."""
    decisions = _DECISIONS.search(text)
    if decisions is None:
        raise NotADetermination(
            f"This is not laid out like a determination letter; it begins: {_beginning(text)}",
            "Determinations have a heading IMR ISSUES, DECISIONS AND RATIONALES.",
        )
    before = text[: decisions.start()]
    summary = _SUMMARY.search(before)
    above = before[: summary.start()] if summary else before
    how_made = _HOW_MADE.search(above)
    return Sections(
        header=above[: how_made.start()] if how_made else above,
        reviewer=above[how_made.end() :] if how_made else above,
        summary=_without_introduction(before[summary.end() :]) if summary else "",
        decisions=_without_introduction(text[decisions.end() :]),
    )


def _without_introduction(section: str) -> str:
    return _INTRODUCTION.sub("", section, count=1).strip("\n")


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:80]}”" + ("..." if len(words) > 80 else "")
