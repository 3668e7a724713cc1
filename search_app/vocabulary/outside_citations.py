"""Sources that free text cites: the Official Disability Guidelines, ACOEM, any other, and the schedule."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from search_app.model import Citation
from search_app.vocabulary.acoem_citations import acoem_citation
from search_app.vocabulary.citation_details import take_pages, trimmed
from search_app.vocabulary.guideline_table import ACOEM, MTUS, ODG, OTHER, Source, documents, phrase, plain
from search_app.vocabulary.odg_citations import chapter_before, names_chapter, odg_citations
from search_app.vocabulary.schedule_citations import schedule_citations

# What separates kinds of source in the free text, without being one.
OTHER_KIND = re.compile(
    r"\b(?:(?:and|or)\s+)?Other\s+Medical\s+Treatment\s+Guidelines?(?:\s+or\s+Medical\s+Evidence)?\s*:?",
    re.IGNORECASE,
)

_ADDRESS = re.compile(r"(?:https?\s*:\s*//|www\.)(?:\S|(?<=[-/])\s(?=\S+[./]))+", re.IGNORECASE)

# Text that says that nothing was cited.
_NOTHING = re.compile(
    r"\W*(?:none|n/?a|nil|unknown|(?:none|not)\s+(?:cited|applicable|provided|specified|stated|given|listed)"
    r"|no\s+(?:other\s+)?(?:guidelines?|citations?|(?:medical\s+)?evidence)(?:\s+\w+){0,3})?\W*",
    re.IGNORECASE,
)

# What stands between two names of one source: "Official Disability Guidelines (ODG)", "ODG by MCG".
_ONE_NAME = re.compile(
    r"[\s,;:.()/'’-]*(?:\b(?:TWC|the|s|CA|California|Practice|Guidelines?)\b[\s,:.()/'’-]*)*"
)

_PARTS_OTHERS = re.compile(r"[,;.]\s|\band\s", re.IGNORECASE)


class Name(NamedTuple):
    """A source named in a text, from its first character to past its last."""

    source: Source
    start: int
    end: int
    address: bool = False


def outside_citations(text: str, *, free: bool = False) -> list[Citation]:
    """Return a citation for each source in the text of a "Non-MTUS Citation".

    Text that names no source known is another one, unless it is `free` text, which need not cite any.
    """
    found: list[Citation] = []
    for part in OTHER_KIND.split(text):
        names = _names(part)
        if names:
            found += _cited(part, names)
        elif not free and not _NOTHING.fullmatch(part):
            found += _unnamed(part)
    return found


def first_outside(text: str) -> int:
    """Return where a sentence on the schedule begins to cite something beside it, else its length."""
    kind = OTHER_KIND.search(text)
    end = kind.start() if kind else len(text)
    for name in _names(text[:end]):
        if name.source.label == ODG and not name.source.mark and not _in_parentheses(text, name.start):
            return _start(text, name, 0)
    return end


def _unnamed(text: str) -> list[Citation]:
    """Return an ODG citation for a text that begins as its chapters do, else one of another source."""
    if names_chapter(text, said=True):
        return odg_citations(text, 0, 0)
    return [_other(text)] if phrase(text) else []


def _names(text: str) -> list[Name]:
    """Return the sources that a text names, one for each time it turns to one."""
    addresses = [_address(match) for match in _ADDRESS.finditer(text)]
    found = [
        name
        for name in _worded(text)
        if not any(address.start <= name.start < address.end for address in addresses)
    ]
    kept: list[Name] = []
    for name in sorted([*found, *addresses], key=lambda name: name.start):
        if kept and _adds(text, kept[-1], name):
            label = kept[-1].source if kept[-1].source.label == MTUS else name.source
            if not name.source.mark:
                kept[-1] = Name(label, kept[-1].start, name.end, name.address)
        elif not (kept and _aside(text, kept[-1], name)):
            kept.append(name)
    return kept


def _worded(text: str) -> Iterator[Name]:
    words = plain(text)
    for match in documents().sources.longest([word.text for word in words]):
        start, end = words[match.first].start, words[match.past - 1].end
        if not (match.value.abbreviation and text[start:end].islower()):
            closed = text.startswith(")", end) and _in_parentheses(text, end)
            yield Name(match.value, start, end + closed)


def _address(match: re.Match[str]) -> Name:
    site = match[0].casefold()
    label = next((label for part, label in documents().sites if part in site), OTHER)
    return Name(Source(label), match.start(), match.end(), address=True)


def _adds(text: str, before: Name, name: Name) -> bool:
    """Say whether a name is one more of the source before it: "(ODG)" after the words it abbreviates."""
    label, other = name.source.label, before.source.label
    if name.source.mark:
        return label == other
    if {label, other} == {MTUS, ACOEM} or (label == other and label != OTHER):
        return bool(_ONE_NAME.fullmatch(text, before.end, name.start)) and not before.source.title
    return (
        label == other == OTHER
        and not (before.address and name.address)
        and ";" not in text[before.end : name.start]
    )


def _aside(text: str, before: Name, name: Name) -> bool:
    """Say whether a name stands in parentheses within another source's citation."""
    if name.source.mark or name.address:
        return name.source.label == before.source.label != OTHER
    return name.source.label in (OTHER, MTUS) and _in_parentheses(text[before.end :], name.start - before.end)


def _in_parentheses(text: str, place: int) -> bool:
    return text.count("(", 0, place) > text.count(")", 0, place)


def _start(text: str, name: Name, least: int) -> int:
    """Return where the citation of a named source begins, with words before its name that belong to it."""
    before = text[least : name.start]
    if name.source.mark:
        return least
    if name.source.label == ODG:
        return least + chapter_before(before, first=least == 0)
    if name.source.label == OTHER and not name.address:
        parted = [match.end() for match in _PARTS_OTHERS.finditer(before)]
        return least + (parted[-1] if parted else 0)
    return name.start


def _cited(text: str, names: Sequence[Name]) -> list[Citation]:
    found: list[Citation] = []
    starts = [
        _start(text, name, before) for name, before in zip(names, [0, *(n.end for n in names)], strict=False)
    ]
    if names[0].source.label == ODG and names_chapter(text[: starts[0]]):
        found += odg_citations(text[: starts[0]], 0, 0)
    for name, start, end in zip(names, starts, [*starts[1:], len(text)], strict=True):
        found += _citations(text[start:end], name, start)
    return found


def _citations(text: str, name: Name, offset: int) -> list[Citation]:
    """Return what the text of one source cites; its name lies at its place less the offset."""
    label = name.source.label
    if label == ODG:
        mark = name.source.mark
        return odg_citations(text, 0 if mark else name.start - offset, 0 if mark else name.end - offset)
    if label == ACOEM:
        return [acoem_citation(text, name.end - offset)]
    return _of_schedule(text) if label == MTUS else [_other(text)]


def _of_schedule(text: str) -> list[Citation]:
    found = schedule_citations(text, named_only=True)
    if not found and re.search(r"\bACOEM\b", text, re.IGNORECASE):
        return [acoem_citation(text, 0)]
    return found


def _other(text: str) -> Citation:
    _, pages = ("", ()) if _ADDRESS.search(text) else take_pages(text)
    return Citation(label=OTHER, text=trimmed(text), pages=pages)
