"""The one place where the site turns errors into answers: a page for people, problem+json for the API.

Problem documents follow RFC 9457.
"""

from __future__ import annotations

import json
import sys
from http import HTTPStatus
from typing import Any
from urllib.parse import quote

from flask import Flask, Response, current_app, request
from werkzeug.exceptions import HTTPException

from search_app.errors import AccountDamaged, ImrSearchError, IndexBusy, IndexUnavailable, ParameterError
from search_app.query.parameters import QUERY
from search_app.web import watch
from search_app.web.cross_origin import API_PREFIX
from search_app.web.dispatch import RETRY_AFTER
from search_app.web.pages.info import ErrorPage
from search_app.web.pages.parts import SearchForm
from search_app.web.site import render, the_site, urls

_HINTS = {
    404: "Check the address, or search for the case number.",
    400: "Send a JSON object in UTF-8.",
    401: "Load the page again and enter your name and password; who keeps the site gives them out.",
    403: "Open the page by its own address.",
    405: "The header Allow lists the methods that are answered here.",
    415: "Send it with the header Content-Type: application/json.",
    414: "Tick less, or write a shorter query.",
    429: "Wait as many seconds as the header Retry-After says.",
    413: "Paste the text of the letter, or send a smaller file.",
    500: "The log of the server tells what happened. Try again, or search for something else.",
}


_BESIDE = (AccountDamaged, IndexBusy)
"""What is wrong beside the index that is open, which goes on to be used."""


def register(app: Flask) -> None:
    """Answer the project's errors, HTTP errors, and anything that was not foreseen (a logged 500)."""
    app.register_error_handler(ImrSearchError, _known)
    app.register_error_handler(HTTPException, _http)


def _known(error: ImrSearchError) -> Response:
    watch.note_error(type(error))
    if isinstance(error, IndexUnavailable) and not isinstance(error, _BESIDE):
        the_site().holder.drop()
    if error.status == HTTPStatus.INTERNAL_SERVER_ERROR:
        current_app.log_exception(sys.exc_info())
    problems = error.problems if isinstance(error, ParameterError) else ()
    told = [{"parameter": one.parameter, "value": one.value, "message": one.message} for one in problems]
    answer = _answer(error.status, error.message, error.hint, told, request.args.get(QUERY, ""))
    if error.status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer.headers["Retry-After"] = str(RETRY_AFTER)
    return answer


def _http(error: HTTPException) -> Response:
    status = error.code or 500
    answer = _answer(status, error.description or error.name, _HINTS.get(status, ""), [])
    for name, value in error.get_headers():
        answer.headers.setdefault(name, value)
    return answer


def _answer(
    status: int, message: str, hint: str, problems: list[dict[str, str]], query: str = ""
) -> Response:
    title = HTTPStatus(status).phrase
    if not request.path.startswith(API_PREFIX):
        form = SearchForm(urls().search_action(), query)
        home = urls().home()
        page = ErrorPage(title=title, form=form, status=status, message=message, hint=hint, home=home)
        return Response(render("error.html", page), status=status, mimetype="text/html")
    problem: dict[str, Any] = {
        "type": urls().api(problem=status),
        "title": title,
        "status": status,
        "detail": message,
        "instance": _address(),
        "hint": hint,
        "problems": problems,
    }
    answer = Response(json.dumps(problem), status=status, mimetype="application/problem+json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _address() -> str:
    """The path and the query of the current request, as a URL has them."""
    path = quote(request.script_root + request.path, safe="/:@!$&'()*+,;=")
    query = quote(request.query_string, safe="/?:@!$&'()*+,;=%")
    return f"{path}?{query}" if query else path
