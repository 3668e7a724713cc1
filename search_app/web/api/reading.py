"""Reads what is sent to the API strictly: what a program sends by mistake is refused, all at once.

A page for people shows something whatever stands in its URL. Here a parameter that is unknown, empty, or
given twice where one value counts is a mistake of the program that asks, and is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import orjson
from flask import request
from werkzeug.exceptions import BadRequest, UnsupportedMediaType

from search_app.errors import ParameterError, Problem
from search_app.query.given import Given
from search_app.web.api.parameters import Parameter, names

MAX_BODY = 1_000_000
"""Bytes of JSON that may be sent: far more than any letter."""

Parameters = Mapping[str, Sequence[str]]


def refuse(*found: Sequence[Problem]) -> None:
    """Raise ParameterError if there is any problem; of each parameter the first is told."""
    problems: dict[tuple[str, str], Problem] = {}
    for one in (problem for problems_found in found for problem in problems_found):
        problems.setdefault((one.parameter, one.value), one)
    if problems:
        raise ParameterError(tuple(problems.values()))


def strict_problems(given: Parameters, table: Sequence[Parameter]) -> tuple[Problem, ...]:
    """What is wrong with the form of parameters; what their values say is read elsewhere."""
    known = {one.name: one for one in table}
    unknown = Given(dict.fromkeys(given, ()), names(table)).problems
    return (*unknown, *(one for name in given if name in known for one in _form(known[name], given[name])))


def _form(parameter: Parameter, values: Sequence[str]) -> Iterator[Problem]:
    name = parameter.name
    if len(values) > 1 and not parameter.repeats:
        yield Problem(name, ", ".join(values), f"{name} is given {len(values)} times; it takes one value.")
    if "" in values and not parameter.free:
        yield Problem(name, "", f"{name} is empty; give it a value or leave it out.")
    most = parameter.schema.get("maxItems")
    if most and len(values) > most:
        yield Problem(name, str(len(values)), f"{name} has {len(values)} values; at most {most} are read.")
    pattern = parameter.schema.get("pattern", "")
    for value in filter(None, values):
        if not re.search(pattern, value):
            yield Problem(name, value, f"{name} is {value[:80]!r}; it takes {parameter.expected}.")


def json_body() -> Mapping[str, Any]:
    """The JSON object that was sent.

    Raises UnsupportedMediaType (415) for what does not call itself JSON, BadRequest (400) for what can't be
    read as JSON, RequestEntityTooLarge (413) above `MAX_BODY` bytes.
    """
    request.max_content_length = MAX_BODY
    if request.mimetype != "application/json":
        kind = request.mimetype or "of no kind"
        raise UnsupportedMediaType(f"What was sent is {kind}; it has to be application/json.")
    try:
        body = orjson.loads(request.get_data())
    except orjson.JSONDecodeError as error:
        raise BadRequest(f"What was sent can't be read as JSON: {error}.") from error
    if not isinstance(body, dict):
        raise ParameterError((Problem("", "", "What was sent is no JSON object; send one."),))
    return body


def as_given(
    body: Mapping[str, Any], table: Sequence[Parameter]
) -> tuple[dict[str, list[str]], list[Problem]]:
    """The members of a JSON object as parameters, and what is wrong with their types."""
    given: dict[str, list[str]] = {}
    problems: list[Problem] = []
    kinds = {one.name: one.schema["type"] for one in table}
    for name, value in body.items():
        texts = _texts(value, kinds.get(name, "any"))
        if texts is None:
            shown = _shown(value)
            problems.append(Problem(name, shown, f"{name} is {shown!r}; it takes {_KINDS[kinds[name]]}."))
        else:
            given[name] = texts
    return given, problems


def _shown(value: Any) -> str:
    """A JSON value in a few words; one can be nested deeper than calls."""
    if isinstance(value, list):
        return "a list"
    return "an object" if isinstance(value, dict) else str(value)[:80]


_KINDS = {"string": "a text", "integer": "a whole number", "array": "a list of texts"}


def _texts(value: Any, kind: str) -> list[str] | None:
    """A JSON value as the texts of a parameter of a kind; None if it isn't of that kind."""
    if kind == "any":
        return []
    if kind == "array":
        return value if isinstance(value, list) and all(isinstance(one, str) for one in value) else None
    if kind == "string":
        return [value] if isinstance(value, str) else None
    if isinstance(value, bool) or not isinstance(value, int | float) or value != value // 1:
        return None
    return [str(int(value))]
