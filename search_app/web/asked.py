"""What a visitor asks for: URL parameters, read once into a search and its state."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_app.query.parameters import Search, search_of
from search_app.query.reading import Reading
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, SearchRequest
from search_app.query.tree import Everything
from search_app.web.state import State


@dataclass(frozen=True, slots=True)
class Asked:
    """A search, and its state for making URLs."""

    search: Search
    state: State

    @property
    def request(self) -> SearchRequest:
        """What the engine is asked."""
        return self.search.request

    @property
    def reading(self) -> Reading:
        """How the query was read."""
        return self.search.reading

    @property
    def has_query(self) -> bool:
        """Whether there is anything to rank by."""
        return not isinstance(self.request.tree, Everything)

    def pages(self, total: int) -> int:
        """The number of pages that `total` hits fill, as far as a list can be paged."""
        return min(-(-total // self.request.limit), MAX_OFFSET // self.request.limit + 1)


def read_asked(parameters: Mapping[str, Sequence[str]], page_size: int) -> Asked:
    """Read URL parameters."""
    size = min(max(page_size, 1), MAX_LIMIT)
    search = search_of(parameters, size)
    return Asked(search, State.of(search, parameters, size))
