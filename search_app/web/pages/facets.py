"""The filters beside a result list."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search_app.engines.base import Facet, FacetValue
from search_app.fields import FIELDS, NOT_STATED, PATH_SEPARATOR
from search_app.query.parameters import NOT
from search_app.web.pages.parts import Outcome, value_label
from search_app.web.state import State
from search_app.web.urls import Urls

SHOWN = 6
"""Values of a facet that are listed at once; the others are one click away."""

_PARENTS = {"category": "subcategory", "guideline": "section"}
"""Facets whose values are branches, with the facet that holds the twigs."""

_ELSEWHERE = frozenset({"month"})
"""Facets that the page shows in another form than checkboxes."""

_NEWEST_FIRST = frozenset({"year"})
"""Facets in which people look along time, not for the largest count."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One checkbox: its name and value in the form, what it says, and whether it is ticked.

    A branch that only holds ticked twigs can't be chosen itself: `count` is None and it is a heading.
    `children` are shown below it, `rest` only when asked for. `excluding` is the form's
    name for leaving the value out, "" where that can't be.
    """

    field: str
    value: str
    label: str
    count: str | None
    selected: bool
    excluding: str
    children: tuple[Choice, ...] = ()
    rest: tuple[Choice, ...] = ()

    @property
    def open(self) -> bool:
        """Whether it is in use, so that it and its children are shown at once."""
        return self.count is None or self.selected or any(child.selected for child in self.children)


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a bar: what it stands for, its count and percentage in words, and where it starts and ends.

    `start` and `width` are in percent of the bar.
    """

    outcome: Outcome
    count: str
    percent: str
    start: float
    width: float


@dataclass(frozen=True, slots=True)
class FacetGroup:
    """One facet: the choices listed at once, those behind "show more", and how many are left out.

    `all_values` is the page that lists and searches all of them, "" where all are listed at once anyway.
    `shares` are set for the outcome alone.
    """

    field: str
    legend: str
    help: str
    choices: tuple[Choice, ...]
    rest: tuple[Choice, ...] = ()
    left_out: str = ""
    all_values: str = ""
    shares: tuple[Share, ...] = ()


def facet_groups(facets: Iterable[Facet], state: State, urls: Urls) -> tuple[FacetGroup, ...]:
    """The facets as groups of checkboxes; subcategories stand below their category."""
    by_field = {facet.field: facet for facet in facets}
    apart = _ELSEWHERE.union(_PARENTS.values())
    drawing = _Drawing(state, urls)
    groups = (drawing.group(facet, by_field) for facet in by_field.values() if facet.field not in apart)
    return tuple(group for group in groups if group.choices)


@dataclass(frozen=True, slots=True)
class _Drawing:
    """Makes the choices of one page."""

    state: State
    urls: Urls

    def group(self, facet: Facet, by_field: Mapping[str, Facet]) -> FacetGroup:
        children = by_field.get(_PARENTS.get(facet.field, ""))
        choices = self._branches(facet, children) if children else self._choices(facet)
        if facet.field in _NEWEST_FIRST:
            choices = tuple(
                sorted(choices, key=lambda one: (one.value != NOT_STATED, one.value), reverse=True)
            )
        shown, rest = _split(choices)
        more = facet.more + (children.more if children else 0)
        return FacetGroup(
            field=facet.field,
            legend=FIELDS[facet.field].label,
            help=FIELDS[facet.field].help,
            choices=shown,
            rest=rest,
            left_out=f"{more:,} more are not listed here." if more else "",
            all_values=self.urls.facet(facet.field, self.state) if rest or more else "",
            shares=shares(facet) if facet.field == "outcome" else (),
        )

    def _choices(self, facet: Facet) -> tuple[Choice, ...]:
        return tuple(self._choice(facet.field, one) for one in facet.values)

    def _choice(self, name: str, one: FacetValue, label: str = "", twigs: Sequence[Choice] = ()) -> Choice:
        text = label or value_label(name, one.value)
        excluding = "" if one.selected else NOT[name]
        return Choice(name, one.value, text, f"{one.count:,}", one.selected, excluding, *_split(twigs))

    def _branches(self, facet: Facet, children: Facet) -> tuple[Choice, ...]:
        below: dict[str, list[Choice]] = {}
        loose = []
        for one in children.values:
            parent, _, name = one.value.rpartition(PATH_SEPARATOR)
            if parent:
                below.setdefault(parent, []).append(self._choice(children.field, one, name))
            else:
                label = f"{FIELDS[children.field].label}: {value_label(children.field, one.value)}"
                loose.append(self._choice(children.field, one, label))
        listed = tuple(self._choice(facet.field, one, twigs=below.pop(one.value, ())) for one in facet.values)
        headings = tuple(
            Choice(facet.field, name, value_label(facet.field, name), None, False, "", *_split(twigs))
            for name, twigs in below.items()
        )
        return (*listed, *headings, *loose)


def _split(choices: Sequence[Choice]) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
    """The choices that are shown at once, which all ticked ones are among, and the others."""
    shown = [one for at, one in enumerate(choices) if at < SHOWN or one.open]
    return tuple(shown), tuple(one for one in choices if one not in shown)


def shares(facet: Facet) -> tuple[Share, ...]:
    """How the decisions divide among the values of a facet that gives each just one, as parts of a bar."""
    total = sum(one.count for one in facet.values)
    drawn: list[Share] = []
    start = 0.0
    for one in sorted(facet.values, key=lambda one: one.value) if total else ():
        share = 100 * one.count / total
        drawn.append(
            Share(Outcome.of(one.value), f"{one.count:,}", f"{share:.1f}%", round(start, 3), round(share, 3))
        )
        start += share
    return tuple(drawn)
