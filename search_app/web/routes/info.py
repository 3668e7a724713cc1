"""The pages about the site itself."""

from __future__ import annotations

from flask import Blueprint

from search_app.errors import IndexMissing, IndexUnavailable
from search_app.ingest.manifest import Manifest
from search_app.query.request import SearchRequest, Sort
from search_app.web.pages.api import api_page
from search_app.web.pages.help import help_page
from search_app.web.pages.info import status_page
from search_app.web.pages.parts import SearchForm
from search_app.web.site import engine, render, the_site, urls

blueprint = Blueprint("info", __name__)


@blueprint.get("/help")
def help_() -> str:
    """The query language, the fields, and the API."""
    return render("help.html", help_page(SearchForm(urls().search_action()), urls()))


@blueprint.get("/api")
def api() -> str:
    """What programs can ask, with examples over this index."""
    return render("api.html", api_page(_newest_case(), urls(), urls().absolute()))


def _newest_case() -> str | None:
    """The id of the latest case; None where there is no case, or no index."""
    try:
        hits = engine().search(SearchRequest(sort=Sort.NEWEST, limit=1, facets=())).hits
    except IndexUnavailable:
        return None
    return hits[0].case.id if hits else None


@blueprint.get("/status")
def status() -> str:
    """What the index holds, and the files that could not be taken in."""
    stats = engine().stats()
    try:
        with Manifest(the_site().settings.index) as manifest:
            quarantined = manifest.quarantined()
    except IndexMissing:
        quarantined = ()  # the account of the files lies on the machine that indexes them
    return render("status.html", status_page(stats, quarantined, SearchForm(urls().search_action())))
