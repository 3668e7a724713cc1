"""Chapters and topics of the Official Disability Guidelines that a text cites, however they are written.

"Official Disability Guidelines (ODG), Low Back Chapter, MRIs", "ODG-TWC, Pain - Xanax", "the Knee chapter of
the ODG (entry: Braces)", "ODG Knee/DME, Low Back/Mattress selection".
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from search_app.model import Citation
from search_app.vocabulary.citation_details import (
    EDGES,
    outer_split,
    take_pages,
    trimmed,
    unintroduced,
    without_prose,
)
from search_app.vocabulary.guideline_table import ODG, documents, plain

# What follows the name of the guidelines or of a chapter and is neither chapter nor topic.
_ASIDES = re.compile(
    r"(?:[\s,;:./\u2013\u2014-]|-|\((?:[^()]*\b(?:updated|online|on-line|web|annual|edition|version|acute|last"
    r"|effective|accessed|not\s+including|type\s+1|W/C|TWC)\b[^()]*|chronic|20\d\d|ODG|CTS)\)"
    r"|\b(?:ODG|TWC|Treatment\s+in\s+Workers['’]?\s+Comp(?:ensation)?|Work\s+Loss\s+Data\s+Institute|WLDI"
    r"|Integrated\s+Treatment(?:/Disability\s+Duration)?|Disability\s+Duration|Web(?:-based)?|Online|on-line"
    r"|Treatment\s+Guidelines?|Guidelines?(?!\s+for)|Current|Version|Edition|\d+(?:st|nd|rd|th)|Annual"
    r"|Procedures?(?:\s+Summary)?|Chapters?|Section|Guide|(?:last\s+)?updated\s+\d[\d/.-]*|20\d\d"
    r"|Acute\s+(?:&|and)\s+Chronic|chapter\s+on|in|on|the|of)\b(?![-/]\w))+",
    re.IGNORECASE,
)
_YEAR = re.compile(r"(?<![/\d-])(20\d\d)\b(?![/-]\d)")

# A chapter that odg.toml does not have, where the text says that it is one.
_SAID = re.compile(
    r"[\s,:]*(?:the\s+)?([A-Z][\w&'’ -]{2,40}?)\s+chapter\b|[\s,]*chapter\s+on\s+([A-Z][^,;:(.]{2,40})"
)

# What ends a chapter's short name: "Knee - PRP", "Knee chapter", "Knee (updated 11/22/16)".
_NAME_ENDS = re.compile(
    r"\s*(?:$|[,;:/(\u2013\u2014)]|\.(?:\s|$)|-\s|\s-|-$|(?:chapter|section|procedures?|guidelines?)\b)", re.I
)
_MARKED = re.compile(r"\s*(?:chapter\b|section\b|\((?:acute|chronic|updated)|/|[-\u2013:]\s)", re.IGNORECASE)

# Words between a chapter and the name of the guidelines after it: "Low Back chapter of the ODG".
_JOINED = re.compile(
    r"(?:\s*\((?:acute|chronic)[^()]*\))?(?:\s+(?:chapter|section|guidelines?))?\s*,?\s*"
    r"(?P<of>\b(?:of|in|from|per)\b)?\s*(?:\bthe\s+)?",
    re.IGNORECASE,
)
_TOPIC_YEAR = re.compile(r"\((20\d\d)\)$")
_TOPIC_ASIDE = re.compile(r"\(?(?:(?:last\s+)?updated\s+\d[\d/.-]*|online\s+version|web\s+version)\)?$", re.I)


# The list of all chapters: before another one, it names none itself.
_INDEX = "Treatment Index"


class Place(NamedTuple):
    """A chapter named in a text, from its first character to past its last."""

    chapter: str
    short: bool
    start: int
    end: int


def places(text: str) -> list[Place]:
    """Return the chapters named in a text."""
    words = plain(text)
    found: list[Place] = []
    for match in documents().odg.longest([word.text for word in words]):
        start, end = words[match.first].start, words[match.past - 1].end
        closed = text.startswith(")", end) and text.count("(", start, end) > text.count(")", start, end)
        found.append(Place(match.value.chapter, match.value.short, start, end + closed))
    return found


def names_chapter(text: str, *, said: bool = False) -> bool:
    """Say whether a text that names no guidelines begins as an ODG citation does: "Shoulder, MRI".

    With `said`, a short name doesn't do, but "Shoulder Chapter, MRI" does.
    """
    first = next(iter(places(text)), None)
    if first is None or text[: first.start].strip(EDGES) or not _apart(text, first):
        return False
    return not said or not first.short or bool(re.match(r"\s+chapter\b", text[first.end :], re.IGNORECASE))


def chapter_before(text: str, *, first: bool) -> int:
    """Return where the chapter begins that ends a text: "the Low Back chapter of the"; else its length.

    Only the `first` words of a paragraph can be one without "of".
    """
    for place in places(text):
        joined = _JOINED.fullmatch(text, place.end)
        if joined and (joined["of"] or (first and not text[: place.start].strip(EDGES))):
            the = re.search(r"\bthe\s+$", text[: place.start], re.IGNORECASE)
            return the.start() if the else place.start
    said = _SAID.match(text) if first else None
    return 0 if said and _JOINED.fullmatch(text, said.end()) else len(text)


def odg_citations(text: str, name_start: int, name_end: int) -> list[Citation]:
    """Return a citation for each chapter that a text cites, the guidelines' name in it between two places."""
    before = text[:name_start]
    chapter = _printed_before(before)
    tail = text[name_end:]
    if chapter:
        return [_citation(text, chapter, tail)]
    starts = _starts(tail)
    if not starts:
        return [_loose(text, tail)]
    found: list[Citation] = []
    ends = [*(place.start for place in starts[1:]), len(tail)]
    for number, (place, end) in enumerate(zip(starts, ends, strict=True)):
        printed = text[: name_end + end] if number == 0 else tail[place.start : end]
        topic_start = place.end if _apart(tail, place) or not place.short else place.start
        lead = tail[: place.start] if number == 0 else ""
        found.append(_citation(printed, place.chapter, tail[topic_start:end], lead))
    return found


