"""The JSON API; `web/api` holds its parameters, what it answers, and its description."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, abort

from search_app.engines.answering import all_values, answer
from search_app.engines.cases import find_case, find_decision
from search_app.errors import Problem
from search_app.fields import FACETS
from search_app.query.given import Given
from search_app.query.likeness import of_decision, of_text
from search_app.query.parameters import LIMIT, TICKED
from search_app.query.request import MAX_LIMIT, Filter
from search_app.web.api import lists
from search_app.web.api.answering import answered, unkept
from search_app.web.api.openapi import document
from search_app.web.api.parameters import (
    CONTAINS,
    LIKE,
    PREFIX,
    SEARCH,
    SIMILAR,
    SIMILAR_LIMIT,
    TEXT,
    TEXTS,
    VALUES,
    Parameter,
    names,
)
from search_app.web.api.reading import Parameters, as_given, json_body, refuse, strict_problems
from search_app.web.asked import Asked, read_asked
from search_app.web.site import engine, parameters, the_site, urls

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> Response:
    """One page of a search; parameters that can't be read are refused, all at once."""
    given = parameters()
    what = _asked(given)
    refuse(strict_problems(given, SEARCH), what.search.problems)
    return answered(lists.search_json(what, answer(engine(), what.search), urls()))


@blueprint.get("/cases/<path:case_id>")
def case(case_id: str) -> Response:
    """A whole determination."""
    return answered(find_case(engine(), case_id).to_json())


@blueprint.get("/decisions/<path:case_id>/<number>")
def decision(case_id: str, number: str) -> Response:
    """One decision."""
    find_decision(engine(), f"{case_id}/{number}")
    return answered(lists.decision_json(find_case(engine(), case_id), int(number), urls()))


@blueprint.get("/facets")
def facets() -> Response:
    """The facets."""
    return answered(lists.facets_json(urls()))


@blueprint.get("/facets/<field>")
def facet(field: str) -> Response:
    """All values of a facet, with their counts in a search."""
    if field not in FACETS:
        abort(404, f"There is no facet {field}; there are: {', '.join(FACETS)}.")
    given = parameters()
    what = _asked({name: values for name, values in given.items() if name not in (PREFIX, CONTAINS)})
    refuse(strict_problems(given, VALUES), what.search.problems)
    counts, total = all_values(engine(), answer(engine(), what.search), field)
    letters = given.get(PREFIX, [""])[-1], given.get(CONTAINS, [""])[-1]
    return answered(lists.facet_json(counts, total, letters, what.state, urls()))


@blueprint.get("/similar")
def similar() -> Response:
    """The decisions that are closest to another one."""
    given = parameters()
    limit, filters = _narrowed(given, SIMILAR, LIKE)
    typed, _, number = given[LIKE][-1].rpartition("/")
    case_id = find_case(engine(), typed).id
    likeness = of_decision(find_decision(engine(), f"{case_id}/{number}"), case_id)
    page = engine().similar(likeness, filters, limit)
    return answered(lists.similar_json(likeness, page, f"{case_id}/{number}", limit, urls()))


@blueprint.post("/similar")
def similar_to_text() -> Response:
    """The decisions that are closest to a text, which is not kept."""
    given, mistyped = as_given(json_body(), TEXTS)
    limit, filters = _narrowed(given, TEXTS, TEXT, mistyped)
    likeness = of_text(given[TEXT][-1])
    page = engine().similar(likeness, filters, limit)
    return unkept(lists.similar_json(likeness, page, None, limit, urls()))


@blueprint.get("/openapi.json")
def openapi() -> Response:
    """The description of this API, OpenAPI 3.1."""
    return answered(document(urls()))


def _asked(given: Parameters) -> Asked:
    return read_asked(given, the_site().settings.page_size, folded=False)


def _narrowed(
    given: Parameters, table: Sequence[Parameter], required: str, mistyped: Sequence[Problem] = ()
) -> tuple[int, tuple[Filter, ...]]:
    """The limit and the filters; raises ParameterError for whatever is wrong, a missing parameter too."""
    read = Given(given, names(table))
    limit, filters = read.number(LIMIT, SIMILAR_LIMIT, MAX_LIMIT), read.filters(TICKED)
    told = any(one.parameter == required for one in mistyped)
    missing = () if required in given or told else (Problem(required, "", f"{required} is missing."),)
    refuse(missing, mistyped, strict_problems(given, table), read.problems)
    return limit, filters
