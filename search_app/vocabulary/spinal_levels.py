"""Finds spinal levels in all their writings: "L4-5", "L4/L5", "L5S1", "C5-6 and C6-7", "L3 through S1"."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

# The regions from the top: how many levels each has (an eighth cervical nerve, a sixth lumbar vertebra), its
# last vertebra, and the part it belongs to; the first sacral level is asked for with the lumbar spine.
_SIZE = {"C": 8, "T": 12, "L": 6, "S": 5}
_LAST = {"C": 7, "T": 12, "L": 5}
_PART = {"C": "cervical spine", "T": "thoracic spine", "L": "lumbar spine", "S": "lumbar spine"}
_ORDER = "CTLS"

# What a number counts: in "L4-5, 5 sessions" the last 5 is no level.
_NOT_COUNTED = (
    r"(?!\s*(?:[x\u00d7%#]|(?:time|visit|session|treatment|week|day|month|unit|injection|hour|refill|tab|cap)s?\b"
    r"|(?:mg|mcg|ml|per|view)\b))"
)
# No digit, percentage or letter follows, unless the letter begins the next level: "L5S1", not "T2weighted".
_END = r"(?![\d%])(?!(?![CTLS]-?\d)[^\W\d_])"
# "L4", "L-4", "L 4", "T12"; not "B12", "vitamin C 5", "patient's 1", "C 5 sessions"
_FIRST = re.compile(
    rf"(?<![\w'’.#])(?<!vitamin )(?<!hepatitis )"
    rf"(?:(?P<region>[CTLS])-?|(?P<spaced>[CL])\s(?=\d+{_NOT_COUNTED}))(?P<number>\d{{1,2}}){_END}",
    re.IGNORECASE,
)
# "-L5", "/5", " through S1", ", L5", " and 6", "S1" (of "L5S1")
_NEXT = re.compile(
    rf"(?:(?P<range>\s*(?:[-\u2013\u2014/]|\bto\b|\bthrough\b|\bthru\b)\s*)"
    rf"|(?P<list>\s*(?:,|;|&|\+|\band\b)\s*(?:\band\b\s*)?)|)"
    rf"(?:(?P<region>[CTLS])[- ]?(?P<number>\d{{1,2}}){_END}"
    rf"|(?<=[-\u2013\u2014/\s,;&+])(?P<bare>\d{{1,2}}){_END}(?!\.\d)(?(list){_NOT_COUNTED}|))",
    re.IGNORECASE,
)
# Where one of these words stands, T3, T4, C3 and the like are laboratory values or pictures.
_NO_SPINE = re.compile(
    r"\b(?:tsh|thyroid|uptake|complement|weighted|(?:free|total|reverse)\s+t-?[34]|t-?[34]\s+free)\b",
    re.IGNORECASE,
)
_NOT_AMONG = frozenset({"T1", "T2", "T3", "T4", "C3", "C4"})

_Level = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Levels:
    """Levels written together, by name ("L4-L5", "C5"), their parts of the spine, and where they begin."""

    names: tuple[str, ...]
    parts: tuple[str, ...]
    start: int


def find_levels(text: str) -> tuple[Levels, ...]:
    """Return the spinal levels of a text in its order; a span stays as written ("L3 through S1" is L3-S1)."""
    return tuple(_all(text))


def _all(text: str) -> Iterator[Levels]:
    place = 0
    no_spine = _NO_SPINE.search(text) is not None
    while first := _FIRST.search(text, place):
        groups, place = _run(text, first)
        if no_spine:
            groups = [group for group in groups if not _NOT_AMONG.issuperset(map(_name, group))]
        if groups:
            names = tuple(dict.fromkeys(name for group in groups for name in _names(group)))
            parts = tuple(dict.fromkeys(part for group in groups for part in _parts(group)))
            yield Levels(names, parts, first.start())


def _run(text: str, first: re.Match[str]) -> tuple[list[list[_Level]], int]:
    """Return the groups of levels from a first one on (a group is a chain of spans), and where they end."""
    levels = _lettered(first["region"] or first["spaced"], first["number"])
    groups, place = [levels], first.end()
    while levels and (link := _NEXT.match(text, place)):
        levels = _linked(link, groups[-1][-1])
        if levels and _apart(link, groups[-1]):
            groups.append(levels)
        else:
            groups[-1].extend(levels)
        place = link.end() if levels else place
    return [group for group in groups if group], place


def _apart(link: re.Match[str], group: list[_Level]) -> bool:
    """Say whether a new group begins: after a comma, and after the span of "L2-3 to L5-S1"."""
    return link["list"] is not None or (len(group) > 1 and (link["range"] or "").strip().isalpha())


def _lettered(region: str, number: str) -> list[_Level]:
    """Return the level of a letter and its number, two for "L45"; [] for what is none, "L9"."""
    letter, one = region.upper(), int(number)
    if 0 < one <= _SIZE[letter]:
        return [(letter, one)]
    upper, lower = divmod(one, 10)
    return [(letter, upper), (letter, lower)] if lower == upper + 1 and lower <= _SIZE[letter] else []


def _linked(link: re.Match[str], last: _Level) -> list[_Level]:
    """Return the level that goes on from the last one: "-5" after L4, "-1" after L5, ", 5" after L4."""
    if link["region"]:
        return _lettered(link["region"], link["number"])
    region, number = last
    bare = int(link["bare"])
    if link["list"] is not None:
        follows = bare == number + 1 or (bare == number and link.string[link.end() : link.end() + 1] in "-/")
        return [(region, bare)] if follows and bare <= _SIZE[region] else []
    if bare == 1 and number == _LAST.get(region):
        return [(_ORDER[_ORDER.index(region) + 1], 1)]
    return [(region, bare)] if number < bare <= _SIZE[region] else []


def _parts(group: Sequence[_Level]) -> Iterator[str]:
    """Yield the parts of the spine; a junction belongs to the upper one, C7-T1 to the cervical spine."""
    for place, (region, number) in enumerate(group):
        before = group[place - 1] if place else None
        if number != 1 or before is None or before[1] != _LAST.get(before[0]) or before[0] == region:
            yield _PART[region]


def _name(level: _Level) -> str:
    return f"{level[0]}{level[1]}"


def _place(level: _Level) -> tuple[int, int]:
    return _ORDER.index(level[0]), level[1]


def _names(group: Sequence[_Level]) -> Iterator[str]:
    """Yield "L4" for a level alone, each span of a chain otherwise, the upper level first."""
    if len(group) == 1:
        yield _name(group[0])
    for one, other in pairwise(group):
        yield "-".join(dict.fromkeys(_name(level) for level in sorted((one, other), key=_place)))
