"""A citation of the ACOEM Practice Guidelines: by chapter of the 2nd edition or a newer guideline."""

import re

from search_app.model import Citation
from search_app.vocabulary.citation_details import details, trimmed
from search_app.vocabulary.guideline_table import ACOEM, documents, plain

_CHAPTER = re.compile(r"\b(?:Chapter|Ch\.)\s*\(?(\d{1,2})\b\)?", re.IGNORECASE)

# Words that follow the name of the source and say neither chapter nor section.
_NOISE = re.compile(
    r"\bV\.?\s*3\b|\(?(?:\d(?:st|nd|rd|th)|second|third)\s+(?:ed\b\.?|edition)\s*\)?"
    r"|\b(?:occupational\s+medicine\s+)?practice\s+guidelines?\b|\bguidelines?\b(?!\s+for)|\bAPGI?\b"
    r"|\b(?:diagnostic\s+and\s+treatment\s+recommendations)\b(?=\s*$)",
    re.IGNORECASE,
)
_LATER = re.compile(r"\b(?:3rd|third)\b|\bV\.?\s*3\b", re.IGNORECASE)
_YEAR = re.compile(r"\b((?:19|20)\d\d)\b")


def acoem_citation(text: str, name_end: int) -> Citation:
    """Return the citation that a text is, the source's name in it ending at a place."""
    tail = text[name_end:]
    number = _CHAPTER.search(tail)
    title, start, end = _title(tail)
    chapter = number[1] if number else _chapter(title, tail[start:end], text)
    rest = tail[:start] + ";" + tail[end:] if title else tail
    if number:
        rest = rest.replace(number[0], ";", 1)
    found = details(_NOISE.sub(";", rest))
    year = found.year or _first_year(tail[:start] if title else tail)
    sections = tuple(name for name in found.sections if not _is_edition(name))
    return Citation(
        label=ACOEM,
        text=trimmed(text),
        year=year,
        chapter=chapter,
        sections=sections,
        pages=found.pages,
    )


def _title(tail: str) -> tuple[str | None, int, int]:
    """Return the first title in a text and where it stands."""
    words = plain(tail)
    match = next(documents().chapters.longest([word.text for word in words]), None)
    if match is None:
        return None, 0, 0
    return match.value, words[match.first].start, words[match.past - 1].end


def _chapter(title: str | None, printed: str, text: str) -> str | None:
    """Return the number of a 2nd edition chapter; a newer guideline's title, or as printed."""
    if title is None:
        return None
    if _LATER.search(text):
        return title if title not in documents().numbers_by_title else printed
    return documents().numbers_by_title.get(title, title)


def _first_year(text: str) -> int | None:
    year = _YEAR.search(text)
    return int(year[1]) if year else None


def _is_edition(name: str) -> bool:
    return bool(_YEAR.fullmatch(name.strip("() "))) or name.casefold() in ("chapter", "ed", "edition")
