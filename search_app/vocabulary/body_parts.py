"""Finds the parts of the body that a treatment request names, their sides and the levels of the spine.

The words are in body_parts.toml; how levels are written is in spinal_levels.py.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from search_app.vocabulary._files import read_toml
from search_app.vocabulary.patterns import milled, pattern_table
from search_app.vocabulary.spinal_levels import find_levels
from search_app.vocabulary.words import Match, PhraseTable, Word, cut

# How many words may stand between a side's letter and its part: "R total distal ..."
_BETWEEN = 3


@dataclass(frozen=True, slots=True)
class BodyParts:
    """The parts that a request names, by canonical name, the sides and the spinal levels, each as mentioned.

    `sides` holds "left", "right", "bilateral"; `levels` "C5" for one level, "L4-L5" for a span as written.
    """

    parts: tuple[str, ...]
    sides: tuple[str, ...]
    levels: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Sense:
    """What a phrase stands for; a vague one only where no part of the spine is named exactly."""

    parts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    vague: bool = False


@dataclass(frozen=True, slots=True)
class BodyWords:
    """The phrases and their senses, and the letters and abbreviations that may stand for a side."""

    table: PhraseTable[_Sense]
    letters: dict[str, str]
    abbreviations: dict[str, str]
    between: frozenset[str]


_SPINE = frozenset({"cervical spine", "thoracic spine", "lumbar spine", "sacroiliac joint", "coccyx"})


def _senses(file: dict[str, Any]) -> Iterator[tuple[str, _Sense]]:
    yield from ((phrase, _Sense()) for phrase in file["not_meant"])
    for side, phrases in file["sides"].items():
        yield from ((phrase, _Sense(sides=(side,))) for phrase in phrases)
    for part, phrases in file["parts"].items():
        yield from ((phrase, _Sense((part,))) for phrase in phrases)
    for part, phrases in file["vague"].items():
        yield from ((phrase, _Sense((part,), vague=True)) for phrase in phrases)
    for phrase, parts in file["several"].items():
        yield phrase, _Sense(tuple(parts))
    for phrase, one in file["sided"].items():
        yield phrase, _Sense((one["part"],), (one["side"],))


def build(file: dict[str, Any]) -> BodyWords:
    """Make the words from the tables of body_parts.toml; raises ValueError where a phrase has two senses."""
    entries: dict[str, _Sense] = {}
    for phrase, sense in _senses(file):
        if entries.setdefault(milled(phrase), sense) != sense:
            raise ValueError(f"body_parts.toml: {phrase!r} stands for two things")
    return BodyWords(
        table=pattern_table(entries, file["spellings"]),
        letters=file["side_letters"],
        abbreviations=file["side_abbreviations"],
        between=frozenset(file["between"]),
    )


@cache
def _words() -> BodyWords:
    return build(read_toml("body_parts.toml"))


@cache
def all_body_parts() -> tuple[str, ...]:
    """Return the canonical names of all parts, in the order of the data file."""
    return tuple(read_toml("body_parts.toml")["parts"])


def find_body_parts(request: str) -> BodyParts:
    """Return the parts, sides and spinal levels that a request names.

    Anatomy and procedures imply a part ("rotator cuff" the shoulder, "L4-5" the lumbar spine). A side is only
    read in the sense of a side: not in "left work", "right away", "right hand dominant".
    """
    words = cut(request)
    texts = [word.text for word in words]
    levels = find_levels(request)
    found = list(_words().table.longest(texts))
    parts = [(words[match.first].start, match.value) for match in found if match.value.parts]
    parts += [(level.start, _Sense(level.parts)) for level in levels]
    parts.sort(key=lambda one: one[0])
    sides = [(words[match.first].start, match.value.sides) for match in found if match.value.sides]
    if parts:
        sides += _lettered(words, found, {level.start for level in levels})
    sides.sort()
    return BodyParts(
        parts=_unique(part for sense in _exact([sense for _, sense in parts]) for part in sense.parts),
        sides=_unique(side for _, several in sides for side in several),
        levels=_unique(name for level in levels for name in level.names),
    )


def _unique(names: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(names))


def _exact(senses: Sequence[_Sense]) -> Sequence[_Sense]:
    """Leave vague senses out where a region of the spine is named."""
    if any(not sense.vague and not _SPINE.isdisjoint(sense.parts) for sense in senses):
        return [sense for sense in senses if not sense.vague]
    return senses


def _lettered(
    words: Sequence[Word], found: Sequence[Match[_Sense]], levels: set[int]
) -> Iterator[tuple[int, tuple[str, ...]]]:
    """Yield the sides that letters stand for: "R knee", "L & R wrists", "knee (L)", "R L4-5", "knee, lt"."""
    known = _words()
    taken = {n for match in found for n in range(match.first, match.past)}
    begins = {match.first for match in found if match.value.parts}
    begins.update(n for n, word in enumerate(words) if word.start in levels)
    past = {match.past for match in found if match.value.parts}
    for n, word in enumerate(words):
        if n in taken or n in begins:
            continue
        if word.text in known.abbreviations:
            yield word.start, (known.abbreviations[word.text],)
        elif word.text in known.letters and (
            (n in past and _ends(words, n)) or _before_part(words, n, begins, known.between)
        ):
            yield word.start, (known.letters[word.text],)


def _ends(words: Sequence[Word], place: int) -> bool:
    """Say whether a letter behind a part can be its side: no number follows it ("knee, L 4")."""
    return place + 1 == len(words) or not words[place + 1].text.isdigit()


def _before_part(words: Sequence[Word], place: int, begins: set[int], between: frozenset[str]) -> bool:
    for n in range(place + 1, min(place + 2 + _BETWEEN, len(words))):
        if n in begins:
            return True
        if words[n].text not in between:
            return False
    return False
