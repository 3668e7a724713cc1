"""The server's log: a line for each request, and nothing of what people search for."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest
from flask import Flask, Response
from waitress.task import ThreadedTaskDispatcher

from search_app.config import Settings
from search_app.web import create_app, logs
from search_app.web.app import close_app
from search_app.web.watch import _BrokenOff
from tests.serving.changing import ChangingIndex

SECRET = "privileged"
ASKED = (
    f"/search?q={SECRET}",
    f"/search?q=%22{SECRET}%22~5&page=99",
    f"/api/v1/search?q={SECRET}&sort={SECRET}",
    f"/cases/{SECRET}?q={SECRET}",
    f"/cases/CM20-0000000?q={SECRET}&find={SECRET}",
    f"/{SECRET}/{SECRET}",
    f"/facets/{SECRET}?within={SECRET}",
    f"/insights?q={SECRET}",
    f"/export.csv?q={SECRET}",
    f"/feed.atom?q={SECRET}",
    f"/api/v1/suggest?q={SECRET}",
    f"/similar?to={SECRET}/1",
    f"/fails?q={SECRET}",
    f"/fails/later?q={SECRET}",
)


class Logged:
    """An application, and what it has logged."""

    def __init__(self, app: Flask, stream: io.StringIO) -> None:
        self.app = app
        self._stream = stream

    def ask(self, url: str, **how: object) -> Response:
        with self.app.test_client().open(url, **how) as answer:
            with suppress(_BrokenOff):  # of which the log tells
                answer.get_data()
            return answer

    @property
    def text(self) -> str:
        return self._stream.getvalue()

    @property
    def lines(self) -> list[dict[str, object]]:
        return [json.loads(line) for line in self.text.splitlines()]


@pytest.fixture
def logged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Logged]]:
    index = ChangingIndex(tmp_path / "index", ["tantivy"])
    index.swap()
    stream = io.StringIO()
    root, *others = map(logging.getLogger, ("", logs.ACCESS, "waitress.queue"))
    before = root.handlers[:], root.level, [one.level for one in others]
    apps: list[Flask] = []

    def start(**given: object) -> Logged:
        settings = Settings(index=index.path, **given)  # type: ignore[arg-type]
        monkeypatch.setattr("sys.stderr", stream)
        logs.configure(settings)
        app = create_app(settings)
        app.add_url_rule("/fails", "fails", _fail)
        app.add_url_rule("/fails/later", "later", lambda: Response(_fail_later()))
        apps.append(app)
        return Logged(app, stream)

    yield start
    for app in apps:
        close_app(app)
    logging.captureWarnings(capture=False)
    root.handlers[:], root.level = before[0], before[1]
    for one, level in zip(others, before[2], strict=True):
        one.setLevel(level)


def _fail() -> str:
    raise ValueError(f"no such thing as {SECRET}")


def _fail_later() -> Iterator[bytes]:
    yield b"begun"
    try:
        _fail()
    except ValueError as error:
        raise KeyError(SECRET) from error


@pytest.mark.parametrize("form", ["plain", "json"])
@pytest.mark.parametrize("slow", [0, 1_000])
def test_nothing_of_a_query_is_logged(logged: Callable[..., Logged], form: str, slow: int) -> None:
    site = logged(log_format=form, slow_request=slow)
    for url in ASKED:
        site.ask(url, headers={"X-Request-ID": f"{SECRET} {SECRET}", "Referer": f"http://localhost{url}"})
    site.ask("/similar", method="POST", data={"text": f"{SECRET} {SECRET}"})
    assert site.text.count("route") >= len(ASKED) + 1
    assert ("slow request" in site.text) == (slow == 0)
    assert "ValueError" in site.text
    assert "KeyError" in site.text
    assert SECRET not in site.text


def test_queries_are_logged_where_that_is_asked_for(logged: Callable[..., Logged]) -> None:
    site = logged(log_queries="on", log_format="json")
    site.ask(f"/search?q={SECRET}")
    site.ask(f"/fails?q={SECRET}")
    assert [line.get("query") for line in site.lines if "route" in line] == [f"q={SECRET}"] * 2
    (failed,) = (line for line in site.lines if "exception" in line)
    assert f"ValueError: no such thing as {SECRET}" in str(failed["exception"])


def test_a_line_of_json_tells_a_request(logged: Callable[..., Logged]) -> None:
    site = logged(log_format="json")
    answer = site.ask("/api/v1/search?q=state", headers={"X-Request-ID": "proxy-1"})
    (line,) = site.lines
    assert answer.headers["X-Request-ID"] == line["request"] == "proxy-1"
    told = {name: line[name] for name in ("level", "method", "route", "status", "bytes")}
    assert told == {
        "level": "INFO",
        "method": "GET",
        "route": "/api/v1/search",
        "status": 200,
        "bytes": len(answer.get_data()),
    }
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}\+00:00", str(line["time"]))


def test_requests_without_an_id_get_one_of_their_own(logged: Callable[..., Logged]) -> None:
    site = logged()
    first, second = (site.ask("/healthz").headers["X-Request-ID"] for _ in range(2))
    assert first != second
    assert f"request={first}" in site.text


def test_without_an_access_log_only_what_is_wrong_is_told(logged: Callable[..., Logged]) -> None:
    site = logged(access_log="off")
    site.ask("/healthz")
    site.ask("/search?q=state")
    assert site.text == ""
    site.ask("/fails")
    assert "status=500" in site.text
    assert "error=ValueError" in site.text


def test_waitress_does_not_tell_of_each_request_that_waits(logged: Callable[..., Logged]) -> None:
    site = logged()
    ThreadedTaskDispatcher().add_task("has no thread, so it waits")
    assert site.text == ""
