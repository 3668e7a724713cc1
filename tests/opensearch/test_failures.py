"""Clusters that can't be used: what people are told, on a page, by the API and in a terminal."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app import deadline
from search_app.cli import main
from search_app.config import Settings
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexIncompatible, IndexMissing, IndexUnavailable, SettingError, TookTooLong
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from search_app.web import create_app
from search_app.web.app import close_app
from tests.contract.letters import LETTERS
from tests.opensearch.cluster import Cluster

NOBODY = "http://127.0.0.1:9"
"""The port of a service that is nowhere."""


@contextmanager
def answering(status: int, body: object, port: int = 0) -> Iterator[str]:
    """The address of something that gives this answer to everything, for clusters that can't be had here."""

    content = json.dumps(body).encode()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", f"{len(content)}")
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


def told(settings: Settings) -> IndexUnavailable:
    with pytest.raises(IndexUnavailable) as caught:
        Connection(settings).check()
    assert caught.value.hint
    return caught.value


def test_a_cluster_that_is_down(tmp_path: Path) -> None:
    settings = Settings(index=tmp_path, engine="opensearch", opensearch_urls=NOBODY, opensearch_timeout=1)
    app = create_app(settings)
    client = app.test_client()
    for path, kind in (("/", "text/html"), ("/api/v1/search", "application/problem+json"), ("/readyz", "")):
        answer = client.get(path)
        assert answer.status_code == 503
        assert answer.content_type.startswith(kind)
        assert "can't be reached" in answer.text.replace("&#39;", "'")
    close_app(app)


def test_the_command_line_says_so_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("IMR_SEARCH_OPENSEARCH_URLS", NOBODY)
    monkeypatch.setenv("IMR_SEARCH_OPENSEARCH_TIMEOUT", "1")
    (tmp_path / "letters").mkdir()
    arguments = [
        "index",
        str(tmp_path / "letters"),
        "--index",
        str(tmp_path / "index"),
        "--engine",
        "opensearch",
    ]
    result = CliRunner().invoke(main, arguments)
    assert result.exit_code == 1
    assert "can't be reached" in result.output
    assert "Traceback" not in result.output


@pytest.mark.parametrize(
    ("status", "error", "says"),
    [(401, "Unauthorized", "refuses the login"), (403, "security_exception", "does not let this user")],
)
def test_a_login_that_is_refused_is_not_shown(status: int, error: str, says: str) -> None:
    with answering(status, {"error": {"type": error}, "status": status}) as url:
        error_ = told(
            Settings(opensearch_urls=url, opensearch_user="clerk", opensearch_password="open sesame")
        )
    assert says in error_.message
    assert "sesame" not in f"{error_}"


def test_a_cluster_that_has_lost_shards() -> None:
    error = {"type": "no_shard_available_action_exception"}
    with answering(503, {"error": error, "status": 503}) as url:
        assert "lacks shards" in told(Settings(opensearch_urls=url, opensearch_timeout=1)).message


@pytest.mark.parametrize(
    "version", [{"number": "2.4.1", "distribution": "opensearch"}, {"number": "8.11.0"}, {"number": "7.10.2"}]
)
def test_a_cluster_of_another_kind_or_too_old(version: dict[str, str]) -> None:
    with answering(200, {"version": version}) as url:
        assert version["number"] in told(Settings(opensearch_urls=url)).message


@pytest.mark.parametrize(
    ("urls", "says"),
    [
        ("", "needs to know its cluster"),
        ("search-1:9200", "no address"),
        ("https://clerk:sesame@search-1:9200", "has a login in it"),
    ],
)
def test_addresses_that_are_none(urls: str, says: str) -> None:
    with pytest.raises(SettingError) as caught:
        Connection(Settings(opensearch_urls=urls))
    assert says in caught.value.message
    assert caught.value.hint
    assert "sesame" not in str(caught.value)


def test_files_that_are_not_there(tmp_path: Path) -> None:
    gone = str(tmp_path / "gone")
    for settings in (
        Settings(opensearch_urls=NOBODY, opensearch_ca_certs=gone),
        Settings(opensearch_urls=NOBODY, opensearch_user="clerk", opensearch_password_file=gone),
    ):
        with pytest.raises(SettingError, match="gone"):
            Connection(settings)


