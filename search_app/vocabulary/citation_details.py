"""The edition, sections, tables and pages that a citation names after its document."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from search_app.vocabulary.guideline_table import documents, phrase

# What stands between words without being part of them.
EDGES = " \t\r\n,;:.\u2013\u2014-/"

_JOINS = frozenset({"and", "also", "the", "see"})

# Words between a title and its year: "Guidelines (ACOEM June 30, 2017)", "(Effective July 18, 2009)".
_BEFORE_YEAR = (
    r"guidelines?|acoem|dwc|mtus|revised|updated|effective|published|adopted|as|of|the|practice|occupational"
    r"|medicine|version|edition|ed|chapter|(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)[a-z]*"
    r"|\d{1,2}(?:st|nd|rd|th)?"
)
_YEAR = re.compile(
    rf"[\s,(:./-]*(?:(?:{_BEFORE_YEAR})\b[\s,(:./-]*)*\b((?:19|20)\d\d)\b(?!\s*-\d)"
    r"[\s,]*\)?(?:\s*(?:edition|guidelines?|version)\b)*",
    re.IGNORECASE,
)

# "Page(s): 63-5, 124", "pg. 607", "p 301", "pages 9-11 of 127".
_PAGE = r"\d{1,4}\b(?:\s*(?:-|\u2013|to|through)\s*\d{1,4}\b)?"
_PAGES = re.compile(
    rf"(?:\bat\s+|@\s*)?\b(?:pages?(?:\(s\))?|pgs?|pp?)\b\)?\s*(?:\(s\))?[\s.:#]*({_PAGE}"
    rf"(?:\s*(?:,\s*(?:and|&)?|;|&|and\b)\s*{_PAGE}(?!\s*(?:[.]\d|[a-z])))*)"
    r"(?:\s*of\s+\d+)?|(?:\bat\s+)?\bPages?\(s\):?",
    re.IGNORECASE,
)
_ONE_PAGE = re.compile(_PAGE)

SECTIONS = re.compile(r"\bSections?(?:\(s\)\s*:?|\s*:)", re.IGNORECASE)

# The citation of the regulation itself, which names no section of the guideline.
_REGULATION = re.compile(
    r"\(?\b(?:title\s+)?8,?\s*(?:C\.?\s?C\.?\s?R\.?|California Code of Regulations)[\s,]*"
    r"(?:(?:sections?|\u00a7+)?[\s\u00a7]*9792[\d.]*(?:\([a-z]\))*[\s\u2013-]*)*\)?(?:\s*MTUS)?",
    re.IGNORECASE,
)

# Words that introduce a section, and are none of its own.
_INTRODUCES = re.compile(
    r"(?:(?:topics?|under|entry|entries|regarding|re|on|the|and|also|at|guidelines?(?=\s*[,:]))\b[\s:,]*)+",
    re.IGNORECASE,
)

# Where a guideline's own text or a sentence about it begins, which some letters print after a section's name.
_PROSE = re.compile(
    r"(?:Not r|(?<!\w)R)ecommended(?=\s+[a-z]+\s).{40,}|(?<=[a-z)])\.\s+[A-Z].{60,}"
    r"|\b(?:because|since|which|were|was|is|are|states|stating|recommends|indicates|does|did)\s.*",
    re.DOTALL,
)

_NUMBERED = re.compile(r"\d+(?:\.\d+)*\.?\s+[A-Z]")


class Details(NamedTuple):
    """What follows the title of a document."""

    year: int | None
    sections: tuple[str, ...]
    pages: tuple[str, ...]


def details(tail: str) -> Details:
    """Read what follows a title: "2004, Section(s): Special Studies" or "Opioids, dosing Page(s): 55"."""
    edition = _YEAR.match(tail)
    rest = tail[edition.end() :] if edition else tail
    rest, pages = take_pages(_REGULATION.sub(" ", rest))
    if edition is None:
        edition = _YEAR.match(rest)
        rest = rest[edition.end() :] if edition else rest
    listed = SECTIONS.sub(";", rest)
    return Details(int(edition[1]) if edition else None, tuple(dict.fromkeys(split_sections(listed))), pages)


def trimmed(text: str) -> str:
    """Return a citation's text without the words and signs that join it to the next."""
    kept = text.strip(EDGES)
    before, _, last = kept.rpartition(" ")
    while last.casefold() in _JOINS:
        kept = before.strip(EDGES)
        before, _, last = kept.rpartition(" ")
    return kept


def take_pages(text: str) -> tuple[str, tuple[str, ...]]:
    """Return a text with ";" for each list of pages in it, and those pages as printed."""
    pages: list[str] = []

    def keep(match: re.Match[str]) -> str:
        pages.extend("".join(page.split()) for page in _ONE_PAGE.findall(match[1] or ""))
        return ";"

    return _PAGES.sub(keep, text), tuple(dict.fromkeys(pages))


def split_sections(text: str) -> Iterator[str]:
    """Yield listed sections, each as printed: commas in parentheses or in a section's title don't part it."""
    for part in outer_split(without_prose(text), ";"):
        for section in _by_commas(part):
            name = unintroduced(section)
            if any(letter.isalnum() for letter in name):
                yield name


def without_prose(text: str) -> str:
    """Return sections or a topic without the sentences that some letters print after them."""
    return _PROSE.sub("", text)


def unintroduced(text: str) -> str:
    """Return a section or topic without what only introduces it: "topic ", "under ", "(entry: ...)"."""
    name = text.strip(EDGES)
    if name.startswith("(") and _closing(name) == len(name) - 1:
        name = name[1:-1].strip(EDGES)
    start = _INTRODUCES.match(name)
    return (name[start.end() :] if start else name).strip(EDGES)


def _closing(text: str) -> int:
    """Return the place of the parenthesis that closes the first one, or -1."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter == "(") - (letter == ")")
        if depth == 0:
            return place
    return -1


def outer_split(text: str, separators: str) -> list[str]:
    """Cut a text at separators outside parentheses; everywhere where its parentheses don't pair."""
    paired = text.count("(") == text.count(")")
    parts, start, depth = [], 0, 0
    for place, letter in enumerate(text):
        if paired and letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif depth == 0 and letter in separators:
            parts.append(text[start:place])
            start = place + 1
    return [*parts, text[start:]]


def _by_commas(text: str) -> Iterator[str]:
    pieces = outer_split(text, ",")
    numbered = bool(_NUMBERED.match(pieces[0].strip(EDGES)))
    current = pieces[0]
    for place, piece in enumerate(pieces[1:], 1):
        following = ",".join(pieces[place : place + 3])
        apart = _NUMBERED.match(piece.strip()) if numbered else not _goes_on(current, following)
        if apart:
            yield current
            current = piece
        else:
            current += "," + piece
    yield current


def _goes_on(before: str, text: str) -> bool:
    """Say whether what follows a comma belongs to the section before: "NSAIDs, specific drug list"."""
    first, start = unintroduced(before), text.strip()
    if first[:1].isupper() and start[:1].islower() and not start.startswith(("and ", "topic", "under ")):
        return True
    head = len(phrase(first))
    known = next(documents().sections.longest(phrase(f"{first} {start}")), None)
    return known is not None and known.first == 0 and known.past > head
