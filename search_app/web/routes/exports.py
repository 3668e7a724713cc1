"""Results to take away: files, a feed, and the description for browsers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime
from itertools import chain

from flask import Blueprint, Response, abort, render_template, stream_with_context

from search_app import deadline
from search_app.engines.answering import Answer, answer
from search_app.errors import ParameterError
from search_app.query.request import Sort
from search_app.web.asked import Asked
from search_app.web.exports.columns import MOST, columns
from search_app.web.exports.feed import LISTED, MIMETYPE, Feed, atom
from search_app.web.exports.files import FORMATS, About, in_blocks
from search_app.web.pages.export import export_page
from search_app.web.pages.narrowing import each_value, filter_texts
from search_app.web.site import asked, engine, render, the_site, urls
from search_app.web.state import State

blueprint = Blueprint("exports", __name__)

_MIND = (
    "Determinations illustrate how individual reviewers reasoned. They are not binding precedent.",
    "What stands here was read from letters by a program and can be wrong: compare the letter.",
)


@blueprint.get("/export")
def export() -> str:
    """The files that there are."""
    what, found = _answered()
    return render("export.html", export_page(what, found.page.total, urls()))


@blueprint.get("/export.<extension>")
def file(extension: str) -> Response:
    """All decisions of a search, as far as a file holds them, in the order of the list."""
    kind = FORMATS.get(extension)
    if kind is None:
        abort(404, f"There is no export as .{extension}; there are: {', '.join(FORMATS)}.")
    what, found = _answered()
    listed = engine().each(replace(found.request, offset=0, limit=MOST))
    table = columns(urls().absolute())
    with ExitStack() as turn, deadline.within(None):
        turn.callback(the_site().exports.take())
        parts = in_blocks(kind.write(listed, table, _about(what, found)))
        # The first part is made before the answer begins, so that what fails at once is told as an error.
        first = next(parts, b"")
        taken = turn.pop_all()
    sent = Response(stream_with_context(_sent(chain((first,), parts), taken)), mimetype=kind.mimetype)
    sent.call_on_close(taken.close)
    sent.headers["Content-Disposition"] = f'attachment; filename="imr-{date.today():%Y-%m-%d}.{extension}"'
    sent.headers["X-Result-Count"] = str(min(found.page.total, MOST))
    return sent


def _sent(parts: Iterable[bytes], turn: ExitStack) -> Iterator[bytes]:
    """The parts; after the last of them it is another's turn."""
    with turn:
        yield from parts


@blueprint.get("/feed.atom")
def feed() -> Response:
    """The newest decisions of a search."""
    what, found = _answered()
    request = replace(found.request, sort=Sort.NEWEST, offset=0, limit=LISTED)
    make = urls().absolute()
    about = Feed(_title(what.state), make.feed(what.state), make.search(what.state), engine().stats().built)
    return Response(atom(about, engine().each(request), make), mimetype=MIMETYPE)


@blueprint.get("/opensearch.xml")
def open_search() -> Response:
    """The description of the site as a search engine, OpenSearch 1.1."""
    text = render_template(
        "opensearch.xml", search=urls().absolute().search_action(), home=urls().absolute().home()
    )
    return Response(text, mimetype="application/opensearchdescription+xml")


def _answered() -> tuple[Asked, Answer]:
    """The search of the current URL, and what has all of it; raises ParameterError for what can't be read."""
    what = asked(folded=False)
    if what.search.problems:
        raise ParameterError(what.search.problems)
    return what, answer(engine(), replace(what.search, near=False))


def _title(state: State) -> str:
    narrowed = ", ".join(filter(None, (state.query, *(one.value for one in each_value(state)))))
    return f"IMR decisions: {narrowed}" if narrowed else "IMR decisions"


def _about(what: Asked, found: Answer) -> About:
    total = found.page.total
    return About(
        (
            ("Search", what.state.query or "every decision"),
            ("Read as", found.reading.says or "every decision"),
            *(("Only", text) for text in filter_texts(what.state)),
            ("Page", urls().absolute().search(what.state)),
            ("Made", datetime.now(UTC).isoformat(timespec="seconds")),
            ("Decisions", f"{min(total, MOST):,} of {total:,}"),
            *(("Mind", text) for text in _MIND),
        )
    )
