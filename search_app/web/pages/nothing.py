"""What to do when nothing was found: which filter to drop, and what that would find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from search_app.fields import FIELDS
from search_app.query.request import Filter, SearchRequest
from search_app.query.tree import Everything
from search_app.web.asked import Asked
from search_app.web.pages.parts import value_label
from search_app.web.state import State
from search_app.web.urls import Urls

Count = Callable[[SearchRequest], int]


@dataclass(frozen=True, slots=True)
class Offer:
    """A link to a wider search, and how many decisions it finds."""

    text: str
    url: str
    count: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """An empty result: what was searched, and the wider searches that do find something."""

    filters: tuple[str, ...]
    offers: tuple[Offer, ...]


def nothing_found(asked: Asked, count: Count, urls: Urls) -> Nothing:
    """The way out of an empty result; `count` is asked once for each filter and for the query."""
    offers = []
    for text, state, request in _wider(asked):
        found = count(request)
        if found:
            offers.append(Offer(text, urls.search(state), f"{found:,}"))
    return Nothing(tuple(map(filter_text, asked.request.filters)), tuple(offers))


def filter_text(one: Filter) -> str:
    """A filter in words: "Outcome: Upheld or Overturned"."""
    return f"{FIELDS[one.field].label}: {' or '.join(value_label(one.field, value) for value in one.values)}"


def _wider(asked: Asked) -> Iterator[tuple[str, State, SearchRequest]]:
    request = replace(asked.request, offset=0, limit=1, facets=())
    for one in asked.request.filters:
        rest = tuple(other for other in request.filters if other != one)
        yield f"Drop “{filter_text(one)}”", asked.state.without(one.field), replace(request, filters=rest)
    if len(request.filters) > 1:
        yield "Switch all filters off", asked.state.unfiltered(), replace(request, filters=())
    if asked.has_query and request.filters:
        yield "Drop the words, keep the filters", asked.state.asking(""), replace(request, tree=Everything())
