"""The parameters of a search, as they stand in a URL or on a command line, turned into a request.

Everything is read and everything wrong is told at once; what can't be used is left at its default, so that
a page can show results beside the complaints, while the API and the command line refuse.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from search_app.errors import Problem
from search_app.fields import FACETS, FIELDS, NOT_STATED
from search_app.query.reading import Reading, read
from search_app.query.recipe import EXACT, RECIPE, Recipe
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Filter, SearchRequest, Sort
from search_app.query.tree import Everything
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
NAMES: tuple[str, ...] = (QUERY, *FACETS, TWINS, SORT, PAGE, LIMIT, EXPAND, NEAR, FOLD)
"""Every parameter there is, in the order in which URLs are written."""

MAX_VALUES = 50
"""Values ticked in one facet."""


@dataclass(frozen=True, slots=True)
class Search:
    """A search as asked for: how its query was read, the request to run, and what was wrong with it.

    `expand` tells whether words mean more than they say, `near` whether what comes near is found where little
    has all that is asked for; `twins` is the id of a decision whose near-twins alone are asked for, or "".
    """

    reading: Reading
    request: SearchRequest
    page: int
    expand: bool
    near: bool = True
    twins: str = ""
    problems: tuple[Problem, ...] = ()


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
    request = SearchRequest(
        tree=reading.tree,
        filters=_filters(parameters, problems),
        sort=sort,
        offset=(page - 1) * limit,
        limit=limit,
        facets=facets,
        fold=fold and not twins,
        recipe=recipe,
    )
    return Search(reading, request, page, expand, near, twins, tuple(problems))


def _last(parameters: Mapping[str, Sequence[str]], name: str, default: str) -> str:
    values = parameters.get(name) or [default]
    return values[-1]


def _filters(parameters: Mapping[str, Sequence[str]], problems: list[Problem]) -> tuple[Filter, ...]:
    filters = []
    for name in FACETS:
        values = tuple(dict.fromkeys(_known(name, parameters.get(name, ()), problems)))
        if len(values) > MAX_VALUES:
            message = f"At most {MAX_VALUES} values of {FIELDS[name].label} can be chosen at once."
            problems.append(Problem(name, str(len(values)), message))
        if values:
            filters.append(Filter(name, values[:MAX_VALUES]))
    return tuple(filters)


def _known(name: str, values: Sequence[str], problems: list[Problem]) -> Iterator[str]:
    for value in filter(None, values):
        known = in_index_form(name, composed(value))
        if known is None:
            choices = ", ".join((*closed_values()[name], NOT_STATED))
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
