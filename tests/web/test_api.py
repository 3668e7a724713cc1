"""The API answers with what the pages show, and refuses what it can't read."""

from __future__ import annotations

from http import HTTPStatus

from flask.testing import FlaskClient

from search_app.fields import FACETS
from search_app.model import Determination
from tests.web.letters import LETTERS


def test_a_search_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=xanax&limit=1&outcome=Upheld").json
    assert (answer["total"], answer["page"], answer["limit"]) == (1, 1, 1)
    (hit,) = answer["hits"]
    assert hit["id"] == "CM16-0000001/1"
    assert (hit["case_id"], hit["number"], hit["case_number"]) == ("CM16-0000001", 1, "CM16-0000001")
    assert (hit["outcome"], hit["drugs"], hit["decision_date"]) == ("Upheld", ["alprazolam"], "2016-02-03")
    assert hit["boards"] == ["Pain Management"]
    assert hit["score"] > 0
    assert {"text": "Xanax", "marked": True} in hit["title"]["segments"]
    assert "decisions" not in hit
    assert "summary" not in hit
    assert all("".join(one["text"] for one in s["segments"]) == s["text"] for s in hit["snippets"])


def test_facets_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?q=xanax&outcome=Upheld").json
    assert tuple(answer["facets"]) == FACETS
    assert answer["facets"]["outcome"] == [
        {"value": "Upheld", "count": 1, "selected": True},
        {"value": "Overturned", "count": 1, "selected": False},
    ]
    assert answer["facets_left_out"] == {}


def test_how_a_query_was_read_as_json(client: FlaskClient) -> None:
    reading = client.get("/api/v1/search?q=xanax+the+walrus").json["reading"]
    assert reading["typed"] == "xanax the walrus"
    assert reading["expansions"] == [{"typed": "xanax", "added": ["alprazolam"]}]
    assert reading["notes"] == ["Common words were left out: the."]


def test_links_lead_through_all_pages(client: FlaskClient) -> None:
    url, ids = "/api/v1/search?limit=5", []
    while url:
        answer = client.get(url).json
        ids += [hit["id"] for hit in answer["hits"]]
        url = answer["links"]["next"]
    assert len(ids) == len(set(ids)) == answer["total"]
    assert client.get(answer["links"]["previous"]).json["page"] == answer["page"] - 1
    assert client.get(answer["links"]["html"]).status_code == 200


def test_beyond_the_end_previous_is_the_last_page(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?limit=5&page=40").json
    assert answer["hits"] == []
    assert client.get(answer["links"]["previous"]).json["hits"]
    assert client.get("/api/v1/search?q=zzzz&page=2").json["links"]["previous"] is None


def test_a_case_as_json(client: FlaskClient) -> None:
    answer = client.get("/api/v1/cases/CM16-0000003").json
    assert Determination.from_json(answer) == LETTERS[2]


def test_all_problems_are_told_at_once(client: FlaskClient) -> None:
    answer = client.get("/api/v1/search?page=0&sort=best&colour=red")
    assert answer.status_code == 422
    assert answer.content_type == "application/problem+json"
    assert answer.json["title"] == HTTPStatus(422).phrase  # Python 3.13 words it otherwise
    assert answer.json["status"] == 422
    assert [one["parameter"] for one in answer.json["problems"]] == ["colour", "page", "sort"]
    assert all(one["message"] in answer.json["detail"] for one in answer.json["problems"])


def test_what_is_not_there_is_a_problem_document(client: FlaskClient) -> None:
    for url in ("/api/v1/cases/CM99", "/api/v1/nothing", "/api/v2/search"):
        answer = client.get(url)
        assert answer.status_code == 404
        assert answer.content_type == "application/problem+json"
        assert set(answer.json) == {"type", "title", "status", "detail", "instance", "hint", "problems"}
