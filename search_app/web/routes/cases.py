"""The page of a case, and its original letter."""

from __future__ import annotations

from flask import Blueprint, Response

from search_app.engines.answering import asked_tree
from search_app.engines.cases import find_case
from search_app.ingest.originals import original
from search_app.model import Decision
from search_app.query.highlight import Highlighter
from search_app.web.asked import read_asked
from search_app.web.letter import letter_response
from search_app.web.lookup import letter_missing
from search_app.web.pages.case import case_page
from search_app.web.pages.neighbours import read_position, trail
from search_app.web.pages.parts import SearchForm
from search_app.web.pages.similar import Side, beside
from search_app.web.site import engine, parameters, render, the_site, urls
from search_app.web.urls import POSITION

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases/<path:case_id>")
def case(case_id: str) -> str:
    """A case, with the words of the search in its URL marked."""
    searcher = engine()
    determination = find_case(searcher, case_id)
    given = parameters()
    position = read_position(given.pop(POSITION, [""])[-1])
    what = read_asked(given, the_site().settings.page_size)
    way = trail(what, position, case_id, searcher, urls())
    form = SearchForm(urls().search_action(), what.state.query)
    marks = Highlighter(asked_tree(searcher, what.search))

    def like_it(decision: Decision) -> tuple[Side, ...]:
        return beside(searcher, decision, determination.id, urls())

    return render("case.html", case_page(determination, marks, way, like_it, form, urls()))


@blueprint.get("/cases/<path:case_id>/letter")
def letter(case_id: str) -> Response:
    """The letter as it was taken in, sandboxed."""
    determination = find_case(engine(), case_id)
    found = original(the_site().settings.index, determination.source)
    if found is None:
        raise letter_missing(determination)
    return letter_response(found)
