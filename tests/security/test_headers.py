"""Every answer of every address tells the browser to hold back, and no answer needs anything inline."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from flask import Flask

from search_app.config import Settings
from search_app.web import create_app
from tests.security.test_login import addresses
from tests.web.test_security import OTHERS, PAGES

WANTED = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}


def test_every_answer_has_every_header_and_no_cookie(hostile_app: Flask) -> None:
    client = hostile_app.test_client()
    asked = [*addresses(hostile_app), *PAGES, *OTHERS, "/static/site.css", "/static/", "/static/../app.py"]
    for method in ("GET", "HEAD", "POST", "OPTIONS"):
        for address in asked:
            with client.open(address, method=method) as answer:
                assert {name: answer.headers.get(name) for name in WANTED} == WANTED, address
                policy = answer.headers["Content-Security-Policy"]
                assert "default-src 'none'" in policy
                assert "frame-ancestors 'none'" in policy
                assert not re.search(r"unsafe|data:|\*|https?:", policy), address
                assert answer.headers["Cache-Control"]
                assert "Set-Cookie" not in answer.headers
                assert "Strict-Transport-Security" not in answer.headers
                assert "Server" not in answer.headers


def test_answers_are_for_one_reader(hostile_app: Flask) -> None:
    assert hostile_app.test_client().get("/").headers["Cache-Control"] == "private, no-cache"


@pytest.mark.parametrize("site", ["cross-site", "same-site"])
@pytest.mark.parametrize("mode", ["cors", "no-cors", "websocket"])
def test_what_pages_of_other_sites_have_a_browser_ask_is_not_answered(
    hostile_app: Flask, site: str, mode: str
) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert hostile_app.test_client().get("/search?q=brace", headers=headers).status_code == 403


@pytest.mark.parametrize(
    ("site", "mode"),
    [("cross-site", "navigate"), ("same-origin", "cors"), ("none", "navigate"), ("same-origin", "no-cors")],
)
def test_links_from_elsewhere_and_our_own_pages_are(hostile_app: Flask, site: str, mode: str) -> None:
    headers = {"Sec-Fetch-Site": site, "Sec-Fetch-Mode": mode}
    assert hostile_app.test_client().get("/search?q=brace", headers=headers).status_code == 200


def test_sites_that_have_leave_may_read_the_api_and_nothing_else(hostile_index: Path) -> None:
    app = create_app(Settings(index=hostile_index, api_origins="https://example.org"))
    headers = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "cors", "Origin": "https://example.org"}
    assert app.test_client().get("/api/v1/facets", headers=headers).status_code == 200
    assert app.test_client().get("/help", headers=headers).status_code == 403
