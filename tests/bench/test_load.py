"""The benchmark under load tells good answers, refusals and failures apart, and when all is well again."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from math import inf
from pathlib import Path

import pytest
from flask import Flask, abort

from bench import load
from bench.client import Asked, Kind, Target, at_rate, in_turn
from bench.load import Loaded, Plan
from search_app.web.server import SiteServer, hold

RATE, SECONDS = 100.0, 0.5


@pytest.fixture
def target() -> Iterator[Target]:
    """A server that answers one path, fails on others, and refuses one as a full queue does."""
    app, held = Flask("small"), hold("127.0.0.1", 0)

    @app.get("/good")
    def good() -> str:
        return "good"

    @app.get("/given-up")
    def given_up() -> tuple[str, int, dict[str, str]]:
        return "", 503, {"Retry-After": "5", "X-Request-ID": "of one that was accepted"}

    @app.get("/refused")
    def refused() -> tuple[str, int, dict[str, str]]:
        return "", 503, {"Retry-After": "5"}

    @app.get("/short")
    def short() -> tuple[Iterator[str], int, dict[str, str]]:
        return iter(["sho"]), 200, {"Content-Length": "5"}

    @app.get("/wrong")
    def wrong() -> None:
        abort(500)

    server = SiteServer(app, held, threads=2)
    thread = threading.Thread(target=server.run)
    port = held.getsockname()[1]
    thread.start()
    try:
        yield Target("127.0.0.1", port, ["/good"])
    finally:
        server.stop()
        thread.join()


@pytest.mark.parametrize(
    ("path", "kind", "told"),
    [
        ("/good", Kind.GOOD, "200"),
        ("/refused", Kind.REFUSED, "503"),
        ("/given-up", Kind.FAILED, "503"),
        ("/short", Kind.FAILED, "cut short"),
        ("/wrong", Kind.FAILED, "500"),
    ],
)
def test_how_a_request_ended(target: Target, path: str, kind: Kind, told: str) -> None:
    asked = Target(target.host, target.port, [path])
    found = asyncio.run(at_rate(asked, RATE, SECONDS, seed=1))
    assert found
    assert {(one.kind, one.told) for one in found} == {(kind, told)}


def test_nobody_there(target: Target) -> None:
    nobody = hold("127.0.0.1", 0)
    port = nobody.getsockname()[1]
    nobody.close()
    found = asyncio.run(at_rate(Target(target.host, port, target.paths), RATE, SECONDS, seed=1))
    assert {(one.kind, one.told) for one in found} == {(Kind.FAILED, "ConnectionRefusedError")}


def test_requests_are_due_at_the_rate_and_clients_ask_again(target: Target) -> None:
    found = asyncio.run(at_rate(target, RATE, SECONDS, seed=1))
    assert RATE * SECONDS / 2 < len(found) < RATE * SECONDS * 2
    assert max(one.due for one in found) - min(one.due for one in found) < SECONDS
    assert {one.kind for one in asyncio.run(in_turn(target, 2, SECONDS, seed=1))} == {Kind.GOOD}


def second(at: float, seconds: float = 0.1, kind: Kind = Kind.GOOD) -> list[Asked]:
    return [Asked(at + part / 4, seconds, kind) for part in range(4)]


@pytest.mark.parametrize(
    ("third", "last", "recovery"),
    [
        (second(12), second(13), 0.0),
        (second(12, seconds=2.0), second(13), 3.0),
        ([*second(12), Asked(12.9, 0.1, Kind.REFUSED)], second(13), 3.0),
        ([*second(12), Asked(12.9, 2.0, Kind.GOOD)], second(13), 0.0),
        (second(12), second(13, kind=Kind.FAILED), inf),
    ],
)
def test_recovery(third: list[Asked], last: list[Asked], recovery: float) -> None:
    after = [*second(10), *second(11), *third, *last]
    assert load._recovery(after, end=10.0, slow=1.0) == recovery


def test_growth_counts_from_after_the_warm_up() -> None:
    assert load.growth([50] * 10 + [100] * 80 + [105] * 10) == (100, 105)
    assert load.growth([7]) == (7, 7)


def test_the_report(tmp_path: Path) -> None:
    phases = {
        "steady": [Asked(0, 0.1, Kind.GOOD)] * 99 + [Asked(0, 0.1, Kind.FAILED, "500")],
        "burst": [Asked(0, 0.1, Kind.REFUSED, "503")],
    }
    seen = Loaded(
        peak=50.0,
        phases=phases,
        seconds={"steady": 10.0, "burst": 1.0},
        memory=[100_000_000] * 50 + [102_000_000] * 50,
        recovery=2.0,
        rounds=["", "", "The disk is full."],
    )
    plan = Plan(letters=45_000, work=tmp_path, minutes=1, share=0.8, processes=2)
    text = "\n".join(load.lines(seen, plan))
    assert "| steady | 10 | 10.0 | 9.9 | 100 | 100 | 0 | 1 |" in text
    assert "| burst | 1 | 1.0 | 0.0 | 0 | 0 | 1 | 0 |" in text
    assert "Failures: 1 500." in text
    assert "over 45,000 letters" in text
    assert "100 MB after warm-up, 102 MB at the end (+2.0%)" in text
    assert "Recovery: 2 s" in text
    assert "3 rounds of 300 letters, 1 of them failed: The disk is full." in text
