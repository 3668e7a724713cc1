"""Suggestions for what is being typed."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, jsonify, request

from search_app.errors import ParameterError, Problem
from search_app.suggest.suggestions import MOST, Suggestion, suggestions
from search_app.web.site import engine, the_site, urls
from search_app.web.state import State
from search_app.web.urls import Urls

blueprint = Blueprint("suggest", __name__, url_prefix="/api/v1")

_KEPT = "private, max-age=60"
"""Typing goes back and forth; the counts of a minute ago do."""

_QUERY, _LIMIT = "q", "limit"


@blueprint.get("/suggest")
def suggest() -> Response:
    """What begins with `q`; at most `limit` suggestions."""
    typed, limit = request.args.get(_QUERY, ""), _limit(request.args.get(_LIMIT, ""))
    found = suggestions(engine(), the_site().counts, typed, limit) if typed.strip() else []
    make = urls()
    answer = jsonify(query=typed, suggestions=[_as_json(one, make) for one in found])
    answer.headers["Cache-Control"] = _KEPT
    return answer


def _limit(given: str) -> int:
    if not given:
        return MOST
    if given.isascii() and given.isdigit() and len(given) < 3 and 1 <= int(given) <= MOST:
        return int(given)
    message = f"{_LIMIT} is {given!r}; it takes a whole number from 1 to {MOST}."
    raise ParameterError((Problem(_LIMIT, given, message),))


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
