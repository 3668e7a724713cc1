"""Decisions like another one, and like a text that is pasted or uploaded. Nothing that is sent is kept."""

from __future__ import annotations

from dataclasses import replace

from flask import Blueprint, Response, request

from search_app import deadline
from search_app.engines.cases import find_decision
from search_app.errors import LetterError
from search_app.ingest.limited import limits_of
from search_app.ingest.uploads import text_of_upload
from search_app.web.pages.similar import like_decision, like_text, similar_form
from search_app.web.site import engine, render, the_site, urls
from search_app.web.urls import FILE, FIRST, PASTED, TO

blueprint = Blueprint("similar", __name__)

MOST_SECONDS = 5
"""For reading a file that is sent; `letter_seconds` is for letters that nobody waits for."""


@blueprint.get("/similar")
def similar() -> str:
    """Decisions like the one that the URL names, or the form for a text."""
    decision_id = request.args.get(TO, "")
    if not decision_id:
        return render("similar.html", similar_form(urls()))
    decision = find_decision(engine(), decision_id)
    return render("similar.html", like_decision(engine(), decision, decision_id, urls()))


@blueprint.post("/similar")
def similar_to_text() -> Response:
    """Decisions like a text."""
    try:
        text = _text()
    except LetterError as error:
        return _unkept(render("similar.html", similar_form(urls(), error.message, error.hint)), 422)
    if not text.strip():
        page = similar_form(urls(), "There is no text to compare.", "Paste one, or choose a file.")
        return _unkept(render("similar.html", page), 422)
    upheld_first = request.form.get(FIRST) == "upheld"
    return _unkept(render("similar.html", like_text(engine(), text, upheld_first, urls())))


def _text() -> str:
    """What was pasted, and the text of the file that was sent."""
    pasted = request.form.get(PASTED, "")
    file = request.files.get(FILE)
    if file is None or not file.filename:
        return pasted
    site = the_site()
    limits = limits_of(site.settings)
    limits = replace(limits, seconds=min(limits.seconds, MOST_SECONDS))
    with site.uploads.turn(), deadline.apart():
        text = text_of_upload(file.filename, file.read(), limits)
    return f"{pasted}\n{text}"


def _unkept(page: str, status: int = 200) -> Response:
    """An answer that no cache keeps, on the way or in the browser."""
    answer = Response(page, status=status, mimetype="text/html")
    answer.headers["Cache-Control"] = "no-store"
    return answer
