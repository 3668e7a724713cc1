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


Answered = tuple[int, Message, bytes]


class Stuck:
    """A server whose threads are all busy until some requests are let through."""

    def __init__(self, url: str, clients: ThreadPoolExecutor) -> None:
        self.url = url
        self.begun = threading.Semaphore(0)
        self._clients = clients
        self._let = threading.Semaphore(0)

    def hold(self) -> None:
        """Keep a request until it is let through."""
        self.begun.release()
        self._let.acquire()

    def let(self, number: int) -> None:
        """Let so many requests through."""
        self._let.release(number)

    def ask(self, path: str) -> Future[Answered]:
        return self._clients.submit(answered, self.url + path)

    def fill(self) -> list[Future[Answered]]:
        """Ask until the queue is full: all that was asked, of which one was refused."""
        asked = [self.ask("slow") for _ in range(QUEUE + 1)]
        while not any(one.done() for one in asked):
            pass
        return asked


def answered(url: str) -> Answered:
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
def stuck() -> Iterator[tuple[Stuck, list[Future[Answered]]]]:
    app = Flask("slow")

    @app.get("/slow")
    def slow() -> str:
        made.hold()
        return "done"

    @app.get("/healthz")
    def healthz() -> str:
        return "ok"

    with running(app) as url, ThreadPoolExecutor(20) as threads:
        made = Stuck(url, threads)
        accepted = [made.ask("slow") for _ in range(THREADS)]
        for _ in range(THREADS):
            made.begun.acquire()
        try:
            yield made, accepted
        finally:
            made.let(100)


def test_what_finds_the_queue_full_is_refused_and_what_was_accepted_is_answered(
    stuck: tuple[Stuck, list[Future[Answered]]],
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
    server.let(100)
    others = [one.result() for one in (*accepted, *asked) if one not in refused]
    assert [(status, body) for status, _, body in others] == [(200, b"done")] * (THREADS + QUEUE)


def test_the_api_is_refused_with_a_problem_and_probes_are_answered(
    stuck: tuple[Stuck, list[Future[Answered]]],
) -> None:
    server, _ = stuck
    server.fill()
    status, headers, body = server.ask("api/v1/search?q=secret").result()
    assert (status, headers["Content-Type"]) == (503, "application/problem+json")
    assert json.loads(body)["status"] == 503
    assert b"secret" not in body
    assert server.ask("healthz").result()[2] == b"ok"


def test_a_queue_that_was_full_stays_short_until_it_was_empty(
    stuck: tuple[Stuck, list[Future[Answered]]],
) -> None:
    server, _ = stuck
    server.fill()
    server.let(1)
    server.begun.acquire()  # one place of the queue is free
    assert server.ask("slow").result()[0] == 503
    server.let(QUEUE - 1)
    for _ in range(QUEUE - 1):
        server.begun.acquire()
    asked = server.fill()
    server.let(100)
    assert sorted(one.result()[0] for one in asked) == [200] * QUEUE + [503]
