"""The description of the API as an OpenAPI 3.1 document, made from the tables that the API runs by.

The form: https://spec.openapis.org/oas/v3.1.0
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from http import HTTPStatus
from importlib.metadata import version
from typing import Any

from search_app.web.api.making import ref
from search_app.web.api.operations import ANYTHING, OPERATIONS, Operation
from search_app.web.api.parameters import Parameter
from search_app.web.api.schemas import SCHEMAS
from search_app.web.urls import Urls

_ABOUT = (
    "Search over California workers' compensation Independent Medical Review determinations. Read-only; "
    "no key is needed. Determinations illustrate how individual reviewers reasoned about one worker's "
    "records; they are not binding precedent. Fields are read from letters by a program and can be wrong."
)

_TAG = {
    "description": "Tells this answer from others; send it back as If-None-Match.",
    "schema": {"type": "string"},
}
_LINK = {
    "description": "The links self, next, prev and alternate (RFC 8288), as far as there are any.",
    "schema": {"type": "string"},
}

EVERYWHERE = (400, 401, 414, 429, 500, 503)
"""Any request may be refused: for its host, its login (none, or too many wrong ones), its length, a fault, a
full queue."""


def document(make: Urls) -> dict[str, Any]:
    """The whole document for a site."""
    paths: dict[str, dict[str, Any]] = {}
    for operation in OPERATIONS:
        paths.setdefault(operation.path, {})[operation.method] = _operation(operation)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "IMR Search",
            "version": version("imr-search"),
            "description": _ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "externalDocs": {"description": "The API for people", "url": make.api()},
        "servers": [{"url": make.api_root()}],
        "paths": paths,
        "components": {"schemas": {**SCHEMAS, ANYTHING: {"type": "object", "required": ["openapi"]}}},
    }


def _operation(one: Operation) -> dict[str, Any]:
    described: dict[str, Any] = {
        "operationId": one.name,
        "summary": one.summary,
        "parameters": list(_parameters(one)),
        "responses": dict(_responses(one)),
    }
    if one.body:
        described["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _object(one.body)}},
        }
    return described


def _parameters(one: Operation) -> Iterator[dict[str, Any]]:
    for place, parameters in (("path", one.in_path), ("query", one.in_query)):
        for parameter in parameters:
            described = {
                "name": parameter.name,
                "in": place,
                "description": parameter.help,
                "required": parameter.required,
                "schema": dict(parameter.schema),
            }
            if parameter.example is not None:
                described["example"] = parameter.example
            yield described


def _object(members: Sequence[Parameter]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": {one.name: {**one.schema, "description": one.help} for one in members},
        "required": [one.name for one in members if one.required],
        "additionalProperties": False,
        "examples": [{one.name: one.example for one in members if one.example is not None}],
    }


def _responses(one: Operation) -> Iterator[tuple[str, dict[str, Any]]]:
    headers = {**({"ETag": _TAG} if one.tagged else {}), **({"Link": _LINK} if one.linked else {})}
    content = {"application/json": {"schema": ref(one.answer)}}
    yield "200", {"description": one.summary, "headers": headers, "content": content}
    if one.tagged:
        yield "304", {"description": "Nothing has changed since the answer with this tag."}
    for status in sorted({*one.refusals, *EVERYWHERE}):
        problem = {"application/problem+json": {"schema": ref("Problem")}}
        yield str(status), {"description": HTTPStatus(status).phrase, "content": problem}
