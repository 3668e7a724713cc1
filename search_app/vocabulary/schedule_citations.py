"""Chapters of the Medical Treatment Utilization Schedule that a sentence cites.

Since 2016: "<title> <year>, Section(s): <sections>, and <title> <year>, ...". Before: "ACOEM Chapter <number>
<title> <sections> Page(s): <pages>, <title> <sections> Page(s): ...".
"""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from search_app.model import Citation
from search_app.vocabulary.citation_details import EDGES, SECTIONS, details, trimmed
from search_app.vocabulary.guideline_table import MTUS, documents, plain
from search_app.vocabulary.words import Match, Word

# A title that ends so is no section of another.
_TITLE_WORDS = frozenset({"complaints", "conditions", "guideline", "guidelines", "disorders"})

# Words that stand before a title: "ACOEM Practice Guidelines, 2nd Edition, Chapter 12".
_LEAD_IN = re.compile(
    r"mtus|acoem|ca|california|the|guidelines?|practice|edition|nd|rd|chapter", re.IGNORECASE
)

# Words that do where a sentence begins with them: "Medical Treatment Utilization Schedule".
_LONG_LEAD_IN = re.compile(
    rf"{_LEAD_IN.pattern}|american|college|of|occupational|environmental|medicine|medical|treatment"
    r"|utilization|schedule|s"
)

# Those that end the citation before it rather: "2017 edition, and Low Back Disorders".
_ENDS = frozenset({"the", "guideline", "guidelines", "practice", "edition"})

# Words between a title and its year: "Guideline (ACOEM June 30, 2017)".
_BEFORE_YEAR = re.compile(
    r"guidelines?|acoem|dwc|revised|effective|updated|chapter|january|february|march|april|may|june|july|august"
    r"|september|october|november|december|\d{1,2}"
)

_YEAR = re.compile(r"(?:19|20)\d\d")

# A title that guidelines.toml does not have: up to its year, sections, pages or the sentence's end.
_TITLE_ENDS = re.compile(r"(?:\b(?:19|20)\d\d\b|Sections?\b|Pages?\b|\.|,|$)", re.IGNORECASE)
_NEXT_TITLE = re.compile(r",\s+and\s+(?:also\s+)?(?=([A-Z][^,:;.()]{2,79}?)\s+(?:19|20)\d\d\b)")

_CHAPTER = re.compile(r"\bChapter\s+(\d+)\b", re.IGNORECASE)
_BARE_CHAPTER = re.compile(r"(?:ACOEM\s+)?Chapter\s+\d+|ACOEM|MTUS", re.IGNORECASE)


class Anchor(NamedTuple):
    """A title where it is cited: its label and number, where its citation begins and where its name ends."""

    title: str
    number: str | None
    start: int
    tail: int
    year: int | None = None


def schedule_citations(text: str, *, named_only: bool = False) -> list[Citation]:
    """Return a citation for each chapter that a sentence cites; `named_only`: for known titles only."""
    anchors = _anchors(text)
    if not named_only:
        anchors = _with_unknown(text, anchors)
    ends = [*(anchor.start for anchor in anchors[1:]), len(text)][: len(anchors)]
    return [_citation(anchor, text, end) for anchor, end in zip(anchors, ends, strict=True)]


def _citation(anchor: Anchor, text: str, end: int) -> Citation:
    found = details(trimmed(text[anchor.tail : end]))
    year = found.year or anchor.year
    title, number = anchor.title, anchor.number
    if title in documents().parts:
        part = _CHAPTER.search(text, anchor.tail, end)
        number = part[1] if part else None
    since, former = documents().former.get(title, (0, title))
    if year is not None and year < since:
        title, number = former, documents().numbers_by_title.get(former)
    return Citation(
        label=f"{MTUS}: {title}" if title else MTUS,
        text=trimmed(text[anchor.start : end]),
        year=year,
        chapter=number,
        sections=tuple(name for name in found.sections if not _BARE_CHAPTER.fullmatch(name)),
        pages=found.pages,
    )


def _anchors(text: str) -> list[Anchor]:
    words = plain(text)
    texts = [word.text for word in words]
    lists = [match.end() for match in SECTIONS.finditer(text)]
    found: list[Anchor] = []
    done = 0
    for match in documents().chapters.longest(texts):
        past = found[-1].tail if found else 0
        listed = any(past <= place <= words[match.first].start for place in lists)
        lead = _lead_in(texts, match.first, done)
        if _cited(texts, match, lead, listed):
            found.append(_anchor(words, match, lead))
            done = match.past
    return sorted([*found, *_numbered(words, found)], key=lambda anchor: anchor.start)


