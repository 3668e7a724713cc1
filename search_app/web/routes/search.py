"""The front page and the result lists."""

from __future__ import annotations

from flask import Blueprint

from search_app.query.request import SearchRequest
from search_app.web.pages.search import search_page
from search_app.web.site import asked, engine, render, urls

blueprint = Blueprint("search", __name__)


@blueprint.get("/")
@blueprint.get("/search")
def search() -> str:
    """Search; without a query and filters, the whole corpus with its newest decisions."""
    what = asked()
    searcher = engine()

    def count(request: SearchRequest) -> int:
        return searcher.search(request).total

    return render("search.html", search_page(what, searcher.search(what.request), count, urls()))
