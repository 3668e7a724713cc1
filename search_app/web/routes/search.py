"""The front page and the result lists."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, abort, redirect
from werkzeug import Response

from search_app.engines.answering import all_values, answer
from search_app.engines.cases import typed_case
from search_app.fields import FACETS
from search_app.insights.contrast import contrast
from search_app.query.request import SearchRequest, Sort
from search_app.web.asked import counted, read_asked
from search_app.web.pages.contrast import contrast_page
from search_app.web.pages.facet_values import facet_values_page
from search_app.web.pages.search import search_page
from search_app.web.site import asked, engine, parameters, render, the_site, urls
from search_app.web.urls import WITHIN

blueprint = Blueprint("search", __name__)


@blueprint.get("/contrast")
def what_sets_outcomes_apart() -> str:
    """The words and phrases that mark overturned against upheld decisions of a search."""
    what = asked()
    found = answer(engine(), counted(what).search)
    request = replace(found.request, sort=Sort.RELEVANCE)
    return render("contrast.html", contrast_page(what, found, contrast(engine(), request), urls()))


@blueprint.get("/facets/<field>")
def facet_values(field: str) -> str:
    """All values of a facet, with their counts in a search."""
    if field not in FACETS:
        abort(404, f"There is no list of values called {field}; there are: {', '.join(FACETS)}.")
    given = parameters()
    within = given.pop(WITHIN, [""])[-1].strip()
    what = read_asked(given, the_site().settings.page_size)
    facet, _ = all_values(engine(), answer(engine(), what.search), field)
    return render("facet_values.html", facet_values_page(what, facet, within, urls()))


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
