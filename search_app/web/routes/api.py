"""The JSON API."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from search_app.engines.answering import answer
from search_app.engines.cases import find_case
from search_app.engines.results_json import answer_to_json
from search_app.errors import ParameterError
from search_app.web.asked import Asked
from search_app.web.site import asked, engine, urls
from search_app.web.urls import Urls

blueprint = Blueprint("api", __name__, url_prefix="/api/v1")


@blueprint.get("/search")
def search() -> dict[str, Any]:
    """One page of a search; parameters that can't be read are refused, all at once."""
    what = asked(folded=False)
    if what.search.problems:
        raise ParameterError(what.search.problems)
    found = answer(engine(), what.search)
    return {
        "page": what.search.page,
        "limit": what.request.limit,
        "sort": what.request.sort.value,
        **answer_to_json(found),
        "links": _links(what, found.page.places, urls()),
    }


@blueprint.get("/cases/<path:case_id>")
def case(case_id: str) -> dict[str, Any]:
    """A whole determination."""
    return find_case(engine(), case_id).to_json()


def _links(what: Asked, places: int, make: Urls) -> dict[str, str | None]:
    page, last, state = what.search.page, what.pages(places), what.state
    return {
        "self": make.api_search(state),
        "next": make.api_search(state.at_page(page + 1)) if page < last else None,
        "previous": make.api_search(state.at_page(min(page - 1, last))) if page > 1 and last else None,
        "html": make.search(state),
    }