def test_a_password_is_in_no_repr() -> None:
    assert "sesame" not in repr(Settings(opensearch_password="open sesame"))


def test_a_site_finds_its_index_by_the_alias_alone(
    settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No folder lies on a web server; the alias names the index, and another one after a rebuild."""
    keeper = OpenSearchKeeper(settings)
    with pytest.raises(IndexMissing):
        keeper.open_serving()
    for name, letters in (("old", LETTERS[:3]), ("new", LETTERS[:9])):
        engine = keeper.create(tmp_path / name)
        with engine.writer() as writer:
            for letter in letters:
                writer.put(letter)
            writer.commit()
        engine.close()
        keeper.publish(tmp_path / name)
        serving = OpenSearchKeeper(settings).open_serving()
        assert serving.stats().determinations == len(letters)
        serving.close()
    keeper.drop(tmp_path / "old")
    keeper.open(tmp_path / "old").close()  # requests may be using it for a minute
    monkeypatch.setattr("search_app.engines.opensearch.keeper.KEPT", -1.0)
    keeper.drop(tmp_path / "old")
    with pytest.raises(IndexIncompatible):
        keeper.open(tmp_path / "old")
    keeper.open(tmp_path / "new").close()


def test_an_index_of_another_schema_is_not_opened(
    cluster: Cluster, settings: Settings, tmp_path: Path
) -> None:
    """Not by its folder either; that it is retired does not make it one of this schema."""
    keeper = OpenSearchKeeper(replace(settings, opensearch_index="other-schema"))
    keeper.create(tmp_path / "index").close()
    keeper.publish(tmp_path / "index")
    index = json.loads((tmp_path / "index" / "opensearch.json").read_text())["index"]
    indices = Connection(settings).client.indices
    indices.put_mapping(index=index, body={"_meta": {"schema_version": 4}})
    keeper.retire(tmp_path / "index")
    with pytest.raises(IndexIncompatible, match="schema version 4"):
        keeper.open(tmp_path / "index")


@pytest.mark.time_limit
def test_a_search_ends_with_the_time_of_its_request(settings: Settings, tmp_path: Path) -> None:
    """In the cluster too; afterwards the next one is answered."""
    engine = OpenSearchKeeper(settings).create(tmp_path / "index")
    with engine.writer() as writer:
        for letter in LETTERS:
            writer.put(letter)
        writer.commit()
    with deadline.within(0.002), pytest.raises(TookTooLong):
        engine.search(SearchRequest(tree=read("knee").tree))
    assert engine.search(SearchRequest(tree=read("knee").tree)).total > 0


@pytest.mark.time_limit
def test_what_a_cluster_has_ended_is_told_as_that() -> None:
    """As OpenSearch says it: a search without any shard left, all cancelled."""
    cancelled = {"type": "task_cancelled_exception", "reason": "Cancellation timeout of 9ms is expired"}
    error = {"root_cause": [cancelled], "type": "search_phase_execution_exception"}
    with (
        answering(500, {"error": error, "status": 500}) as url,
        deadline.within(60),
        pytest.raises(TookTooLong),
    ):
        Connection(Settings(opensearch_urls=url)).check()


def test_a_read_only_cluster(cluster: Cluster, settings: Settings, tmp_path: Path) -> None:
    engine = OpenSearchKeeper(settings).create(tmp_path / "index")
    connection = Connection(settings)
    index = json.loads((tmp_path / "index" / "opensearch.json").read_text())["index"]
    block = {"index.blocks.write": True}
    connection.client.indices.put_settings(index=index, body=block)
    with pytest.raises(IndexUnavailable, match="read-only"), engine.writer():
        pass
    assert engine.stats().decisions == 0
    connection.client.indices.put_settings(index=index, body={"index.blocks.write": None})
    with engine.writer() as writer:
        writer.put(LETTERS[0])
        writer.commit()
    assert engine.stats().determinations == 1
    connection.close()
    engine.close()
