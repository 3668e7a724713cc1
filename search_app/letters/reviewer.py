"""The expert reviewer's credentials: labelled lines, or a sentence in older letters."""

from __future__ import annotations

import re
from collections.abc import Iterable

from search_app.letters.cleaning import one_line
from search_app.model import Reviewer
from search_app.vocabulary import specialties

_STATES = r"State\(?s?\)?\s+of\s+Licensure\s*:"
_BOARDS = r"Certification\(?s?\)?\s*/?\s*Specialty\s*:"
_LICENSURE = re.compile(rf"{_STATES}\s*(.{{0,1000}}?)(?=\n\n|\s*{_BOARDS}|\Z)", re.I | re.S)
_SPECIALTY = re.compile(rf"{_BOARDS}\s*(.{{0,1000}}?)(?=\n\n|\s*{_STATES}|\Z)", re.I | re.S)
_CERTIFIED = re.compile(
    r"Board\s+Certified\s+in\s+(.{1,300}?)(?=,?\s+(?:and\s+)?is\s+licensed|\.\s)", re.I | re.S
)
_SUBSPECIALTY = re.compile(r",?\s*(?:and\s+)?has\s+a\s+(?:sub-?)?specialty\s+in\s+", re.I)
_LICENSED = re.compile(r"licensed\s+to\s+practice\s+in\s+(.{1,300}?)\.(?:\s|\Z)", re.I | re.S)


def read_reviewer(section: str) -> Reviewer:
    """The credentials that the section states; empty tuples where it states none."""
    licensure, specialty = _LICENSURE.search(section), _SPECIALTY.search(section)
    if licensure or specialty:
        states = _items(licensure[1] if licensure else "")
        boards = _items(specialty[1] if specialty else "")
    else:
        states, boards = _from_sentence(one_line(section))
    canonical = dict.fromkeys(map(specialties.canonical, boards))
    return Reviewer(licensure=states, specialties=boards, boards=tuple(canonical))


def _from_sentence(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Read a sentence like "is Board Certified in A, has a subspecialty in B and is licensed in C"."""
    certified, licensed = _CERTIFIED.search(text), _LICENSED.search(text)
    pieces = _items(_SUBSPECIALTY.sub(", ", certified[1])) if certified else ()
    states = _items(re.sub(r",?\s+and\s+", ", ", licensed[1])) if licensed else ()
    return states, _unique(board for piece in pieces for board in _unjoined(piece))


def _unjoined(piece: str) -> list[str]:
    """Two specialties joined by "and", or one that has the word in its name."""
    halves = [half.strip() for half in re.split(r"\s+and\s+", piece, maxsplit=1)]
    return halves if not _is_listed(piece) and all(map(_is_listed, halves)) else [piece]


def _is_listed(name: str) -> bool:
    return specialties.canonical(name) in specialties.all_specialties()


def _items(text: str) -> tuple[str, ...]:
    return _unique(item.strip(" .;") for item in one_line(text).split(","))


def _unique(items: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item for item in items if item))
