"""Pages are well built: links lead somewhere, headings and labels are in order, colours have contrast."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from bs4 import BeautifulSoup, Tag
from flask import Flask
from flask.testing import FlaskClient

from tests.web.conftest import Get
from tests.web.reading import text
from tests.web.test_security import PAGES

ENOUGH = 4.5
"""Contrast of text, WCAG 2.2 success criterion 1.4.3."""

INK_ON = [
    ("ink", "bg"),
    ("ink", "surface"),
    ("ink", "sunken"),
    ("ink", "accent-soft"),
    ("ink", "notice"),
    ("muted", "bg"),
    ("muted", "surface"),
    ("muted", "sunken"),
    ("muted", "accent-soft"),
    ("accent", "bg"),
    ("accent", "surface"),
    ("accent", "notice"),
    ("accent", "accent-soft"),
    ("accent-ink", "accent"),
    ("mark-ink", "mark"),
    ("good", "good-soft"),
    ("stand", "stand-soft"),
    ("part", "part-soft"),
]


def test_every_link_of_the_site_leads_somewhere(client: FlaskClient) -> None:
    waiting, seen = ["/", "/search?q=xanax+taper", "/search?page=2"], set()
    while waiting and len(seen) < 150:
        address = waiting.pop(0)
        path = urlsplit(address)._replace(fragment="").geturl()
        if path in seen:
            continue
        seen.add(path)
        with client.get(path) as answer:
            allowed = {200, 404} if path.endswith("/letter") else {200}
            assert answer.status_code in allowed, address
            if answer.mimetype != "text/html" or path.endswith("/letter"):
                continue
            page = BeautifulSoup(answer.data, "html.parser")
        waiting += [str(tag["href"]) for tag in page.select("a[href^='/'], link[href]")]
        inside = [str(tag["href"])[1:] for tag in page.select("a[href^='#']")]
        assert all(page.find(id=name) for name in inside), address
    assert len(seen) == 150


def test_links_to_a_place_on_a_page_find_it(get: Get) -> None:
    for link in get("/search?q=back").select(".hit-title a"):
        address = urlsplit(str(link["href"]))
        page = get(address._replace(fragment="").geturl())
        assert page.find(id=address.fragment)
        back = urlsplit(str(page.select_one(".back")["href"]))
        assert get(back._replace(fragment="").geturl()).find(id=back.fragment)


@pytest.mark.parametrize("url", PAGES)
def test_landmarks_headings_names_and_ids(client: FlaskClient, url: str) -> None:
    page = BeautifulSoup(client.get(url).data, "html.parser")
    for tag in page.select("template"):  # no part of the page before a script makes it one
        tag.decompose()
    assert page.html["lang"] == "en"
    assert len(page.select("main#main")) == len(page.select("h1")) == 1
    assert page.select_one(".skip")["href"] == "#main"
    ids = Counter(str(tag["id"]) for tag in page.select("[id]"))
    assert {name: count for name, count in ids.items() if count > 1} == {}
    for tag in page.select("[aria-labelledby]"):
        assert ids[str(tag["aria-labelledby"])] == 1
    for box in page.select("input:not([type=hidden])"):
        assert named(page, box), box
    for tag in page.select("a, button, summary, legend"):
        assert text(tag), tag
    levels = [int(tag.name[1]) for tag in page.main.select("h1, h2, h3, h4")]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def named(page: BeautifulSoup, box: Tag) -> bool:
    label = box.find_parent("label") or page.find("label", attrs={"for": box.get("id")})
    return bool(label and text(label))


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize(("ink", "ground"), INK_ON)
def test_text_has_contrast(app: Flask, scheme: str, ink: str, ground: str) -> None:
    css = (Path(str(app.static_folder)) / "site.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root \{(.*?)\}", css, re.DOTALL)[:2]
    colours = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6})", light if scheme == "light" else light + dark))
    assert contrast(colours[ink], colours[ground]) >= ENOUGH


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio of two colours (#rrggbb)."""
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
