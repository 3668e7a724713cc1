"""The API keeps to HTTP: problem documents, tags, links, methods, and who may read it from where."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.web import create_app
from search_app.web.app import close_app
from tests.web.conftest import Get
from tests.web.letters import LETTERS
from tests.web.making import build_index

PATHS = [
    "/api/v1/search?q=back",
    "/api/v1/cases/CM16-0000001",
    "/api/v1/decisions/CM16-0000001/1",
    "/api/v1/facets",
    "/api/v1/facets/drug",
    "/api/v1/similar?to=CM16-0000001/1",
    "/api/v1/suggest?q=xan",
    "/api/v1/insights?q=back",
    "/api/v1/openapi.json",
]
ELSEWHERE = {"Origin": "https://elsewhere.example"}


@pytest.mark.parametrize("path", PATHS)
def test_an_answer_that_has_not_changed_is_not_sent_again(client: FlaskClient, path: str) -> None:
    first = client.get(path)
    assert first.headers["ETag"].startswith('W/"')
    again = client.get(path, headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    other = client.get(path, headers={"If-None-Match": 'W/"other"'})
    assert other.status_code == 200


def test_another_index_gives_another_tag(tmp_path: Path) -> None:
    app = create_app(Settings(index=build_index(tmp_path, LETTERS[:1])))
    before = app.test_client().get("/api/v1/search").headers["ETag"]
    build_index(tmp_path, LETTERS[:2])
    answer = app.test_client().get("/api/v1/search", headers={"If-None-Match": before})
    assert answer.status_code == 200
    close_app(app)


@pytest.mark.parametrize("path", PATHS)
def test_the_head_of_an_answer_alone(client: FlaskClient, path: str) -> None:
    answer = client.head(path)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"] == client.get(path).headers["ETag"]


def test_links_stand_in_the_header_too(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?limit=5&page=2")
    links = answer.json["links"]
    assert answer.headers["Link"] == (
        f'<{links["self"]}>; rel="self", <{links["next"]}>; rel="next", '
        f'<{links["previous"]}>; rel="prev", <{links["html"]}>; rel="alternate"'
    )


def test_a_list_can_be_paged_to_its_depth_and_no_further(client: FlaskClient) -> None:
    assert client.get("/api/v1/search?limit=100&page=101").json["hits"] == []
    beyond = client.get("/api/v1/search?limit=100&page=102")
    assert beyond.status_code == 422
    assert "from 1 to 101" in beyond.json["detail"]


def test_what_is_empty_or_given_twice_is_refused(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?page=&limit=1&limit=2&drug=&year=2015&year=2016&q=")
    assert [one["parameter"] for one in answer.json["problems"]] == ["page", "limit", "drug"]


def test_more_values_than_are_read_are_refused_though_the_same(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?" + "&".join(["drug=ibuprofen"] * 51))
    assert [one["parameter"] for one in answer.json["problems"]] == ["drug"]


def test_a_problem_says_where_it_was_and_leads_to_what_it_means(client: FlaskClient, get: Get) -> None:
    answer = client.get("/api/v1/cases/CM99%20%C3%A9?a=%22")
    assert answer.json["instance"] == "/api/v1/cases/CM99%20%C3%A9?a=%22"
    assert answer.headers["Cache-Control"] == "no-store"
    kind = urlsplit(answer.json["type"])
    assert "case" in get(kind.path).find(id=kind.fragment).get_text()


@pytest.mark.parametrize("path", PATHS)
def test_other_methods_are_told_which_there_are(client: FlaskClient, path: str) -> None:
    answer = client.delete(path)
    assert (answer.status_code, answer.content_type) == (405, "application/problem+json")
    assert {"GET", "HEAD"} <= {one.strip() for one in answer.headers["Allow"].split(",")}


def test_without_an_index_searches_are_problems_and_what_is_known_is_told(tmp_path: Path) -> None:
    client = create_app(Settings(index=tmp_path / "none")).test_client()
    for path in (*PATHS[:3], *PATHS[4:8]):
        answer = client.get(path)
        assert (answer.status_code, answer.content_type) == (503, "application/problem+json")
        assert "imr-search index" in answer.json["hint"] + answer.json["detail"]
    for path in ("/api/v1/facets", "/api/v1/openapi.json", "/api"):
        assert client.get(path).status_code == 200


def test_pages_of_other_sites_may_not_read_it(client: FlaskClient) -> None:
    for answer in (
        client.get("/api/v1/search", headers=ELSEWHERE),
        client.options("/api/v1/similar", headers=ELSEWHERE),
    ):
        assert not [name for name, _ in answer.headers if name.startswith("Access-Control")]


@pytest.mark.parametrize(
    ("origins", "leave"), [("https://elsewhere.example https://b.example", None), ("*", "*")]
)
def test_pages_of_other_sites_may_read_it_where_the_site_allows_them(
    index: Path, origins: str, leave: str | None
) -> None:
    app: Flask = create_app(Settings(index=index, api_origins=origins))
    client = app.test_client()
    answer = client.get("/api/v1/search", headers=ELSEWHERE)
    assert answer.headers["Access-Control-Allow-Origin"] == (leave or ELSEWHERE["Origin"])
    assert "Origin" in answer.headers["Vary"]
    asked = client.options("/api/v1/similar", headers=ELSEWHERE)
    assert "POST" in asked.headers["Access-Control-Allow-Methods"]
    assert "Access-Control-Allow-Origin" not in client.get("/", headers=ELSEWHERE).headers
    if leave is None:
        other = client.get("/api/v1/search", headers={"Origin": "https://evil.example"})
        assert "Access-Control-Allow-Origin" not in other.headers
    close_app(app)


def test_below_another_path_links_and_problems_name_it(app: Flask) -> None:
    client = app.test_client()
    below = {"SCRIPT_NAME": "/imr"}
    found = client.get("/api/v1/search?q=back", environ_overrides=below).json
    assert found["links"]["self"] == "/imr/api/v1/search?q=back"
    wrong = client.get("/api/v1/nothing", environ_overrides=below).json
    assert (wrong["instance"], wrong["type"]) == ("/imr/api/v1/nothing", "/imr/api#problem-404")
    described = client.get("/api/v1/openapi.json", environ_overrides=below).json
    assert described["servers"] == [{"url": "/imr/api/v1"}]
