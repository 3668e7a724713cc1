"""Damage as converters, scanners and hands do it to letters, by a seed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Lines = list[str]

_HEADING = re.compile(
    r"^\W*(?:HOW THE IMR|CLINICAL CASE|IMR ISSUES|Claims Administrator|MAXIMUS|Decision rationale)"
)
_SLIPS = [
    ("l", "1"),
    ("1", "l"),
    ("O", "0"),
    ("0", "O"),
    ("rn", "m"),
    ("m", "rn"),
    ("e", "c"),
    ("i", "l"),
    (".", ","),
]
_SIGNS = [
    ("-", "\u2013"),
    ("-", "\u2010"),
    ("'", "\u2019"),
    ('"', "\u201c"),
    (" ", "\u00a0"),
    ("fi", "\ufb01"),
]


def _drop(lines: Lines, dice: random.Random) -> None:
    del lines[dice.randrange(len(lines))]


def _duplicate(lines: Lines, dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    lines.insert(at, lines[at])


def _join(lines: Lines, dice: random.Random) -> None:
    at = dice.randrange(len(lines) - 1)
    lines[at : at + 2] = [lines[at].rstrip() + " " + lines[at + 1].lstrip()]


def _break(lines: Lines, dice: random.Random) -> None:
    at = dice.randrange(len(lines))
    space = lines[at].find(" ", dice.randrange(len(lines[at]) + 1))
    if space > 0:
        lines[at : at + 1] = [lines[at][:space], lines[at][space + 1 :]]


def _move_pages(lines: Lines, dice: random.Random) -> None:
    lines[:] = [line.replace("\f", "") for line in lines]
    for _ in range(dice.randint(1, 4)):
        lines.insert(dice.randrange(len(lines)), "\f")


def _change_case(lines: Lines, dice: random.Random) -> None:
    change = dice.choice([str.upper, str.lower, str.title])
    lines[:] = [change(line) if _HEADING.match(line) else line for line in lines]


def _signs(lines: Lines, dice: random.Random) -> None:
    old, new = dice.choice(_SIGNS)
    lines[:] = [line.replace(old, new) for line in lines]


def _slip(lines: Lines, dice: random.Random) -> None:
    for _ in range(dice.randint(1, 8)):
        at = dice.randrange(len(lines))
        old, new = dice.choice(_SLIPS)
        places = [found.start() for found in re.finditer(re.escape(old), lines[at])]
        if places:
            place = dice.choice(places)
            lines[at] = lines[at][:place] + new + lines[at][place + len(old) :]


DAMAGES: tuple[Callable[[Lines, random.Random], None], ...] = (
    _drop,
    _duplicate,
    _join,
    _break,
    _move_pages,
    _change_case,
    _signs,
    _slip,
)


def mutated(text: str, seed: int) -> str:
    """The text with one to three damages."""
    dice = random.Random(seed)
    lines = text.split("\n")
    for damage in dice.choices(DAMAGES, k=dice.randint(1, 3)):
        damage(lines, dice)
    return "\n".join(lines)
