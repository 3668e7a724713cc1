"""The front page and the result lists."""

from __future__ import annotations

from flask import Blueprint, redirect
from werkzeug import Response

from search_app.engines.answering import answer
from search_app.engines.cases import typed_case
from search_app.query.request import SearchRequest
from search_app.web.pages.search import search_page
from search_app.web.site import asked, engine, render, urls

blueprint = Blueprint("search", __name__)


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
