"""Searches that ask for too much get a clear answer: a page, a problem, or a message."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient

from search_app import deadline, engines
from search_app.cli import main
from search_app.config import Settings
from search_app.engines import near
from search_app.engines.tantivy import cost
from search_app.errors import ServerBusy, TookTooLong
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from search_app.web import create_app
from search_app.web.app import close_app
from search_app.web.holder import EngineHolder
from search_app.web.site import site_of
from search_app.web.turns import MOST, exports
from tests.serving.changing import ChangingIndex

pytestmark = pytest.mark.time_limit

NEAR = "/search?q=%22state+file+this%22~9"


@pytest.fixture
def index(tmp_path: Path) -> Path:
    made = ChangingIndex(tmp_path / "index", ["tantivy"])
    made.swap()
    return made.path


@pytest.fixture
def client(index: Path) -> Iterator[FlaskClient]:
    app = create_app(Settings(index=index))
    yield app.test_client()
    close_app(app)


def test_a_dear_search_on_a_page_and_in_the_api(client: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert client.get("/search?q=state").status_code == 200
    monkeypatch.setattr(cost, "MOST", 1.0)
    page = client.get("/search?q=state")
    assert page.status_code == 422
    assert "This search is too much work" in page.text
    assert "fewer or rarer words" in page.text
    assert 'value="state"' in page.text, "what was typed can be changed"
    problem = client.get("/api/v1/search?q=state")
    assert (problem.status_code, problem.mimetype) == (422, "application/problem+json")
    assert "too much work" in problem.json["detail"]


def test_a_dear_search_on_the_command_line(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cost, "MOST", 1.0)
    told = CliRunner().invoke(main, ["search", "state", "--index", str(index)])
    assert told.exit_code == 2
    assert told.stderr.startswith("imr-search: This search is too much work")


def test_a_near_phrase_that_too_many_decisions_must_be_read_for(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert client.get(NEAR).status_code == 200
    monkeypatch.setattr(near, "MOST_READ", 3)
    page = client.get(NEAR)
    assert page.status_code == 422
    assert "come near each other in the rationale of" in page.text


def test_what_comes_near_is_left_out_where_it_would_be_too_dear(
    client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    query = "/api/v1/search?q=brace+zebra+unheard"
    looser = client.get(query).json
    assert looser["total"] > 0
    # The strict search asks for two of three words and the looser for any, which costs more than nothing.
    monkeypatch.setattr(cost, "MOST", 0.0)
    assert client.get(query).json["total"] == 0


@pytest.mark.parametrize("name", ["whoosh", "tantivy"])
def test_an_engine_gives_up_when_the_time_is_over(tmp_path: Path, name: str) -> None:
    made = ChangingIndex(tmp_path / "index", [name])
    made.swap()
    engine = engines.open_engine(made.path)
    for query in ("state", "file*", '"this is state"', '"state file this"~9', "state OR brace -cane"):
        request = SearchRequest(tree=read(query).tree)
        with deadline.within(0), pytest.raises(TookTooLong):
            engine.search(request)
        assert engine.search(request).total > 0
    engine.close()


def test_a_request_whose_time_is_over(index: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    app = create_app(Settings(index=index, time_limit=1))
    monkeypatch.setattr(cost, "ENTRIES_A_SECOND", 1.0)
    answer = app.test_client().get("/api/v1/search?q=state")
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "5")
    assert "given up" in answer.json["detail"]
    close_app(app)


def test_only_so_many_files_are_read_at_once(client: FlaskClient) -> None:
    turns = site_of(client.application).uploads
    *_, last = [turns.take() for _ in range(MOST)]
    for status in (503, 422):
        answer = client.post("/similar", data={"file": (BytesIO(b"no letter"), "a.pdf")})
        assert answer.status_code == status
        if status == 503:
            assert "Files are being read already" in answer.text
            last()


def test_one_thread_is_left_for_searches() -> None:
    turns = exports(2)
    turns.take()
    with pytest.raises(ServerBusy):
        turns.take()
    exports(1).take()


def test_only_so_many_exports_at_once_and_a_turn_comes_back(client: FlaskClient) -> None:
    turns = site_of(client.application).exports
    *_, last = [turns.take() for _ in range(MOST)]
    refused = client.get("/export.csv")
    assert (refused.status_code, refused.headers["Retry-After"]) == (503, "5")
    assert "Exports are being sent already" in refused.text
    last()
    for ask in (client.get, client.head, client.get):
        with ask("/export.csv") as sent:
            assert sent.status_code == 200
    assert client.get("/export.jsonl").data, "read to its end, and not closed"
    assert client.get("/export.xlsx").status_code == 200


def test_who_waits_while_another_opens_the_index_loses_no_time(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 100.0

    class Contended:
        """A lock that is had after a minute."""

        def acquire(self) -> None:
            nonlocal at
            at += 60

        def release(self) -> None: ...

        def __enter__(self) -> None: ...

        def __exit__(self, *_: object) -> None: ...

    monkeypatch.setattr(deadline, "_time", deadline.SharedTime(lambda: at))
    holder = EngineHolder(Settings(index=index))
    monkeypatch.setattr(holder, "_lock", Contended())
    with deadline.within(10), holder.lease():
        assert deadline.left() == 10
    assert at == 160
    holder.close()
