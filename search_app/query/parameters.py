"""The parameters of a search, as they stand in a URL or on a command line, turned into a request.

Everything is read and everything wrong is told at once; what can't be used is left at its default, so that
a page can show results beside the complaints, while the API and the command line refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search_app.errors import Problem
from search_app.fields import FACETS, FIELDS, NOT_STATED
from search_app.query.dates import period
from search_app.query.reading import Reading, read
from search_app.query.recipe import EXACT, RECIPE, Recipe
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Filter, SearchRequest, Sort
from search_app.query.tree import Dates, Everything, Node, Not, Value, restricted
from search_app.query.values import closed_values, in_index_form
from search_app.unicode import composed

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

MAX_VALUES = 50
"""Values ticked in one facet."""


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
    problems = [
        Problem(name, "", f"Unknown parameter {name!r}; there are: {', '.join(NAMES)}.")
        for name in parameters
        if name not in NAMES
    ]
    limit = _number(parameters, LIMIT, page_size, MAX_LIMIT, problems)
    page = _number(parameters, PAGE, 1, MAX_OFFSET // limit + 1, problems)
    expand = _choice(parameters, EXPAND, ("1", "0"), problems) == "1"
    near = _choice(parameters, NEAR, ("1", "0"), problems) == "1"
    fold = _choice(parameters, FOLD, ("1", "0") if folded else ("0", "1"), problems) == "1"
    twins = _last(parameters, TWINS, "")
    reading = read(_last(parameters, QUERY, ""), recipe if expand else EXACT)
    # Without a query there is nothing to be relevant to, so the latest decisions come first.
    default = Sort.NEWEST if isinstance(reading.tree, Everything) else Sort.RELEVANCE
    sorts = sorted((one.value for one in Sort), key=lambda value: value != default.value)
    sort = Sort(_choice(parameters, SORT, tuple(sorts), problems))
    excluded = _filters(parameters, NOT, problems)
    dates = _dates(parameters, problems)
    request = SearchRequest(
        tree=restricted(reading.tree, _restrictions(excluded, dates)),
        filters=_filters(parameters, TICKED, problems),
        sort=sort,
        offset=(page - 1) * limit,
        limit=limit,
        facets=facets,
        fold=fold and not twins,
        recipe=recipe,
    )
    return Search(
        reading,
        request,
        page,
        expand,
        near,
        twins=twins,
        excluded=excluded,
        dates=dates,
        problems=tuple(problems),
    )


def _restrictions(excluded: Sequence[Filter], dates: tuple[str, str]) -> tuple[Node, ...]:
    first, last = map(period, dates)
    days = first.first if first else None, last.last if last else None
    within = (Dates("decided", *days),) if any(days) else ()
    return (*(Not(Value(one.field, one.values)) for one in excluded), *within)


def _dates(parameters: Mapping[str, Sequence[str]], problems: list[Problem]) -> tuple[str, str]:
    first, last = (_date(parameters, name, problems) for name in (FROM, TO))
    ends = period(first), period(last)
    if ends[0] and ends[1] and ends[0].first > ends[1].last:
        problems.append(Problem(FROM, first, f"from ({first}) is later than to ({last}), so no day is left."))
    return first, last


def _date(parameters: Mapping[str, Sequence[str]], name: str, problems: list[Problem]) -> str:
    text = _last(parameters, name, "").strip()
    if not text or period(text):
        return text
    message = f"{name} is {text!r}; it takes a year, a month or a day, such as 2016, 2016-05 or 5/3/2016."
    problems.append(Problem(name, text, message))
    return ""


def _last(parameters: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = parameters.get(name) or [default]
    return values[-1]


def _filters(
    parameters: Mapping[str, Sequence[str]], names: Mapping[str, str], problems: list[Problem]
) -> tuple[Filter, ...]:
    filters = []
    for field, name in names.items():
        values = tuple(dict.fromkeys(_known(field, name, parameters.get(name, ()), problems)))
        if len(values) > MAX_VALUES:
            message = f"At most {MAX_VALUES} values of {FIELDS[field].label} can be chosen at once."
            problems.append(Problem(name, str(len(values)), message))
        if values:
            filters.append(Filter(field, values[:MAX_VALUES]))
    return tuple(filters)


def _known(field: str, name: str, values: Sequence[str], problems: list[Problem]) -> Iterator[str]:
    for value in filter(None, values):
        known = in_index_form(field, composed(value))
        if known is None:
            choices = ", ".join((*closed_values()[field], NOT_STATED))
            problems.append(Problem(name, value, f"{name} is {value!r}; it takes one of: {choices}."))
        yield known or value


def _number(
    parameters: Mapping[str, Sequence[str]], name: str, default: int, most: int, problems: list[Problem]
) -> int:
    text = _last(parameters, name, "")
    if not text:
        return default
    if text.isascii() and text.isdigit() and len(text) < 10 and 1 <= int(text) <= most:
        return int(text)
    problems.append(Problem(name, text, f"{name} is {text!r}; it takes a whole number from 1 to {most:,}."))
    return default


def _choice(
    parameters: Mapping[str, Sequence[str]], name: str, choices: tuple[str, ...], problems: list[Problem]
) -> str:
    text = _last(parameters, name, "")
    if not text or text in choices:
        return text or choices[0]
    problems.append(Problem(name, text, f"{name} is {text!r}; it takes one of: {', '.join(choices)}."))
    return choices[0]