def _anchor(words: Sequence[Word], match: Match[str], lead: int) -> Anchor:
    before = [word.text for word in words[lead : match.first]]
    printed = next(
        (number for word, number in pairwise(before) if word == "chapter" and number.isdigit()), None
    )
    title = match.value
    if title.endswith("Disorders") and printed in documents().numbers:
        title = documents().numbers[str(printed)]
    named = [word.text for word in words[lead : match.past]]
    year = next((int(word) for word in named if _YEAR.fullmatch(word)), None)
    number = documents().numbers_by_title.get(title, printed)
    return Anchor(title, number, words[lead].start, words[match.past - 1].end, year)


def _lead_in(texts: Sequence[str], first: int, done: int) -> int:
    """Return the first of the words before a title that belong to its citation."""
    if all(_leads(texts, place, _LONG_LEAD_IN) for place in range(first)):
        return 0
    place = first
    while place > done and _leads(texts, place - 1, _LEAD_IN):
        place -= 1
    while place < first and (_YEAR.fullmatch(texts[place]) or texts[place] in _ENDS):
        place += 1
    return place


def _leads(texts: Sequence[str], place: int, words: re.Pattern[str]) -> bool:
    word = texts[place]
    if words.fullmatch(word) or _YEAR.fullmatch(word):
        return True
    following = texts[place + 1 : place + 2]
    return word.isdigit() and (texts[max(0, place - 1)] == "chapter" or following in (["nd"], ["rd"]))


def _cited(texts: Sequence[str], match: Match[str], lead: int, listed: bool) -> bool:
    """Say whether a title stands where a citation does, and not among the sections of another."""
    if lead == 0 or _dated(texts, match.past):
        return True
    before = texts[: match.first]
    if before[-1] in ("acoem", "mtus") or (before[-1].isdigit() and before[-2:-1] == ["chapter"]):
        return True
    if listed:
        return False
    several = match.past - match.first > 1
    return (several and _after_pages(texts[:lead])) or texts[match.past - 1] in _TITLE_WORDS


def _dated(texts: Sequence[str], past: int) -> bool:
    """Say whether a year follows a title: "2004", "Guideline (ACOEM June 30, 2017)"."""
    for word in texts[past : past + 6]:
        if _YEAR.fullmatch(word):
            return True
        if not _BEFORE_YEAR.fullmatch(word):
            return False
    return False


def _after_pages(before: Sequence[str]) -> bool:
    """Say whether the words before end on page numbers: "Page(s): 46-47,"."""
    place = len(before)
    while place and before[place - 1].isdigit():
        place -= 1
    return place < len(before) and "".join(before[max(0, place - 2) : place]).endswith(("page", "pages"))


def _numbered(words: Sequence[Word], found: Sequence[Anchor]) -> Iterator[Anchor]:
    """Yield the chapters cited by number alone: "ACOEM Chapter 12"."""
    texts = [word.text for word in words]
    for place, (word, number) in enumerate(pairwise(texts)):
        title = documents().numbers.get(number)
        if word != "chapter" or title is None or any(_holds(anchor, title) for anchor in found):
            continue
        if not any(anchor.start <= words[place].start < anchor.tail for anchor in found):
            lead = _lead_in(texts, place, 0)
            yield Anchor(title, number, words[lead].start, words[place + 1].end)


def _holds(anchor: Anchor, title: str) -> bool:
    """Say whether a title cited is another, or the one that holds it as a chapter."""
    return anchor.title == title or title in documents().parts.get(anchor.title, ())


def _with_unknown(text: str, anchors: list[Anchor]) -> list[Anchor]:
    """Add the titles that guidelines.toml does not have: a sentence's first, and later ones with a year."""
    found = list(anchors)
    first = anchors[0].start if anchors else len(text)
    if not anchors or (text[:first].strip(EDGES) and re.search(_YEAR, text[:first])):
        found.append(_unknown(text, 0, first))
    for match in _NEXT_TITLE.finditer(text):
        start = match.start(1)
        if not any(
            anchor.start <= start < anchor.tail or start <= anchor.start < match.end(1) for anchor in found
        ):
            found.append(_unknown(text, start, len(text)))
    return sorted(found, key=lambda anchor: anchor.start)


def _unknown(text: str, start: int, end: int) -> Anchor:
    title_ends = _TITLE_ENDS.search(text, start, end)
    tail = title_ends.start() if title_ends else end
    words = text[start:tail].split()
    while words and _LEAD_IN.fullmatch(words[0].strip(":,()")):
        words.pop(0)
    return Anchor(" ".join(words).strip(EDGES), None, start, tail)
