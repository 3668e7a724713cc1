"""Finds what has a name that begins, at any of its words, with what was typed."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Generic, TypeVar

from search_app.vocabulary.words import key

Value = TypeVar("Value")

_AFTER_ALL = chr(0x10FFFF)


class Closeness(IntEnum):
    """How what was typed stands to a name; the closest come first."""

    WHOLE = 0
    BEGINS_USUAL = 1
    BEGINS_OTHER = 2
    INSIDE = 3


@dataclass(frozen=True, slots=True)
class Match(Generic[Value]):
    """What was found, and which of its names begins so."""

    value: Value
    form: str
    closeness: Closeness


class Beginnings(Generic[Value]):
    """Values by their names, cut into words: "epidural" finds "lumbar epidural steroid injection".

    Punctuation and case don't count. One look-up is a bisection and a walk over what begins so.
    """

    def __init__(self, named: Iterable[tuple[Value, Sequence[str]]]) -> None:
        self._values: list[Value] = []
        self._forms: list[Sequence[str]] = []
        entries: list[tuple[str, int, int, bool]] = []
        for number, (value, forms) in enumerate(named):
            self._values.append(value)
            self._forms.append(forms)
            for form_number, form in enumerate(forms):
                words = key(form)
                entries += [
                    (" ".join(words[first:]), number, form_number, first == 0) for first in range(len(words))
                ]
        entries.sort()
        self._entries = entries
        self._texts = [text for text, *_ in entries]

    def of(self, typed: str) -> list[Match[Value]]:
        """Everything with a name that begins so, once each with its closest name, the closest first."""
        begun = " ".join(key(typed))
        if not begun:
            return []
        first, past = bisect_left(self._texts, begun), bisect_left(self._texts, begun + _AFTER_ALL)
        best: dict[int, tuple[Closeness, int]] = {}
        for text, number, form, at_start in self._entries[first:past]:
            found = (_closeness(text == begun, form, at_start), form)
            best[number] = min(best.get(number, found), found)
        matches = [
            Match(self._values[number], self._forms[number][form], closeness)
            for number, (closeness, form) in best.items()
        ]
        return sorted(matches, key=lambda one: (one.closeness, len(one.form), one.form))


def _closeness(whole: bool, form: int, at_start: bool) -> Closeness:
    if not at_start:
        return Closeness.INSIDE
    if whole:
        return Closeness.WHOLE
    return Closeness.BEGINS_OTHER if form else Closeness.BEGINS_USUAL
