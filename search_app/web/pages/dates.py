"""The range of decision dates beside a result list."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from search_app.engines.base import Facet
from search_app.fields import NOT_STATED
from search_app.web.pages.histogram import Histogram, histogram
from search_app.web.state import State
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class DateRange:
    """Both ends as typed, a drawing of the decisions found, and the search of any date ("" if it is that)."""

    first: str
    last: str
    drawing: Histogram | None
    any_date: str


def date_range(facets: Iterable[Facet], state: State, urls: Urls) -> DateRange:
    """The range of a search, over its counted months."""
    months = {
        one.value: one.count
        for facet in facets
        if facet.field == "month"
        for one in facet.values
        if one.value != NOT_STATED
    }
    any_date = urls.search(state.within("", "")) if any(state.dates) else ""
    return DateRange(*state.dates, histogram(months, state, urls), any_date)
