"""The parameters of the API with their schemas, made from the field table and the parameters of a search."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from search_app.fields import FACETS, FIELDS, NOT_STATED
from search_app.query.given import MAX_VALUES
from search_app.query.likeness import MOST_READ
from search_app.query.parameters import (
    EXPAND,
    FOLD,
    FROM,
    LIMIT,
    NAMES,
    NEAR,
    NOT,
    PAGE,
    QUERY,
    SORT,
    TICKED,
    TO,
    TWINS,
)
from search_app.query.request import MAX_LIMIT, MAX_OFFSET, Sort
from search_app.query.values import closed_values
from search_app.suggest.suggestions import MOST

PREFIX, CONTAINS = "prefix", "contains"
"""Parameters of a facet's list of values: what they begin with, and what they have in them, in any case."""

LIKE, TEXT = "to", "text"
"""What others are compared with: a decision by its id, or a text."""

SIMILAR_LIMIT = 10
"""Decisions that are listed as similar where a request doesn't say."""

_YEAR, _MONTH, _DAY = "[0-9]{4}", "(0?[1-9]|1[0-2])", "(0?[1-9]|[12][0-9]|3[01])"
DATE_PATTERN = f"^({_YEAR}(-{_MONTH}(-{_DAY})?)?|({_MONTH}/({_DAY}/)?)?{_YEAR})$"
"""A year, a month or a day as `query.dates` reads it: 2016, 2016-05, 2016-05-03, 5/2016, 5/3/2016."""

DECISION_ID = "CM16-0213037/1"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parameter:
    """One parameter: what it is for and the JSON Schema of its values; one of an array may be repeated.

    With `free`, an empty value is as good as none; `expected` says what the schema's pattern asks for.
    """

    name: str
    help: str
    schema: Mapping[str, Any]
    example: Any = None
    required: bool = False
    free: bool = False
    expected: str = ""

    @property
    def repeats(self) -> bool:
        """Whether it may be given several times."""
        return bool(self.schema["type"] == "array")


HELP: Mapping[str, str] = {
    QUERY: "The query, in the language that the help page explains.",
    FROM: "The first day, month or year of decision: 2016, 2016-05, 2016-05-03.",
    TO: "The last day, month or year of decision.",
    TWINS: f"The id of a decision, such as {DECISION_ID}: only its near-twins.",
    SORT: f"One of: {', '.join(sort.value for sort in Sort)}. Else by relevance, or without a query newest.",
    PAGE: f"Page of the list, from 1. Lists can be paged to result {MAX_OFFSET:,}: page 1 to "
    f"{MAX_OFFSET:,} / limit + 1.",
    LIMIT: f"Results on a page, from 1 to {MAX_LIMIT}.",
    EXPAND: "0 takes words as they stand: nothing is added, mended or left out.",
    NEAR: "0 finds nothing beside what has all that is asked for, however little that is.",
    FOLD: "1 folds near-twins into one result, 0 shows them apart (so it is here without it).",
}
"""What each parameter of a search does, but for those of facets."""

_SWITCH = {"type": "string", "enum": ["0", "1"]}
_DATE = {"type": "string", "pattern": DATE_PATTERN}
_SCHEMAS: Mapping[str, Mapping[str, Any]] = {
    QUERY: {"type": "string"},
    FROM: _DATE,
    TO: _DATE,
    TWINS: {"type": "string", "minLength": 1},
    SORT: {"type": "string", "enum": [sort.value for sort in Sort]},
    PAGE: {"type": "integer", "minimum": 1, "maximum": MAX_OFFSET + 1, "default": 1},
    LIMIT: {"type": "integer", "minimum": 1, "maximum": MAX_LIMIT},
    EXPAND: {**_SWITCH, "default": "1"},
    NEAR: {**_SWITCH, "default": "1"},
    FOLD: {**_SWITCH, "default": "0"},
}
_EXAMPLES: Mapping[str, Any] = {QUERY: "knee mri", FROM: "2016", TO: "2016-06", PAGE: 1, LIMIT: 5}
_FREE = frozenset({QUERY})
_DATES = "a year, a month or a day such as 2016, 2016-05 or 2016-05-03"


