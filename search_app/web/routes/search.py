"""The front page and the result lists."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, redirect
from werkzeug import Response

from search_app.engines.answering import answer
from search_app.engines.cases import typed_case
from search_app.insights.contrast import contrast
from search_app.query.request import SearchRequest, Sort
from search_app.web.pages.contrast import contrast_page
from search_app.web.pages.search import search_page
from search_app.web.site import asked, engine, render, urls

blueprint = Blueprint("search", __name__)


@blueprint.get("/contrast")
def what_sets_outcomes_apart() -> str:
    """The words and phrases that mark overturned against upheld decisions of a search."""
    what = asked()
    found = answer(engine(), what.search)
    request = replace(found.request, sort=Sort.RELEVANCE)
    return render("contrast.html", contrast_page(what, found, contrast(engine(), request), urls()))


@blueprint.get("/")
@blueprint.get("/search")
def search() -> str | Response:
    """Search; without a query and filters, the whole corpus with its newest decisions.

    A case number leads to its case.
    """
    what = asked()
    searcher = engine()
    case_id = typed_case(searcher, what.state.query)
    if case_id:
        return redirect(urls().case(case_id))

    def count(request: SearchRequest) -> int:
        return searcher.search(request).total

    return render("search.html", search_page(what, answer(searcher, what.search), count, urls()))
