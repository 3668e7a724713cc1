"""Items of the letters of 2013 and 2014: numbered, each decided in a sentence, each with its reasons.

The parts of an item begin with words of the form: "The Claims Administrator based its decision on ...",
"The Expert Reviewer based his/her decision on ...", "Rationale for the Decision:".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from search_app.errors import NotADetermination
from search_app.letters.cleaning import one_line
from search_app.letters.layouts.parts import Item
from search_app.model import OVERTURNED, UPHELD

REVIEWER = r"(?:Expert|Physician|Professional|Medical)\s+Reviewer"
CLAIMS_ADMIN_BEGINS = r"The\s+Claims\s+Administrator\s+(?:based|did\s+not|relied|cited|used)\b"
REVIEWER_BEGINS = rf"The\s+{REVIEWER}\s+(?:based|did\s+not|relied|cited|used|found)\b"
RATIONALE_BEGINS = (
    r"(?:Rationale\s+for\s+(?:the|his/her)\s+Decision"
    rf"|(?:The\s+{REVIEWER}['’]?s\s+)?Decision\s+rationale)\s*:"
)
NECESSITY = r"(?:is|are|was|were)\s*(?P<not>not\s*)?medically\s*necessary(?:\s*(?:and|or)\s*appropriate)?"
"""How a decision is put; converters lose blanks between its words."""

_PARTS = re.compile(
    rf"(?P<claims_admin>{CLAIMS_ADMIN_BEGINS})|(?P<reviewer>{REVIEWER_BEGINS})|(?P<rationale>{RATIONALE_BEGINS})",
    re.IGNORECASE,
)


def outcome_of(sentence: re.Match[str]) -> str:
    """The outcome that a match of NECESSITY states."""
    return UPHELD if sentence["not"] else OVERTURNED


def read_item(heading: str, outcome: str, body: str) -> Item:
    """The item of this heading from the text below it; raises NotADetermination if it has no rationale."""
    found: dict[str, re.Match[str]] = {}
    for place in _PARTS.finditer(body):
        if "rationale" not in found:  # what follows the rationale is all rationale
            found.setdefault(str(place.lastgroup), place)
    if "rationale" not in found:
        raise NotADetermination(
            f"The item “{one_line(heading)[:80]}” has no rationale that can be found.",
            "If the file is a determination, please report its layout.",
        )
    return Item(
        heading=one_line(heading).strip(" :."),
        outcome=outcome,
        claims_admin=_sentences(body, found, "claims_admin"),
        reviewer=_sentences(body, found, "reviewer"),
        rationale=one_line(body[found["rationale"].end() :]),
    )


def bodies(text: str, starts: Sequence[re.Match[str]]) -> list[str]:
    """The text below each item's beginning, up to the next one."""
    ends = [*(start.start() for start in starts[1:]), len(text)][: len(starts)]
    return [text[start.end() : end] for start, end in zip(starts, ends, strict=True)]


def _sentences(body: str, found: dict[str, re.Match[str]], name: str) -> str | None:
    """A party's sentences on its guidelines: from its words to the next part of the item."""
    if name not in found:
        return None
    start = found[name].start()
    end = min((place.start() for place in found.values() if place.start() > start), default=len(body))
    return one_line(body[start:end])
