"""No byte from a letter or a query becomes markup, and browsers are told to hold to that."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.letters import HOSTILE
from tests.web.reading import strange_scripts, text

HOSTILE_URL = "/cases/" + quote(HOSTILE, safe="")
PAGES = [
    "/",
    "/search?q=xanax",
    "/search?q=zzzz&year=2016",
    "/cases/CM16-0000001?q=taper&n=1",
    HOSTILE_URL,
    "/similar",
    "/similar?to=CM16-0000001/1",
    "/contrast?q=back",
    "/insights?q=back",
    "/saved",
    "/facets/drug?within=a",
    "/export?q=back",
    "/help",
    "/api",
    "/status",
    "/nothing",
]
OTHERS = [
    "/healthz",
    "/export.csv",
    "/export.xlsx",
    "/feed.atom",
    "/opensearch.xml",
    "/api/v1/search",
    "/api/v1/search?page=x",
    "/api/v1/facets/drug",
    "/api/v1/openapi.json",
    "/cases/CM16-0000001/letter",
    "/api/v1/suggest?q=xan",
    "/static/site.css",
]


@pytest.mark.parametrize("url", PAGES + OTHERS)
def test_every_answer_has_the_headers(client: FlaskClient, url: str) -> None:
    with client.get(url) as answer:
        parts = answer.headers["Content-Security-Policy"].split("; ")
        policy = dict(part.split(" ", 1) for part in parts if " " in part)
        assert policy["default-src"] == "'none'"
        assert policy["frame-ancestors"] == "'none'"
        assert "unsafe-inline" not in policy.get("script-src", "")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Referrer-Policy"] == "same-origin"
        assert "Set-Cookie" not in answer.headers


@pytest.mark.parametrize("url", PAGES)
def test_pages_hold_no_inline_script_or_style_and_ask_nobody_else(client: FlaskClient, url: str) -> None:
    page = BeautifulSoup(client.get(url).data, "html.parser")
    assert page.find("style") is None
    assert page.find(style=True) is None
    assert strange_scripts(page) == []
    for tag in page.find_all(True):
        assert not [name for name in tag.attrs if name.startswith("on")]
        for name in ("src", "href", "action"):
            assert str(tag.get(name, "/")).startswith(("/", "#"))


@pytest.mark.parametrize(
    "attack",
    [HOSTILE, '"><img src=x onerror=alert(1)>', "{{ 7 * 7 }}", "</title><script>alert(1)</script>"],
)
def test_what_is_typed_comes_back_as_text(get: Get, attack: str) -> None:
    page = get(f"/search?q={quote(attack)}&drug={quote(attack)}&nosuch={quote(attack)}&sort={quote(attack)}")
    assert page.select_one("#q")["value"] == attack
    assert strange_scripts(page) == []
    assert page.select("img[onerror]") == []
    assert attack in text(page.title)


def test_what_a_letter_says_is_text_everywhere(get: Get) -> None:
    for url in ("/search?q=brace", HOSTILE_URL + "?q=brace", "/"):
        page = get(url)
        assert strange_scripts(page) == []
        assert page.select("main img") == []
        assert HOSTILE in text(page.body)


def test_no_template_switches_escaping_off(app: Flask) -> None:
    templates = sorted(Path(str(app.template_folder)).glob("*.html"))
    assert len(templates) > 10
    for template in templates:
        source = template.read_text(encoding="utf-8")
        assert not re.search(r"\|\s*safe|autoescape|Markup", source), template.name


def test_static_files_may_be_kept_because_their_address_changes(get: Get, client: FlaskClient) -> None:
    address = str(get("/").select_one("link[rel=stylesheet]")["href"])
    assert re.fullmatch(r"/static/site\.css\?v=[0-9a-f]{12}", address)
    with client.get(address) as answer:
        assert answer.status_code == 200
        assert "max-age=31536000" in answer.headers["Cache-Control"]


def test_a_static_file_without_the_mark_of_its_content_is_asked_for_each_time(client: FlaskClient) -> None:
    with client.get("/static/store.js") as answer:
        assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-cache")
        assert answer.mimetype == "text/javascript"


@pytest.mark.parametrize("url", PAGES)
def test_scripts_of_pages_can_ask_this_site_and_no_other(client: FlaskClient, url: str) -> None:
    policy = client.get(url).headers["Content-Security-Policy"].split("; ")
    assert [part for part in policy if part.startswith("connect-src")] == ["connect-src 'self'"]
