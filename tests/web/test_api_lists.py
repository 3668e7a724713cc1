"""What the API tells of decisions, facets, and decisions that are alike."""

from __future__ import annotations

from flask.testing import FlaskClient

from search_app.fields import FACETS, FIELDS
from tests.web.letters import LETTERS


def test_one_decision_with_its_header_and_where_to_go(client: FlaskClient) -> None:
    answer = client.get("/api/v1/decisions/CM16-0000001/2").json
    assert (answer["id"], answer["case_id"], answer["number"]) == ("CM16-0000001/2", "CM16-0000001", 2)
    assert answer["disputed"] == "Six visits of physical therapy for the back"
    assert answer["decision_date"] == "2016-02-03"
    links = answer["links"]
    assert client.get(links["self"]).json == answer
    assert client.get(links["case"]).json["decisions"][1]["disputed"] == answer["disputed"]
    assert client.get(links["similar"]).json["to"] == answer["id"]
    assert client.get(links["html"]).mimetype == "text/html"


def test_a_decision_that_is_not_there(client: FlaskClient) -> None:
    for name in ("CM16-0000001/3", "CM16-0000001/0", "CM16-0000001/x", "CM99/1"):
        assert client.get(f"/api/v1/decisions/{name}").status_code == 404


def test_every_facet_is_listed_with_its_label_and_leads_to_its_values(client: FlaskClient) -> None:
    facets = client.get("/api/v1/facets").json["facets"]
    assert tuple(one["field"] for one in facets) == FACETS
    for one in facets:
        assert (one["label"], one["help"]) == (FIELDS[one["field"]].label, FIELDS[one["field"]].help)
        assert client.get(one["links"]["values"]).json["field"] == one["field"]


def test_all_values_of_a_facet_in_a_search(client: FlaskClient) -> None:
    answer = client.get("/api/v1/facets/year?outcome=Overturned&not_drug=alprazolam").json
    assert answer["values"] == [
        {"value": "2015", "count": 2, "selected": False},
        {"value": "2014", "count": 1, "selected": False},
        {"value": "2016", "count": 1, "selected": False},
    ]
    assert answer["total"] == client.get(answer["links"]["search"]).json["total"] == 4


def test_values_by_their_letters(client: FlaskClient) -> None:
    def values(letters: str) -> list[str]:
        return [one["value"] for one in client.get(f"/api/v1/facets/drug?{letters}").json["values"]]

    assert values("prefix=ALP") == ["alprazolam"]
    assert values("contains=prof") == ["ibuprofen"]
    assert values("contains=a&prefix=i") == []
    assert client.get("/api/v1/facets/drug?contains=prof").json["all_values"] == 3


def test_a_facet_that_is_not_there_is_told_with_those_that_are(client: FlaskClient) -> None:
    answer = client.get("/api/v1/facets/colour")
    assert answer.status_code == 404
    assert all(name in answer.json["detail"] for name in FACETS)


def test_decisions_like_another_one(client: FlaskClient) -> None:
    answer = client.get("/api/v1/similar?to=CM16-0000001/1&limit=2").json
    assert answer["to"] == "CM16-0000001/1"
    assert answer["hits"][0]["id"] == "CM16-0000002/1"
    assert "alprazolam" in answer["hits"][0]["shares"]
    assert all(hit["case_id"] != "CM16-0000001" for hit in answer["hits"])
    assert client.get(answer["links"]["decision"]).json["id"] == answer["to"]


def test_decisions_like_one_however_its_case_number_is_typed(client: FlaskClient) -> None:
    assert client.get("/api/v1/similar?to=cm16+0000001/1").json["to"] == "CM16-0000001/1"


def test_decisions_like_a_text_with_filters_and_nothing_kept(client: FlaskClient) -> None:
    body = {"text": "Xanax was denied.", "limit": 5, "outcome": ["Overturned"]}
    answer = client.post("/api/v1/similar", json=body)
    assert answer.headers["Cache-Control"] == "no-store"
    assert "ETag" not in answer.headers
    assert answer.json["understood"]["drugs"] == ["alprazolam"]
    assert [hit["id"] for hit in answer.json["hits"]] == ["CM16-0000002/1"]


def test_whatever_is_wrong_with_what_was_sent_is_told_at_once(client: FlaskClient) -> None:
    answer = client.post(
        "/api/v1/similar", json={"limit": "3", "drug": "xanax", "outcome": ["won"], "pages": 1}
    )
    assert answer.status_code == 422
    wrong = [one["parameter"] for one in answer.json["problems"]]
    assert sorted(wrong) == ["drug", "limit", "outcome", "pages", "text"]


def test_what_can_not_be_read_as_json(client: FlaskClient) -> None:
    path = "/api/v1/similar"
    for body, kind, status in (
        (b"{", "application/json", 400),
        (b'{"text": "\xff"}', "application/json", 400),
        (b"[]", "application/json", 422),
        (b'{"text": "a back"}', "text/plain", 415),
        (b'{"text": "' + b"a" * 1_000_000 + b'"}', "application/json", 413),
    ):
        answer = client.post(path, data=body, content_type=kind)
        assert (answer.status_code, answer.content_type) == (status, "application/problem+json"), body[:20]


def test_the_years_of_a_letter_without_a_date_are_not_stated(client: FlaskClient) -> None:
    values = client.get("/api/v1/facets/year").json["values"]
    undated = sum(len(case.decisions) for case in LETTERS if case.decision_date is None) + 1
    assert {"value": "not stated", "count": undated, "selected": False} in values
