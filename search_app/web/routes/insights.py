"""Overturn rates of the decisions that a search finds, as a page and as JSON."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response

from search_app.engines.answering import answer
from search_app.insights.overview import Overview, overview
from search_app.insights.tables import DIMENSIONS
from search_app.query.request import Sort
from search_app.web.api.answering import answered
from search_app.web.api.parameters import SEARCH
from search_app.web.api.reading import refuse, strict_problems
from search_app.web.asked import Asked, counted, read_asked
from search_app.web.insights_json import insights_to_json
from search_app.web.pages.insights import ORDERS, View, insights_page
from search_app.web.site import engine, parameters, render, the_site, urls
from search_app.web.urls import OPENED, ORDER

blueprint = Blueprint("insights", __name__)


@blueprint.get("/insights")
def insights() -> str:
    """Rates by facet, over time, and by both parties' guidelines."""
    what, view = _asked()
    strict = counted(what)
    return render("insights.html", insights_page(what, strict.state, _overview(strict), view, urls()))


@blueprint.get("/api/v1/insights")
def as_json() -> Response:
    """The same numbers; parameters that can't be read are refused, all at once."""
    given = parameters()
    what = read_asked(given, the_site().settings.page_size)
    refuse(strict_problems(given, SEARCH), what.search.problems)
    strict = counted(what)
    make = urls()
    links = {
        "self": make.api_insights(strict.state),
        "html": make.insights(strict.state),
        "counted": make.search(strict.state),
    }
    return answered({**insights_to_json(_overview(strict)), "links": links})


def _overview(strict: Asked) -> Overview:
    small = replace(strict.search.request, offset=0, limit=1, facets=(), sort=Sort.NEWEST)
    searcher = engine()
    return overview(searcher, answer(searcher, replace(strict.search, request=small)).request)


def _asked() -> tuple[Asked, View]:
    """The search and how the page is drawn; what can't be read of the latter is left at its default."""
    given = parameters()
    order, opened = (given.pop(name, [""])[-1] for name in (ORDER, OPENED))
    view = View(order if order in ORDERS else "n", opened if opened in DIMENSIONS else "")
    return read_asked(given, the_site().settings.page_size), view
