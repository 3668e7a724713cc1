"""Cuts a guideline paragraph into what it cites from the schedule and what it cites beside it.

Since 2014 a paragraph has up to two kinds of sentence, "Decision based on MTUS <titles>" and "Decision based
on Non-MTUS Citation <free text>". Before, a party "based its decision on the <title>, which is part of the
MTUS, and the <title>, which is not part of the MTUS". All else is free text.
"""

import re
from collections.abc import Iterator
from enum import Enum
from itertools import pairwise
from typing import NamedTuple


class Kind(Enum):
    """Which sources a stretch of a paragraph cites: the schedule's, others, or either."""

    SCHEDULE = "schedule"
    OUTSIDE = "outside"
    FREE = "free"


class Stretch(NamedTuple):
    """A stretch of a paragraph that cites sources of one kind."""

    kind: Kind
    text: str


# The start of a citing sentence: "based on MTUS", "based on Non-MTUS Citation", "based his/her decision on".
# Group 1 says that it cites something, group 2 that it is not the schedule. It begins with a set, as a
# search then skips to its letters.
_CITES = re.compile(
    r"[Bb](?<=\b.)(?i:ased\s+(?:(?:\S+\s+){1,3}?decision\s+)?"
    r"(?:up)?on\s+(?:the\s+)?(?:CA\s+|California\s+)?((Non\s*[-\u2013]?\s*)?MTUS\b(?:\s+Citations?\b)?)[\s:]*"
    r"|ased\s+(?:\S+\s+){1,3}?decision\s+(?:up)?on\s+(?:the\s+)?)",
)

# What of such a sentence may stand before that: "This decision was".
_BEGINS = re.compile(r"(?:\b(?:This|The|Its)\s+)?(?:\bdecision\s+(?:is\s+|was\s+)?)?\Z", re.IGNORECASE)

# Words of the sentence that leads from one citing sentence to the next.
_LEADS_ON = re.compile(
    r"\bClaims\s+Administrator\b|\b(?:Expert|Physician|Medical|Professional)\s+Reviewer\b"
    r"|\brecommendation\S*\s+(?:outside|beyond|other\s+than)\s+(?:of\s+)?(?:the\s+)?MTUS\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"[.;](?=\s|$)")

# "..., which is part of the MTUS", "..., a Medical Treatment Guideline (MTG), which is not part of the MTUS",
# "..., a source outside of the MTUS". Groups 1 and 2 say that it is not.
_PART_OF = re.compile(
    r"(?:\b(?:which|that)\s+(?:is|are)\s+)?(?:\ban?\s+medical\s+treatment\s+guidelines?\s*(?:\(MTG\))?[\s,]*"
    r"(?:(?:which|that)\s+(?:is|are)\s+)?)?(not\s+)?(?:a\s+)?part\s+of\s+the\s+(?:CA\s+|California\s+)?"
    r"(?:MTUS|Medical\s+Treatment\s+Utilization\s+Schedule(?:\s*\(MTUS\))?)[\s,.;]*(?:and\s+)?(?:the\s+)?"
    r"|(?:\bwhich\s+(?:is|are|stands?|lies)\s+|\ba\s+source\s+)(not\s+in|outside(?:\s+of)?)\s+the\s+MTUS\b"
    r"[\s,.;]*(?:and\s+)?(?:the\s+)?",
    re.IGNORECASE,
)

# Each of those has one of these words, and few paragraphs have any.
_PART_OF_WORDS = ("part", "not", "outside")

# A sentence that says what was not cited.
_DENIES = re.compile(
    r"\b(?:(?:did|does|do)\s+not|didn[’']t|without)\s+(?:cit|us|rel[iy]|provid|list|refer)", re.IGNORECASE
)


def stretches(paragraph: str) -> list[Stretch]:
    """Return what a paragraph cites, in its order."""
    starts = list(_CITES.finditer(paragraph))
    if not starts:
        return list(_parted(Kind.FREE, _without_denials(paragraph)))
    ends = [*(_beginning(paragraph, *two) for two in pairwise(starts)), len(paragraph)]
    found: list[Stretch] = []
    for match, end in zip(starts, ends, strict=True):
        kind = Kind.FREE if not match[1] else Kind.OUTSIDE if match[2] else Kind.SCHEDULE
        found += _parted(kind, _without_lead(paragraph[match.end() : end]))
    return found


def _beginning(paragraph: str, before: re.Match[str], match: re.Match[str]) -> int:
    """Return where the citing sentence of a match begins, behind the match before."""
    if not match[1]:
        return match.start()
    begins = _BEGINS.search(paragraph, before.end(), match.start())
    return begins.start() if begins else match.start()


def _without_denials(text: str) -> str:
    """Return a text without its sentences on what was not cited."""
    ends = [0, *(match.end() for match in _SENTENCE_ENDS.finditer(text)), len(text)]
    sentences = [text[start:end] for start, end in pairwise(ends)]
    return "".join(sentence for sentence in sentences if not _DENIES.search(sentence))


def _without_lead(text: str) -> str:
    """Return a citing sentence without the sentence that leads on to the next."""
    lead = _LEADS_ON.search(text)
    if lead is None:
        return text
    sentences = [match.end() for match in _SENTENCE_ENDS.finditer(text, 0, lead.start())]
    return text[: sentences[-1]] if sentences else text


def _parted(kind: Kind, text: str) -> Iterator[Stretch]:
    """Yield the stretches of a text that "which is part of the MTUS" and its opposite close."""
    start = 0
    lowered = text.lower()
    spoken = any(word in lowered for word in _PART_OF_WORDS)
    for match in _PART_OF.finditer(text) if spoken else ():
        before = text[start : match.start()]
        if match[1] or match[2]:
            # It speaks of the last of a list: "the MTUS, X; and the ODG, which is not part of the MTUS".
            head, _, before = before.rpartition(";")
            yield Stretch(kind, head)
        yield Stretch(Kind.OUTSIDE if match[1] or match[2] else Kind.SCHEDULE, before)
        start = match.end()
    yield Stretch(kind if start == 0 else Kind.FREE, text[start:])
