"""The table of what the API can be asked: one row an operation, for its description and its page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.web.api.parameters import (
    CASE_PATH,
    FIELD_PATH,
    NUMBER_PATH,
    SEARCH,
    SIMILAR,
    SUGGEST,
    TEXTS,
    VALUES,
    Parameter,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation: its path below /api/v1, what it takes, and the name of the schema of what it answers.

    `body` are the members of the JSON object that it takes. `refusals` are the statuses that it can answer
    beside 200, with problem documents.
    """

    path: str
    name: str
    summary: str
    answer: str
    method: str = "get"
    in_path: Sequence[Parameter] = ()
    in_query: Sequence[Parameter] = ()
    body: Sequence[Parameter] = ()
    refusals: tuple[int, ...] = ()
    tagged: bool = True
    linked: bool = True


ANYTHING = "Description"
"""The name of the schema of what the description of the API itself is."""

OPERATIONS: tuple[Operation, ...] = (
    Operation(
        path="/search",
        name="search",
        summary="One page of a search, with facets.",
        answer="SearchPage",
        in_query=SEARCH,
        refusals=(404, 422, 503),
    ),
    Operation(
        path="/cases/{case_id}",
        name="case",
        summary="A whole determination: its header, its summary and all its decisions.",
        answer="Determination",
        in_path=(CASE_PATH,),
        refusals=(404, 503),
        linked=False,
    ),
    Operation(
        path="/decisions/{case_id}/{number}",
        name="decision",
        summary="One decision with the header of its letter.",
        answer="SingleDecision",
        in_path=(CASE_PATH, NUMBER_PATH),
        refusals=(404, 503),
    ),
    Operation(
        path="/facets",
        name="facets",
        summary="The facets: what decisions can be narrowed to and counted by.",
        answer="Facets",
        linked=False,
    ),
    Operation(
        path="/facets/{field}",
        name="facetValues",
        summary="All values of one facet, with their counts in a search.",
        answer="FacetValues",
        in_path=(FIELD_PATH,),
        in_query=VALUES,
        refusals=(404, 422, 503),
    ),
    Operation(
        path="/similar",
        name="similar",
        summary="The decisions that are closest to another one.",
        answer="Similar",
        in_query=SIMILAR,
        refusals=(404, 422, 503),
    ),
    Operation(
        path="/similar",
        method="post",
        name="similarToText",
        summary="The decisions that are closest to a text. Nothing that is sent is kept.",
        answer="Similar",
        body=TEXTS,
        refusals=(400, 413, 415, 422, 503),
        tagged=False,
    ),
    Operation(
        path="/insights",
        name="insights",
        summary="How many decisions of a search were overturned: in all, by facet, over time, by guideline.",
        answer="Insights",
        in_query=SEARCH,
        refusals=(404, 422, 503),
    ),
    Operation(
        path="/suggest",
        name="suggest",
        summary="What a typed beginning can become.",
        answer="Suggestions",
        in_query=SUGGEST,
        refusals=(422, 503),
        linked=False,
    ),
    Operation(
        path="/openapi.json",
        name="description",
        summary="This description.",
        answer=ANYTHING,
        linked=False,
    ),
)
"""Whatever the API can be asked. A new route below /api/v1 is a new row here."""
