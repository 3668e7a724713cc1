"""More requests than can be answered: the queue is bounded, and what finds it full is told to come again."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from email.message import Message
from urllib.error import HTTPError
from urllib.request import urlopen

import pytest
from flask import Flask

from search_app.web.server import SiteServer, address, hold

THREADS, QUEUE = 2, 3


class Stuck:
    """A server whose threads are all busy, and whose queue is full, until `go`."""

    def __init__(self, url: str, threads: ThreadPoolExecutor, go: threading.Event) -> None:
        self.url = url
        self.go = go
        self._threads = threads

    def ask(self, path: str) -> Future[tuple[int, Message, bytes]]:
        return self._threads.submit(answered, self.url + path)


def answered(url: str) -> tuple[int, Message, bytes]:
    try:
        with urlopen(url, timeout=60) as answer:
            return answer.status, answer.headers, answer.read()
    except HTTPError as error:
        with error:
            return error.code, error.headers, error.read()


@contextmanager
def running(app: Flask) -> Iterator[str]:
    held = hold("127.0.0.1", 0)
    server = SiteServer(app, held, THREADS, QUEUE)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield address(held)
    finally:
        server.stop()
        thread.join()


@pytest.fixture
def stuck() -> Iterator[tuple[Stuck, list[Future[tuple[int, Message, bytes]]]]]:
    app, go = Flask("slow"), threading.Event()
    begun = threading.Semaphore(0)

    @app.get("/slow")
    def slow() -> str:
        begun.release()
        go.wait()
        return "done"

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    with running(app) as url, ThreadPoolExecutor(20) as threads:
        made = Stuck(url, threads, go)
        accepted = [made.ask("slow") for _ in range(THREADS)]
        for _ in range(THREADS):
            begun.acquire()
        try:
            yield made, accepted
        finally:
            go.set()


def test_what_finds_the_queue_full_is_refused_and_what_was_accepted_is_answered(
    stuck: tuple[Stuck, list[Future[tuple[int, Message, bytes]]]],
) -> None:
    server, accepted = stuck
    asked = [server.ask("slow") for _ in range(QUEUE + 5)]
    refused = []
    while len(refused) < 5:
        refused = [one for one in asked if one.done()]
    for one in refused:
        status, headers, body = one.result()
        assert (status, headers["Retry-After"], headers["Content-Type"]) == (503, "5", "text/html")
        assert b"Try again in 5 seconds" in body
        assert "default-src 'none'" in headers["Content-Security-Policy"]
    server.go.set()
    others = [one.result() for one in (*accepted, *asked) if one not in refused]
    assert [(status, body) for status, _, body in others] == [(200, b"done")] * (THREADS + QUEUE)


def test_the_api_is_refused_with_a_problem_and_probes_are_answered(
    stuck: tuple[Stuck, list[Future[tuple[int, Message, bytes]]]],
) -> None:
    server, _ = stuck
    asked = [server.ask("slow") for _ in range(QUEUE + 1)]
    while not any(one.done() for one in asked):
        pass
    status, headers, body = server.ask("api/v1/search?q=secret").result()
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(body)["status"] == 503
    assert b"secret" not in body
    assert server.ask("healthz").result()[2] == b"ok"
