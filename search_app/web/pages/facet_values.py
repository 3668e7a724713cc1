"""All values of one facet in a result list, with a box to search among them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.engines.base import Facet
from search_app.fields import FIELDS
from search_app.web.asked import Asked
from search_app.web.pages.narrowing import filter_texts
from search_app.web.pages.parts import Link, SearchForm, value_label
from search_app.web.urls import WITHIN, Urls

SHOWN = 500
"""Values on one page; the box finds the others."""


@dataclass(frozen=True, slots=True)
class ValueRow:
    """A value: the search that ticks it, or unticks it, its count, and the search that leaves it out."""

    label: str
    url: str
    count: str
    selected: bool
    without: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FacetValuesPage:
    """What the page shows; `hidden` is the search that the box carries along."""

    title: str
    form: SearchForm
    help: str
    subject: str
    filters: tuple[str, ...]
    back: Link
    action: str
    within: str
    within_name: str
    hidden: tuple[tuple[str, str], ...]
    told: str
    rows: tuple[ValueRow, ...]


def facet_values_page(asked: Asked, facet: Facet, within: str, urls: Urls) -> FacetValuesPage:
    """The page for a counted facet; `within` is what the values must have in them, in any case."""
    state = asked.state.at_page(1)
    found = list(_rows(asked, facet, within, urls))
    return FacetValuesPage(
        title=f"{FIELDS[facet.field].label}: all values",
        form=SearchForm(urls.search_action(), state.query),
        help=FIELDS[facet.field].help,
        subject=state.query,
        filters=filter_texts(state),
        back=Link("Back to results", urls.search(state)),
        action=urls.facet(facet.field),
        within=within,
        within_name=WITHIN,
        hidden=tuple(state.pairs()),
        told=_told(len(found), len(facet.values), within),
        rows=tuple(found[:SHOWN]),
    )


def _rows(asked: Asked, facet: Facet, within: str, urls: Urls) -> Iterator[ValueRow]:
    state, wanted = asked.state, within.casefold()
    for one in facet.values:
        label = value_label(facet.field, one.value)
        if wanted in label.casefold():
            ticked = urls.search(state.toggled(facet.field, one.value))
            without = "" if one.selected else urls.search(state.excluding(facet.field, one.value))
            yield ValueRow(label, ticked, f"{one.count:,}", one.selected, without)


def _told(found: int, all_values: int, within: str) -> str:
    number = f"{found:,} of {all_values:,} values" if within else f"{all_values:,} values"
    have = f" have “{within}” in them" if within else ""
    cut = f"; the first {SHOWN:,} by count are listed" if found > SHOWN else ""
    return f"{number}{have}{cut}."
