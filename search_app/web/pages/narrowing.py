"""What narrows a search beside its words, told in words, each part with the search without it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.fields import FIELDS
from search_app.query.request import Filter
from search_app.web.pages.parts import value_label
from search_app.web.state import State

DECIDED = "Decided"


@dataclass(frozen=True, slots=True)
class Narrowing:
    """One thing that narrows a search, and the state without it."""

    label: str
    value: str
    without: State


def each_value(state: State) -> Iterator[Narrowing]:
    """Each ticked or excluded value, the range of dates, and the near-twins that alone are asked for."""
    for one in state.filters:
        for value in one.values:
            without = state.toggled(one.field, value)
            yield Narrowing(FIELDS[one.field].label, value_label(one.field, value), without)
    yield from _excluded(state)
    if any(state.dates):
        yield Narrowing(DECIDED, range_text(state.dates), state.within("", ""))
    if state.twins:
        yield Narrowing("Nearly the same rationale as", state.twins, state.among_twins(""))


def each_filter(state: State) -> Iterator[Narrowing]:
    """The same, but for the near-twins, with all that is ticked in a facet in one."""
    for one in state.filters:
        yield Narrowing(FIELDS[one.field].label, _any_of(one), state.without(one.field))
    yield from _excluded(state)
    if any(state.dates):
        yield Narrowing(DECIDED, range_text(state.dates), state.within("", ""))


def filter_texts(state: State) -> tuple[str, ...]:
    """What narrows a search, in words: "Outcome: Upheld or Overturned"."""
    return tuple(f"{one.label}: {one.value}" for one in each_filter(state))


def range_text(dates: tuple[str, str]) -> str:
    """A range of dates in words: "2015-06 to 2016", "from 2015", "until 2016", "2016"."""
    first, last = dates
    if first == last:
        return first
    if first and last:
        return f"{first} to {last}"
    return f"from {first}" if first else f"until {last}"


def _excluded(state: State) -> Iterator[Narrowing]:
    for one in state.excluded:
        for value in one.values:
            without = state.excluding(one.field, value)
            yield Narrowing(FIELDS[one.field].label, f"not {value_label(one.field, value)}", without)


def _any_of(one: Filter) -> str:
    return " or ".join(value_label(one.field, value) for value in one.values)
