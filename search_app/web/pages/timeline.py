"""The dates of a case in the order in which they fell, with the days between them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from search_app.model import HEADER_DATES, Determination
from search_app.web.pages.parts import Day


@dataclass(frozen=True, slots=True)
class Event:
    """A date of the letter; `later` tells how long after the one before it, "" for the first."""

    label: str
    day: Day
    later: str


@dataclass(frozen=True, slots=True)
class Timeline:
    """The dates that a letter states, in order, those that it does not, and what is odd about them."""

    events: tuple[Event, ...]
    missing: tuple[str, ...]
    oddities: tuple[str, ...]


def timeline(case: Determination) -> Timeline:
    """The timeline of a case; dates that fall otherwise than the steps of a review do are told as odd."""
    days = {label: getattr(case, name) for name, label in HEADER_DATES.items()}
    stated = [(label, day) for label, day in days.items() if day is not None]
    in_order = sorted(stated, key=lambda one: one[1])
    before = [None, *(day for _, day in in_order)]
    return Timeline(
        events=tuple(_event(label, day, last) for (label, day), last in zip(in_order, before, strict=False)),
        missing=tuple(label for label, day in days.items() if day is None),
        oddities=tuple(_oddity(one, two) for one, two in pairwise(stated) if two[1] < one[1]),
    )


def _event(label: str, day: date, last: date | None) -> Event:
    shown = Day.of(day)
    assert shown is not None
    return Event(label, shown, "" if last is None else _later((day - last).days))


def _later(days: int) -> str:
    if days == 0:
        return "the same day"
    return "1 day later" if days == 1 else f"{days:,} days later"


def _oddity(earlier: tuple[str, date], later: tuple[str, date]) -> str:
    """Says that a step is dated before the one that must come before it."""
    days = (earlier[1] - later[1]).days
    by = "1 day" if days == 1 else f"{days:,} days"
    return (
        f"As the letter states them, “{later[0]}” falls {by} before “{earlier[0]}”, which should come first."
    )
