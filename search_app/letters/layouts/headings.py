"""Cuts a letter into sections by the headings of its form."""

from __future__ import annotations

import re
from collections.abc import Mapping

TOP = "top"
"""The name of what stands above the first heading."""

_INTRODUCTION = re.compile(
    r"""^\s*
    [^:\d]{0,400}?
    \b(?:summary|records?|determinations?|decisions?|disputed|items?|file)\b
    [^:\d]{0,200}:
    [ ]*(?=\n)
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""The form's own sentence below a heading: it ends in a colon at a line's end.

"... developed the following summary from the records:\\n" is one. It has no figures; a summary has."""


def heading(*words: str) -> re.Pattern[str]:
    """A heading on lines of its own, in any of these wordings, which may break over lines anywhere.

    What stands in the wordings is matched literally, but for white space and case. A text is searched with a
    line's end before its first line (`read_parts` adds it), as the search then skips from line to line.
    """
    wordings = (r"\s+".join(re.escape(word) for word in wording.split()) for wording in words)
    return re.compile(rf"\n\W{{0,40}}(?:{'|'.join(wordings)})\W{{0,40}}?(?=\n|$)", re.IGNORECASE)


def label(*words: str) -> re.Pattern[str]:
    """A heading in any of these wordings that ends in a colon, with its text behind it or below it.

    It is searched for as `heading` is.
    """
    wordings = (r"\s+".join(re.escape(word) for word in wording.split()) for wording in words)
    return re.compile(rf"\n\W{{0,40}}(?:{'|'.join(wordings)})\s*(?::|\n|$)", re.IGNORECASE)


def sections(text: str, headings: Mapping[str, re.Pattern[str]]) -> dict[str, str]:
    """The text under each heading by its name, and under TOP what stands above all; "" for what is absent."""
    found = [(place, name) for name, pattern in headings.items() if (place := pattern.search(text))]
    found.sort(key=lambda one: one[0].start())
    ends = [place.start() for place, _ in found] + [len(text)]
    cut = dict.fromkeys((TOP, *headings), "")
    cut[TOP] = text[: ends[0]]
    for (place, name), end in zip(found, ends[1:], strict=True):
        cut[name] = text[place.end() : end]
    return cut


def without_introduction(section: str) -> str:
    """A section without the form's own sentence at its beginning."""
    return _INTRODUCTION.sub("", section, count=1).strip("\n")
