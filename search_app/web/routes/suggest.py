"""Suggestions for what is being typed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response

from search_app.query.given import Given
from search_app.query.parameters import LIMIT, QUERY
from search_app.suggest.suggestions import MOST, Suggestion, suggestions
from search_app.web.api.answering import answered
from search_app.web.api.parameters import SUGGEST, names
from search_app.web.api.reading import refuse, strict_problems
from search_app.web.site import engine, parameters, the_site, urls
from search_app.web.state import State
from search_app.web.urls import Urls

blueprint = Blueprint("suggest", __name__, url_prefix="/api/v1")

_KEPT = "private, max-age=60"
"""Typing goes back and forth; the counts of a minute ago do."""


@blueprint.get("/suggest")
def suggest() -> Response:
    """What begins with `q`; at most `limit` suggestions."""
    given = parameters()
    read = Given(given, names(SUGGEST))
    typed, limit = read.last(QUERY), read.number(LIMIT, MOST, MOST)
    refuse(strict_problems(given, SUGGEST), read.problems)
    found = suggestions(engine(), the_site().counts, typed, limit) if typed.strip() else []
    make = urls()
    answer = answered({"query": typed, "suggestions": [_as_json(one, make) for one in found]})
    answer.headers["Cache-Control"] = _KEPT
    return answer


def _as_json(one: Suggestion, make: Urls) -> dict[str, Any]:
    return {
        "kind": one.kind.value,
        "text": one.text,
        "detail": one.detail,
        "count": one.count,
        "url": _url(one, make),
    }


def _url(one: Suggestion, make: Urls) -> str:
    """Where it leads: a case, what has the facet value, or a search for the words."""
    if one.case_id:
        return make.case(one.case_id)
    if one.field:
        return make.search(State().toggled(one.field, one.value))
    return make.search(State(query=one.query))
