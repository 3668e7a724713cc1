"""The description of the API is true: whatever it allows is answered as it says, and nothing else is."""

from __future__ import annotations

import copy
from collections.abc import Callable, Iterable, Mapping
from typing import Any
from wsgiref.types import StartResponse, WSGIEnvironment

import schemathesis
from flask import Flask
from flask.testing import FlaskClient
from hypothesis import HealthCheck, settings
from openapi_spec_validator import validate
from schemathesis.config import (
    ChecksConfig,
    GenerationConfig,
    ProjectConfig,
    ProjectsConfig,
    SchemathesisConfig,
)

from search_app.query.dates import period
from search_app.query.parameters import FROM, LIMIT, NAMES, PAGE, TO
from search_app.query.request import MAX_OFFSET
from search_app.web.api.openapi import document
from search_app.web.urls import Urls
from tests.web.letters import LETTERS

EXAMPLES = 40
"""Made requests of each operation, beside those that cover each bound of each parameter."""

GENERATION = GenerationConfig(max_examples=EXAMPLES, deterministic=True)
TOO_LONG = "414"
"""A refusal that no schema of one parameter can foretell, whether the others are right or wrong."""

CHECKS = ChecksConfig()
for check in (CHECKS.positive_data_acceptance, CHECKS.negative_data_rejection):
    check.expected_statuses = [*check.expected_statuses, TOO_LONG]
PROJECT = ProjectConfig(generation=GENERATION, checks=CHECKS)
CONFIG = SchemathesisConfig(projects=ProjectsConfig(default=PROJECT))


class Stand:
    """Stands for the website, which is made only when a test runs, while requests are made up before."""

    app: Flask

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        return self.app(environ, start_response)


def with_cases() -> dict[str, Any]:
    """The description, with cases and decisions of the test's letters to choose from beside any others."""
    described = copy.deepcopy(document(Urls()))
    decisions = [f"{case.id}/{at}" for case in LETTERS for at in range(1, len(case.decisions) + 1)]
    known = {"case_id": [case.id for case in LETTERS], "to": decisions, "twins": decisions}
    for path in ("/cases/{case_id}", "/decisions/{case_id}/{number}", "/similar", "/search", "/insights"):
        for one in described["paths"][path]["get"]["parameters"]:
            if one["name"] in known and one["schema"].get("minLength"):
                one["schema"] = {"anyOf": [{"type": "string", "enum": known[one["name"]]}, one["schema"]]}
    return described


STAND = Stand()
DESCRIBED = schemathesis.openapi.from_dict(with_cases(), config=CONFIG)
DESCRIBED.app = STAND


def answering(path: str, method: str) -> Callable[..., None]:
    """A test that all requests of an operation are answered as described; schemathesis names all alike."""

    @DESCRIBED.include(path=path, method=method).parametrize()
    @settings(deadline=None, suppress_health_check=list(HealthCheck))
    def answered(app: Flask, case: schemathesis.Case) -> None:
        STAND.app = app
        if case.meta.generation.mode.is_positive and not together(case.query):
            return
        case.call_and_validate()

    return answered


for path, operations in DESCRIBED.raw_schema["paths"].items():
    for method in operations:
        globals()[f"test_{method}_{path}"] = answering(path, method.upper())


def together(query: Mapping[str, Any]) -> bool:
    """Whether parameters that are each right are right together, which no schema of one can say."""
    first, last = (period(str(query[name])) if name in query else None for name in (FROM, TO))
    dated = all(name not in query or period(str(query[name])) for name in (FROM, TO))
    in_order = not (first and last) or first.first <= last.last
    return dated and in_order and (int(query.get(PAGE, 1)) - 1) * int(query.get(LIMIT, 5)) <= MAX_OFFSET


def test_the_description_is_valid_openapi(client: FlaskClient) -> None:
    validate(client.get("/api/v1/openapi.json").json)


def test_every_route_is_described(app: Flask, client: FlaskClient) -> None:
    described = client.get("/api/v1/openapi.json").json
    routes = {
        (str(rule).replace("path:", "").replace("<", "{").replace(">", "}"), method.lower())
        for rule in app.url_map.iter_rules()
        if str(rule).startswith("/api/v1/")
        for method in rule.methods - {"HEAD", "OPTIONS"}
    }
    assert {
        ("/api/v1" + path, method) for path, methods in described["paths"].items() for method in methods
    } == routes


def test_every_parameter_of_a_search_is_described(client: FlaskClient) -> None:
    parameters = client.get("/api/v1/openapi.json").json["paths"]["/search"]["get"]["parameters"]
    assert tuple(one["name"] for one in parameters) == NAMES
    assert all(one["description"] for one in parameters)
