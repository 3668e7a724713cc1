"""Makes texts on which a regular expression would take longest, from the expression itself.

Each repeats a part that the expression repeats, or all that comes before it, and ends in what does not match:
where two ways lead through such a text, a matcher that goes back tries them all.
"""

from __future__ import annotations

import re._constants as c  # type: ignore[import-not-found]
import re._parser as parser  # type: ignore[import-not-found]
from collections.abc import Iterator, Sequence
from typing import Any

PLAIN = ("a", " ", "\n", "0", "a ", "0 ", ", ", "(", "-\n", "A.", '"', "[")
ENDS = ("", "\0")

_SPACE, _DIGIT, _LETTER = " ", "1", "a"
_REPEATS = (c.MAX_REPEAT, c.MIN_REPEAT, c.POSSESSIVE_REPEAT)
_OF_CATEGORY = {
    c.CATEGORY_SPACE: _SPACE,
    c.CATEGORY_NOT_SPACE: _LETTER,
    c.CATEGORY_DIGIT: _DIGIT,
    c.CATEGORY_NOT_DIGIT: _LETTER,
    c.CATEGORY_WORD: _LETTER,
    c.CATEGORY_NOT_WORD: "-",
}

Node = tuple[Any, Any]


def attacks(pattern: str, flags: int, length: int) -> Iterator[str]:
    """Texts of about so many characters."""
    for pump, before in {**dict.fromkeys(PLAIN, ""), **pumps(pattern, flags)}.items():
        for end in ENDS:
            yield before + pump * (length // len(pump)) + end


def pumps(pattern: str, flags: int) -> dict[str, str]:
    """What can be repeated in such a text, and what comes before it."""
    found: dict[str, str] = {}
    for before, repeated in _repeats(list(parser.parse(pattern, flags)), ""):
        for pump in filter(None, (repeated, before + repeated, before, before + repeated * 3)):
            found.setdefault(pump, before)
    return found


def _repeats(nodes: Sequence[Node], before: str) -> Iterator[tuple[str, str]]:
    """What comes before each repetition that has no narrow bound, and what is repeated there."""
    for kind, value in nodes:
        if kind in _REPEATS:
            _, most, inner = value
            for text in _variants(list(inner)):
                if most > 8 and text:
                    yield before, text
            yield from _repeats(list(inner), before)
        else:
            for inner in _inside(kind, value):
                yield from _repeats(list(inner), before)
        before += _text([(kind, value)], 0)


def _variants(nodes: Sequence[Node]) -> set[str]:
    return {_text(nodes, which) for which in range(4)}


def _inside(kind: Any, value: Any) -> Sequence[Any]:
    if kind is c.BRANCH:
        return value[1]  # type: ignore[no-any-return]
    if kind is c.SUBPATTERN:
        return [value[-1]]
    if kind in (c.ASSERT, c.ASSERT_NOT):
        return [value[1]]
    return [value] if kind is c.ATOMIC_GROUP else []


def _text(nodes: Sequence[Node], which: int) -> str:
    """A text that the nodes match, as far as one can be had without looking around; `which` of several."""
    return "".join(_one(kind, value, which) for kind, value in nodes)


def _one(kind: Any, value: Any, which: int) -> str:
    if kind is c.LITERAL:
        return chr(value)
    if kind in (c.ANY, c.NOT_LITERAL):
        return _LETTER
    if kind is c.IN:
        return _member(value, which)
    if kind in _REPEATS:
        return _text(list(value[2]), which) * max(value[0], 1 if which else 0)
    if kind in (c.ASSERT, c.ASSERT_NOT):
        return ""
    inside = _inside(kind, value)
    return _text(list(inside[which % len(inside)]), which) if inside else ""


def _member(members: Sequence[Node], which: int) -> str:
    """One character of a set."""
    if members[0][0] is c.NEGATE:
        excluded = {chr(value) for kind, value in members[1:] if kind is c.LITERAL}
        return next(one for one in "a1 -~" if one not in excluded)
    kind, value = members[which % len(members)]
    if kind is c.CATEGORY:
        return _OF_CATEGORY[value]
    return chr(value if kind is c.LITERAL else value[0])
