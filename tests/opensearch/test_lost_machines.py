"""Machines that are gone without a word: no packet comes back, as if they were switched off."""

from __future__ import annotations

import signal
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from search_app import deadline
from search_app.config import Settings
from search_app.engines.opensearch import keeper as keeping
from search_app.engines.opensearch import nodes
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexUnavailable
from search_app.web import create_app
from search_app.web.app import close_app
from tests.contract.letters import LETTERS
from tests.opensearch.cluster import Cluster
from tests.opensearch.test_failures import answering

VERSION = {"version": {"number": "2.19.1", "distribution": "opensearch"}}


@contextmanager
def silent() -> Iterator[str]:
    """An address that answers nothing at all: its queue of connections is full and nobody takes any."""
    with ExitStack() as held:
        server = held.enter_context(socket.create_server(("127.0.0.1", 0), backlog=0))
        for _ in range(8):
            caller = held.enter_context(socket.socket())
            caller.setblocking(False)
            caller.connect_ex(server.getsockname())
        yield f"http://127.0.0.1:{server.getsockname()[1]}"


@pytest.mark.time_limit
def test_pages_are_answered_while_a_machine_is_gone(
    own: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the first one on, and however often it is asked which index serves and whether it is back."""
    monkeypatch.setattr(keeping, "_REMEMBERED", 0.0)
    monkeypatch.setattr(nodes, "AGAIN", 0.0)
    keeper = OpenSearchKeeper(own)
    with keeper.create(tmp_path / "data").writer() as writer:
        for letter in LETTERS:
            writer.put(letter)
        writer.commit()
    keeper.publish(tmp_path / "data")
    with silent() as gone:
        urls = f"{gone},{own.opensearch_urls.split(',')[0]}"
        app = create_app(replace(own, index=tmp_path / "none", engine="opensearch", opensearch_urls=urls))
        client = app.test_client()
        for number in range(20):
            answer = client.get(f"/search?q=knee+{number}")
            assert answer.status_code == 200, answer.text[-2_000:]
        close_app(app)


def test_which_index_serves_is_known_without_the_node_that_manages(
    cluster: Cluster, own: Settings, tmp_path: Path
) -> None:
    """A node that is stopped takes what it is sent, and answers nothing."""
    keeper = OpenSearchKeeper(own)
    keeper.create(tmp_path / "data").close()
    keeper.publish(tmp_path / "data")
    told = Connection(own).client.cat.cluster_manager(params={"format": "json"})
    (managing,) = [node for node in cluster.nodes if node.name == told[0]["node"]]
    others = [url for url in cluster.urls if f":{managing.http}" not in url]
    asking = OpenSearchKeeper(replace(own, opensearch_urls=",".join(others), opensearch_timeout=1))
    serving = keeper.serving()
    assert managing.process is not None
    managing.process.send_signal(signal.SIGSTOP)
    try:
        assert asking.serving() == serving
    finally:
        managing.process.send_signal(signal.SIGCONT)
        cluster.wait(3)


@pytest.mark.time_limit
def test_a_cluster_that_is_gone_as_a_whole_is_told_in_the_time_of_a_request() -> None:
    with silent() as one, silent() as other, deadline.within(30):
        with pytest.raises(IndexUnavailable, match="can't be reached"):
            Connection(Settings(opensearch_urls=f"{one},{other}", opensearch_timeout=600)).check()
        left = deadline.left()
        assert left is not None
        assert left > 0


def test_a_machine_that_is_back_is_used_again(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(nodes, "AGAIN", 0.1)
    with socket.create_server(("127.0.0.1", 0)) as place:
        port = place.getsockname()[1]
    with answering(200, VERSION) as there:
        connection = Connection(Settings(opensearch_urls=f"{there},http://127.0.0.1:{port}"))
        pool = connection.client.transport.connection_pool
        for _ in range(4):
            connection.check()
        assert [one.host for one in pool.connections] == [there]
        assert f":{port}" in caplog.text
        assert "Traceback" not in caplog.text
        with answering(200, VERSION, port):
            until = time.monotonic() + 30
            while len(pool.connections) < 2 and time.monotonic() < until:
                connection.check()
                time.sleep(0.05)
            assert len(pool.connections) == 2
        connection.close()


def test_a_node_that_takes_a_large_batch_slowly_is_waited_for() -> None:
    """It reads for longer than a connection may take to be made."""
    body = b" " * 12_000_000

    def take(server: socket.socket) -> None:
        caller, _ = server.accept()
        with caller:
            taken = b""
            while b"\r\n\r\n" not in taken:
                taken += caller.recv(1_000)
            left = len(body) - len(taken.partition(b"\r\n\r\n")[2])
            pause = 2 * nodes.SILENT / 10
            while left > 0:
                time.sleep(pause)
                for _ in range(len(body) // 10 // 10_000 + 1):
                    left -= len(caller.recv(min(left, 10_000)))
            caller.sendall(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
            )

    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 10_000)
        server.bind(("127.0.0.1", 0))
        server.listen()
        threading.Thread(target=take, args=(server,), daemon=True).start()
        url = f"http://127.0.0.1:{server.getsockname()[1]}"
        connection = Connection(Settings(opensearch_urls=url, opensearch_timeout=60))
        assert connection.client.bulk(body=body) == {}
        connection.close()


@pytest.mark.time_limit
@pytest.mark.skipif(not hasattr(socket, "TCP_USER_TIMEOUT"), reason="only Linux can be told so")
def test_a_connection_whose_other_end_is_gone_is_given_up() -> None:
    """What is sent for a page must be received in seconds, also while an answer is waited for."""
    with answering(200, VERSION) as there:
        connection = Connection(Settings(opensearch_urls=there))
        with deadline.within(60):
            connection.check()
        node = connection.client.transport.get_connection()
        kept = node.pool.pool.get().sock
        assert 0 < kept.getsockopt(socket.IPPROTO_TCP, socket.TCP_USER_TIMEOUT) <= 5_000
        assert kept.getsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE)
        assert kept.getsockopt(socket.IPPROTO_TCP, socket.TCP_KEEPIDLE) <= 2
        kept.close()
        connection.close()
