"""Turns a letter's guideline paragraph into canonical labels.

A paragraph has up to two kinds of sentence. "Decision based on MTUS <title> <year>, Section(s): ..., and
<title> <year>, ..." cites chapters of the Medical Treatment Utilization Schedule (8 CCR 9792.22 to .24.4);
before 2016 with pages for sections: "MTUS ACOEM Chapter <number> <title> Page(s): ..., <title> Page(s): ...".
"Decision based on Non-MTUS Citation <free text>" cites anything else.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

from search_app.vocabulary._files import read_toml
from search_app.vocabulary.words import Match, PhraseTable, Word, cut

ODG, ACOEM, OTHER = "ODG", "ACOEM", "Other"
MTUS = "MTUS"

# The start of a citing sentence: "Decision based on MTUS", "Decision based on Non-MTUS Citation".
_CITES = re.compile(
    r"based\s+(?:\S+\s+decision\s+)?on\s+(?:the\s+)?(?:CA\s+|California\s+)?(Non-?\s*)?MTUS(?:\s+Citations?\b)?",
    re.IGNORECASE,
)

# What separates kinds of source in the free text, without being one.
_OTHER_KIND = re.compile(
    r"\bOther\s+Medical\s+Treatment\s+Guidelines?(?:\s+or\s+Medical\s+Evidence)?\s*:?", re.IGNORECASE
)

# The words of a printed title that no chapter has: up to its year, sections, pages or the sentence's end.
_TITLE_ENDS = re.compile(r",?\s*(?:\b(?:19|20)\d\d\b|Sections?\b|Pages?\b|\.|,|$)", re.IGNORECASE)

# A title that ends so is no section of another.
_TITLE_WORDS = frozenset({"complaints", "conditions", "guideline", "guidelines"})

_LEAD_IN = frozenset({"mtus", "acoem", "ca", "california", "the", "guideline", "guidelines", "practice"})


@dataclass(frozen=True, slots=True)
class Documents:
    """The chapters of the schedule by their names and by their numbers, and the other sources by theirs."""

    chapters: PhraseTable[str]
    numbers: dict[str, str]
    sources: PhraseTable[str]


def _plain(text: str) -> list[Word]:
    """Return words without "and" or "&", so that "Ankle & Foot" is "Ankle and Foot"."""
    return [word for word in cut(text) if word.text != "and"]


def _phrase(name: str) -> list[str]:
    return [word.text for word in _plain(name)]


def build(file: dict[str, Any]) -> Documents:
    """Make the look-up from guidelines.toml; raises ValueError where two chapters claim a name."""
    chapters: PhraseTable[str] = PhraseTable()
    sources: PhraseTable[str] = PhraseTable()
    numbers = {}
    for chapter in file["chapter"]:
        if "number" in chapter:
            numbers[str(chapter["number"])] = chapter["title"]
        for name in chapter["names"]:
            if chapters.add(_phrase(name), chapter["title"]) != chapter["title"]:
                raise ValueError(f"guidelines.toml: {name!r} is a name of two chapters")
    for label, names in ((ODG, file["odg"]), (ACOEM, file["acoem"]), (OTHER, file["other"])):
        for name in names:
            sources.add(_phrase(name), label)
    return Documents(chapters, numbers, sources)


@cache
def _documents() -> Documents:
    return build(read_toml("guidelines.toml"))


def labels(paragraph: str | None) -> tuple[str, ...] | None:
    """Return the labels of the documents that a guideline paragraph cites, in its order, each once.

    "MTUS: <title>" for a chapter of the schedule ("MTUS" where none is named), "ODG", "ACOEM" or "Other" for
    what is cited beside it. () where no evidence was cited; None where there is no paragraph.
    """
    if paragraph is None:
        return None
    found: list[str] = []
    end = len(paragraph)
    for match in reversed(list(_CITES.finditer(paragraph))):
        citation = paragraph[match.end() : end]
        found = (_outside(citation) if match[1] else _schedule(citation)) + found
        end = match.start()
    return tuple(dict.fromkeys(found or _named(paragraph)))


def _schedule(citation: str) -> list[str]:
    words = _plain(citation)
    texts = [word.text for word in words]
    found = [
        f"{MTUS}: {match.value}" for match in _documents().chapters.longest(texts) if _cited(texts, match)
    ]
    by_number = list(_numbered(texts))
    return found or by_number or [_printed_title(citation)]


def _cited(texts: Sequence[str], match: Match[str]) -> bool:
    """Say whether a title stands where a citation does, and not among the sections of another."""
    before = texts[: match.first]
    if all(text in _LEAD_IN for text in before):
        return True
    after = [text for text in texts[match.past : match.past + 2] if text not in ("guideline", "guidelines")]
    if after and _is_year(after[0]):
        return True
    if before[-1] in ("acoem", "mtus") or (before[-1].isdigit() and before[-2:-1] == ["chapter"]):
        return True
    return _after_pages(before) or texts[match.past - 1] in _TITLE_WORDS


def _is_year(text: str) -> bool:
    return len(text) == 4 and text.isdigit() and text[:2] in ("19", "20")


def _after_pages(before: Sequence[str]) -> bool:
    """Say whether the words before end on page numbers: "Page(s): 46-47,"."""
    place = len(before)
    while place and before[place - 1].isdigit():
        place -= 1
    return place < len(before) and "".join(before[max(0, place - 2) : place]).endswith(("page", "pages"))


def _numbered(texts: Sequence[str]) -> Iterator[str]:
    """Yield the chapters cited by number alone: "ACOEM Chapter 12"."""
    for word, number in pairwise(texts):
        if word == "chapter" and number in _documents().numbers:
            yield f"{MTUS}: {_documents().numbers[number]}"


def _printed_title(citation: str) -> str:
    """Return the label of a chapter that guidelines.toml does not have, with its title as printed."""
    end = _TITLE_ENDS.search(citation)
    words = citation[: end.start() if end else None].split()
    while words and words[0].casefold().strip(":,") in _LEAD_IN:
        words.pop(0)
    return f"{MTUS}: {' '.join(words)}" if words else MTUS


def _outside(citation: str) -> list[str]:
    found: list[str] = []
    for part in _OTHER_KIND.split(citation):
        found += _named(part) or ([OTHER] if _phrase(part) else [])
    return found


def _named(text: str) -> list[str]:
    return [match.value for match in _documents().sources.longest(_phrase(text))]