def values_schema(field: str) -> dict[str, Any]:
    """The schema of the values that are chosen in a facet."""
    item: dict[str, Any] = {"type": "string", "minLength": 1}
    if field in closed_values():
        item = {"type": "string", "enum": [*closed_values()[field], NOT_STATED]}
    return {"type": "array", "items": item, "maxItems": MAX_VALUES}


def _facet_parameter(field: str, name: str, task: str) -> Parameter:
    row = FIELDS[field]
    return Parameter(name=name, help=f"{task} {row.label}: {row.help}", schema=values_schema(field))


def _search_parameters() -> Iterator[Parameter]:
    fields = {name: field for field, name in TICKED.items()}
    excluded = {name: field for field, name in NOT.items()}
    for name in NAMES:
        if name in fields:
            yield _facet_parameter(fields[name], name, "Only decisions with one of these values.")
        elif name in excluded:
            yield _facet_parameter(excluded[name], name, "No decision with any of these values.")
        else:
            yield Parameter(
                name=name,
                help=HELP[name],
                schema=_SCHEMAS[name],
                example=_EXAMPLES.get(name),
                free=name in _FREE,
                expected=_DATES if "pattern" in _SCHEMAS[name] else "",
            )


SEARCH: tuple[Parameter, ...] = tuple(_search_parameters())
"""The parameters of a search."""

NARROWING: tuple[Parameter, ...] = tuple(one for one in SEARCH if one.name not in {SORT, PAGE, LIMIT, FOLD})
"""Those that change what is found, and not how it is listed."""

VALUES: tuple[Parameter, ...] = (
    *NARROWING,
    Parameter(
        name=PREFIX, help="Only values that begin so, in any case.", schema={"type": "string"}, free=True
    ),
    Parameter(
        name=CONTAINS,
        help="Only values that have this in them, in any case.",
        schema={"type": "string"},
        free=True,
    ),
)
"""The parameters of a facet's list of values."""

FIELD_PATH = Parameter(
    name="field",
    help="A facet.",
    schema={"type": "string", "enum": list(FACETS)},
    example=FACETS[0],
    required=True,
)
CASE_PATH = Parameter(
    name="case_id",
    help="The id of a case, or its number as people type it.",
    schema={"type": "string", "minLength": 1},
    example="CM16-0213037",
    required=True,
)
NUMBER_PATH = Parameter(
    name="number",
    help="The decision's place in its letter, counted from 1.",
    schema={"type": "integer", "minimum": 1},
    example=1,
    required=True,
)

SIMILAR_LIMIT_PARAMETER = Parameter(
    name=LIMIT,
    help=f"Decisions to list, from 1 to {MAX_LIMIT}.",
    schema={"type": "integer", "minimum": 1, "maximum": MAX_LIMIT, "default": SIMILAR_LIMIT},
    example=3,
)
SIMILAR_FILTERS: tuple[Parameter, ...] = tuple(one for one in SEARCH if one.name in TICKED.values())
SIMILAR: tuple[Parameter, ...] = (
    Parameter(
        name=LIKE,
        help=f"The id of the decision that others are compared with, such as {DECISION_ID}.",
        schema={"type": "string", "minLength": 1},
        example=DECISION_ID,
        required=True,
    ),
    SIMILAR_LIMIT_PARAMETER,
    *SIMILAR_FILTERS,
)
"""The parameters by which decisions like another one are asked for."""

TEXTS: tuple[Parameter, ...] = (
    Parameter(
        name=TEXT,
        help=f"The text, such as a denial. Its first {MOST_READ:,} characters are read; none is kept.",
        schema={"type": "string", "pattern": "[0-9A-Za-z]"},
        expected="words to compare",
        example="Twelve visits of physical therapy for the lower back were denied.",
        required=True,
    ),
    SIMILAR_LIMIT_PARAMETER,
    *SIMILAR_FILTERS,
)
"""The members of the JSON object by which decisions like a text are asked for."""

SUGGEST: tuple[Parameter, ...] = (
    Parameter(name=QUERY, help="What was typed so far.", schema={"type": "string"}, example="xan", free=True),
    Parameter(
        name=LIMIT,
        help=f"Suggestions to list, from 1 to {MOST}.",
        schema={"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST},
        example=5,
    ),
)
"""The parameters of suggestions."""


def names(parameters: Sequence[Parameter]) -> tuple[str, ...]:
    """The names of parameters."""
    return tuple(one.name for one in parameters)
