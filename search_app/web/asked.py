"""What a visitor asks for: URL parameters, read once into a search and its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from search_app.query.parameters import Search, search_of
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, SearchRequest
from search_app.query.tree import Everything
from search_app.web.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, and its state for making URLs; `page_size` is the site's own."""

    search: Search
    state: State
    page_size: int

    @property
    def request(self) -> SearchRequest:
        """What the engine is asked."""
        return self.search.request

    @property
    def has_query(self) -> bool:
        """Whether there is anything to rank by."""
        return not isinstance(self.search.reading.tree, Everything)

    def changed_to(self, state: State) -> Asked:
        """The same with another state."""
        parameters: dict[str, list[str]] = {}
        for name, value in state.pairs():
            parameters.setdefault(name, []).append(value)
        return read_asked(parameters, self.page_size)

    def pages(self, places: int) -> int:
        """The number of pages that a list of so many places fills, as far as it can be paged."""
        return min(-(-places // self.request.limit), MAX_OFFSET // self.request.limit + 1)


def counted(asked: Asked) -> Asked:
    """The search whose decisions are compared by outcome: those that strictly match, of either outcome."""
    state = asked.state.without("outcome").nearing(False)
    excluded = tuple(one for one in state.excluded if one.field != "outcome")
    return asked.changed_to(replace(state, excluded=excluded, limit=None, sort=None, fold=None))


def read_asked(parameters: Mapping[str, Sequence[str]], page_size: int, *, folded: bool = True) -> Asked:
    """Read URL parameters; `folded` tells whether near-twins are folded where they don't say."""
    size = min(max(page_size, 1), MAX_LIMIT)
    search = search_of(parameters, size, folded=folded)
    return Asked(search, State.of(search, parameters, size), size)