def _printed_before(before: str) -> str | None:
    named = places(before)
    if named:
        return named[-1].chapter
    said = _SAID.match(before)
    return said[1] if said else None


def _starts(tail: str) -> list[Place]:
    """Return the chapters that a text turns to, the first of them at its beginning."""
    found: list[Place] = []
    for place in places(tail):
        if not found:
            aside = _ASIDES.match(tail)
            if place.start > (aside.end() if aside else 0):
                return []
            found.append(place)
        elif found[-1].chapter == _INDEX and _ASIDES.fullmatch(tail, found[-1].end, place.start):
            found[-1] = place
        elif place.chapter != found[-1].chapter and _turns(tail, found[-1], place):
            found.append(place)
    return found


def _turns(tail: str, before: Place, place: Place) -> bool:
    """Say whether a text turns to another chapter at a place, and doesn't only name it in a topic."""
    between = tail[before.end : place.start]
    if between.count("(") > between.count(")"):
        return False
    lead = between.rstrip()
    separator = lead[-1:] if lead else ""
    whole = _whole(tail, place)
    if separator == ";":
        return _apart(tail, place)
    if separator == ",":
        return whole or bool(_MARKED.match(tail, place.end))
    return lead.endswith((" and", "&")) and bool(
        re.match(r"\s*chapters?\b", tail[place.end :], re.IGNORECASE)
    )


def _whole(tail: str, place: Place) -> bool:
    return bool(re.match(r"\s*(?:$|[,;]|\.\s*$)", tail[place.end :]))


def _apart(text: str, place: Place) -> bool:
    return bool(_NAME_ENDS.match(text, place.end))


def _citation(printed: str, chapter: str | None, rest: str, lead: str = "") -> Citation:
    """Make a citation from what follows its chapter, and the words before that may tell the edition."""
    aside = _ASIDES.match(rest)
    skipped = rest[: aside.end()] if aside else ""
    topic, pages = take_pages(rest[len(skipped) :])
    year = _YEAR.search(lead + " " + skipped)
    closing = _TOPIC_YEAR.search(topic.strip(EDGES))
    if closing:
        topic = topic.strip(EDGES)[: closing.start()]
    named = _topic(topic)
    edition = year[1] if year else closing[1] if closing else None
    return Citation(
        label=ODG,
        text=trimmed(printed),
        year=int(edition) if edition else None,
        chapter=chapter,
        pages=pages,
        topic=named or None,
    )


def _topic(text: str) -> str:
    parts = [part for part in without_prose(text).split(";") if part.strip(EDGES)]
    topic = unintroduced("; ".join(part.strip(EDGES) for part in parts))
    return unintroduced(trimmed(_TOPIC_ASIDE.sub("", topic.strip(EDGES))))


def _loose(text: str, tail: str) -> Citation:
    """Make a citation where no chapter begins the text: "ODG MRI Elbow", "ODG, MRI, Knee Chapter"."""
    said = _SAID.match(tail)
    if said:
        return _citation(text, (said[1] or said[2]).strip(), tail[said.end() :])
    aside = _ASIDES.match(tail)
    start = aside.end() if aside else 0
    rest = tail[start:]
    pieces = _pieces(rest)
    for place in places(rest):
        if _is_piece(pieces, rest, place):
            after = re.sub(r"^\s*chapter\b", "", rest[place.end :], flags=re.IGNORECASE)
            both = [part.strip(EDGES) for part in (rest[: place.start], after)]
            return _citation(text, place.chapter, "; ".join(part for part in both if part), tail[:start])
    ended = [place for place in places(tail) if not tail[place.end :].strip(EDGES)]
    return _citation(text, ended[0].chapter if ended else None, tail[start:], tail[:start])


def _pieces(text: str) -> Sequence[str]:
    return [piece.strip(EDGES).casefold() for piece in outer_split(text, ",;/:")]


def _is_piece(pieces: Sequence[str], text: str, place: Place) -> bool:
    name = text[place.start : place.end].casefold()
    return name in pieces or f"{name} chapter" in pieces
