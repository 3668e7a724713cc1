"""What to do when nothing was found: which filter to drop, and what that would find."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from search_app.query.request import SearchRequest
from search_app.web.asked import Asked
from search_app.web.pages.narrowing import each_filter, filter_texts
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
    for text, state in _wider(asked):
        found = count(asked.changed_to(state).request)
        if found:
            offers.append(Offer(text, urls.search(state), f"{found:,}"))
    return Nothing(filter_texts(asked.state), tuple(offers))


def _wider(asked: Asked) -> Iterator[tuple[str, State]]:
    state = asked.state
    filters = list(each_filter(state))
    for one in filters:
        yield f"Drop “{one.label}: {one.value}”", one.without
    if len(filters) > 1:
        yield "Switch all filters off", state.unfiltered()
    if asked.has_query and filters:
        yield "Drop the words, keep the filters", state.asking("")
