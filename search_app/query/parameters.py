"""The parameters of a search, as they stand in a URL or on a command line, turned into a request.

Everything is read and everything wrong is told at once; what can't be used is left at its default, so that
a page can show results beside the complaints, while the API and the command line refuse.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from search_app.errors import Problem
from search_app.fields import FACETS
from search_app.query.dates import period
from search_app.query.given import Given
from search_app.query.reading import Reading, read
from search_app.query.recipe import EXACT, RECIPE, Recipe
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Filter, SearchRequest, Sort
from search_app.query.tree import Dates, Everything, Node, Not, Value, restricted

QUERY = "q"
SORT = "sort"
PAGE = "page"
LIMIT = "limit"
EXPAND = "expand"
NEAR = "near"
FOLD = "fold"
TWINS = "twins"
FROM, TO = "from", "to"
TICKED: Mapping[str, str] = {name: name for name in FACETS}
"""The parameter of each facet for values of which a decision must have one."""
NOT: Mapping[str, str] = {name: f"not_{name}" for name in FACETS}
"""The parameter of each facet for values that a decision may not have."""
NAMES: tuple[str, ...] = (
    QUERY,
    *TICKED.values(),
    *NOT.values(),
    FROM,
    TO,
    TWINS,
    SORT,
    PAGE,
    LIMIT,
    EXPAND,
    NEAR,
    FOLD,
)
"""Every parameter there is, in the order in which URLs are written."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked for: how its query was read, the request to run, and what was wrong with it.

    `excluded` are values that no decision may have, `dates` the first and the last day or month or year of
    decision as typed, "" for an open end; `restrictions` are both as nodes, and a part of the request's tree.
    `expand` tells whether words mean more than they say, `near` whether what comes near is found where little
    has all that is asked for; `twins` is the id of a decision whose near-twins alone are asked for, or "".
    """

    reading: Reading
    request: SearchRequest
    page: int
    expand: bool
    near: bool = True
    twins: str = ""
    excluded: tuple[Filter, ...] = ()
    dates: tuple[str, str] = ("", "")
    problems: tuple[Problem, ...] = ()

    @property
    def restrictions(self) -> tuple[Node, ...]:
        """What narrows the search whatever its words mean."""
        return _restrictions(self.excluded, self.dates)


def search_of(
    parameters: Mapping[str, Sequence[str]],
    page_size: int = 20,
    *,
    folded: bool = False,
    recipe: Recipe = RECIPE,
    facets: tuple[str, ...] = FACETS,
) -> Search:
    """The search that the parameters ask for.

    `page_size` is the limit where none is given, and `folded` tells whether near-twins are then folded. Words
    are understood and ranked by the recipe, and these facets are counted.
    """
    given = Given(parameters, NAMES)
    limit = given.number(LIMIT, page_size, MAX_LIMIT)
    page = given.number(PAGE, 1, MAX_OFFSET // limit + 1)
    expand = given.choice(EXPAND, ("1", "0")) == "1"
    fold = given.choice(FOLD, ("1", "0") if folded else ("0", "1")) == "1"
    twins, excluded, dates = given.last(TWINS), given.filters(NOT), given.range(FROM, TO)
    reading = read(given.last(QUERY), recipe if expand else EXACT)
    request = SearchRequest(
        tree=restricted(reading.tree, _restrictions(excluded, dates)),
        filters=given.filters(TICKED),
        sort=_sort(given, reading),
        offset=(page - 1) * limit,
        limit=limit,
        facets=facets,
        fold=fold and not twins,
        recipe=recipe,
    )
    near = given.choice(NEAR, ("1", "0")) == "1"
    return Search(reading, request, page, expand, near, twins, excluded, dates, tuple(given.problems))


def _sort(given: Given, reading: Reading) -> Sort:
    """The order asked for; without a query there is nothing to be relevant to, so the latest come first."""
    default = Sort.NEWEST if isinstance(reading.tree, Everything) else Sort.RELEVANCE
    sorts = sorted((one.value for one in Sort), key=lambda value: value != default.value)
    return Sort(given.choice(SORT, tuple(sorts)))


def _restrictions(excluded: Sequence[Filter], dates: tuple[str, str]) -> tuple[Node, ...]:
    first, last = map(period, dates)
    days = first.first if first else None, last.last if last else None
    within = (Dates("decided", *days),) if any(days) else ()
    return (*(Not(Value(one.field, one.values)) for one in excluded), *within)
