"""The page of a case, and its original letter."""

from __future__ import annotations

from flask import Blueprint, Response, request

from search_app.engines.answering import asked_tree
from search_app.engines.cases import find_case, find_decision
from search_app.ingest.originals import original
from search_app.model import Decision
from search_app.query.highlight import Highlighter
from search_app.web import citation
from search_app.web.asked import read_asked
from search_app.web.citation import Citable
from search_app.web.letter import letter_response
from search_app.web.lookup import letter_missing
from search_app.web.pages.case import case_page
from search_app.web.pages.find import LONGEST, Marks
from search_app.web.pages.neighbours import read_position, trail
from search_app.web.pages.parts import SearchForm
from search_app.web.pages.similar import Side, beside
from search_app.web.site import engine, parameters, render, the_site, urls
from search_app.web.urls import FIND, ITEM, POSITION

blueprint = Blueprint("cases", __name__)


@blueprint.get("/cases/<path:case_id>")
def case(case_id: str) -> str:
    """A case, with the words of the search in its URL marked."""
    searcher = engine()
    determination = find_case(searcher, case_id)
    given = parameters()
    wanted = " ".join(given.pop(FIND, [""])[-1].split())[:LONGEST]
    hidden = tuple((name, value) for name, values in given.items() for value in values)
    position = read_position(given.pop(POSITION, [""])[-1])
    what = read_asked(given, the_site().settings.page_size)
    way = trail(what, position, case_id, searcher, urls())
    form = SearchForm(urls().search_action(), what.state.query)
    find = SearchForm(urls().case(determination.id), wanted, hidden)
    marks = Marks(Highlighter(asked_tree(searcher, what.search)), find)

    def like_it(decision: Decision) -> tuple[Side, ...]:
        return beside(searcher, decision, determination.id, urls())

    return render("case.html", case_page(determination, marks, way, like_it, form, urls()))


@blueprint.get("/cases/<path:case_id>/citation.bib")
def bibtex(case_id: str) -> Response:
    """The citation of a case, or of the decision in the URL, for BibTeX."""
    cited = _cited(case_id)
    return _download(citation.bibtex(cited), "application/x-bibtex", f"{cited.file_stem}.bib")


@blueprint.get("/cases/<path:case_id>/citation.ris")
def ris(case_id: str) -> Response:
    """The citation of a case, or of the decision in the URL, as RIS."""
    cited = _cited(case_id)
    return _download(citation.ris(cited), "application/x-research-info-systems", f"{cited.file_stem}.ris")


def _cited(case_id: str) -> Citable:
    determination = find_case(engine(), case_id)
    item = request.args.get(ITEM)
    if item is not None:
        find_decision(engine(), f"{determination.id}/{item}")
    number = None if item is None else int(item)
    return Citable.of(determination, urls().absolute().case(determination.id, number=number), number)


def _download(text: str, kind: str, name: str) -> Response:
    response = Response(text, content_type=f"{kind}; charset=utf-8")
    response.headers.set("Content-Disposition", "attachment", filename=name)
    return response


@blueprint.get("/cases/<path:case_id>/letter")
def letter(case_id: str) -> Response:
    """The letter as it was taken in, sandboxed."""
    determination = find_case(engine(), case_id)
    found = original(the_site().settings.index, determination.source)
    if found is None:
        raise letter_missing(determination)
    return letter_response(found)
