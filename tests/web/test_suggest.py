"""Suggestions as JSON: what is offered for what is typed, and where each leads."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.letters import HOSTILE
from tests.web.reading import total


def test_a_suggestion_tells_what_it_is_and_leads_to_so_many_decisions(client: FlaskClient, get: Get) -> None:
    answer = client.get("/api/v1/suggest?q=xan").json
    assert answer["query"] == "xan"
    assert answer["suggestions"][0] == {
        "kind": "drug",
        "text": "alprazolam (Xanax)",
        "detail": "Benzodiazepines",
        "count": 2,
        "url": "/search?drug=alprazolam",
    }


@pytest.mark.parametrize("typed", ["xan", "phys", "pain", "low b", "imag", "mri", "od"])
def test_every_suggestion_finds_what_it_counts(client: FlaskClient, get: Get, typed: str) -> None:
    found = client.get(f"/api/v1/suggest?q={typed}").json["suggestions"]
    assert found
    for one in found:
        assert total(get(one["url"])) == one["count"], one


def test_a_case_number_leads_to_its_case(client: FlaskClient, get: Get) -> None:
    (only,) = client.get("/api/v1/suggest?q=cm160000003").json["suggestions"]
    assert (only["kind"], only["url"], only["count"]) == ("case", "/cases/CM16-0000003", 3)
    assert get(only["url"])


@pytest.mark.parametrize("typed", ["", "   ", "zzzzz", "%00", "%FF", "x" * 5_000])
def test_nothing_is_no_error(client: FlaskClient, typed: str) -> None:
    answer = client.get(f"/api/v1/suggest?q={typed}")
    assert (answer.status_code, answer.json["suggestions"]) == (200, [])


def test_without_a_query_there_is_nothing(client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest").json == {"query": "", "suggestions": []}


def test_as_many_as_are_asked_for(client: FlaskClient) -> None:
    assert len(client.get("/api/v1/suggest?q=p&limit=2").json["suggestions"]) == 2
    for limit in ("0", "11", "-1", "x", "1e1", "9" * 50):
        answer = client.get(f"/api/v1/suggest?q=p&limit={limit}")
        assert answer.status_code == 422
        assert [one["parameter"] for one in answer.json["problems"]] == ["limit"]


def test_browsers_keep_an_answer_for_a_minute_and_nobody_else_does(client: FlaskClient) -> None:
    assert client.get("/api/v1/suggest?q=xan").headers["Cache-Control"] == "private, max-age=60"


def test_what_a_letter_says_stays_text(client: FlaskClient) -> None:
    answer = client.get("/api/v1/suggest?q=script")
    assert answer.mimetype == "application/json"
    (found,) = [one for one in answer.json["suggestions"] if one["kind"] == "specialty"]
    assert found["text"] == HOSTILE
    assert found["url"] == f"/search?specialty={quote(HOSTILE, safe='').replace('%20', '+')}"
