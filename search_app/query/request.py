"""The value that is handed to an engine: what to match, what is ticked, how to sort, which page."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from search_app.fields import FACETS
from search_app.query.recipe import RECIPE, Recipe
from search_app.query.tree import Everything, Node

MAX_OFFSET = 10_000
"""How deep a result list can be paged: readers refine long before, and engines must sort all above it."""

MAX_LIMIT = 100
"""Hits on one page."""

FACET_LIMIT = 100
"""Values listed of one facet where a request doesn't say; ticked ones are always listed."""


class Sort(Enum):
    """Orders of a result list; each is fixed while the index doesn't change, so that pages never shuffle.

    Orders by date end on case id and item. By relevance, decisions of the same score come as the engine has
    them; a search that ranks nothing, having no word or phrase to look for, lists the newest first.
    """

    RELEVANCE = "relevance"
    NEWEST = "newest"
    OLDEST = "oldest"


@dataclass(frozen=True, slots=True)
class Filter:
    """Values ticked in one facet: a decision passes if it has any of them."""

    field: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """One page of one search. Filters are ANDed; each facet is counted without its own filter.

    Undated decisions come last in both date orders. With `fold`, near-twins of a decision that the order by
    relevance has before them are folded into it; totals and counts stay what they are. Of each facet at most
    `facet_limit` values are listed beside the ticked ones; longer lists say that they are cut.
    """

    tree: Node = Everything()
    filters: tuple[Filter, ...] = ()
    sort: Sort = Sort.RELEVANCE
    offset: int = 0
    limit: int = 20
    facets: tuple[str, ...] = FACETS
    facet_limit: int = FACET_LIMIT
    fold: bool = False
    recipe: Recipe = RECIPE

    def selected(self, field: str) -> tuple[str, ...]:
        """The values ticked in a facet."""
        return next((one.values for one in self.filters if one.field == field), ())
