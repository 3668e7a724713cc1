"""The newest decisions of a search as an Atom feed (RFC 4287)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from xml.etree.ElementTree import Element, SubElement, tostring

from search_app.engines.base import Listed
from search_app.web.urls import Urls

MIMETYPE = "application/atom+xml"

LISTED = 50
"""Decisions in a feed."""

_NAMESPACE = "http://www.w3.org/2005/Atom"
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""What no XML document may hold (XML 1.0, 2.2), though a query can."""

_SUMMARY = 500
"""Characters of a rationale that an entry begins with."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a feed says of itself: `url` is its own, `page` that of the list; `built` dates the undated."""

    title: str
    url: str
    page: str
    built: str


def atom(feed: Feed, found: Iterable[Listed], urls: Urls) -> bytes:
    """The feed as XML; `urls` makes absolute links."""
    root = Element("feed", {"xmlns": _NAMESPACE})
    entries = [_entry(one, feed, urls) for one in found]
    _add(root, "id", feed.url)
    _add(root, "title", feed.title)
    _add(root, "updated", max((entry.findtext("updated", "") for entry in entries), default=feed.built))
    SubElement(root, "link", {"rel": "self", "href": feed.url, "type": MIMETYPE})
    SubElement(root, "link", {"rel": "alternate", "href": feed.page, "type": "text/html"})
    _add(SubElement(root, "author"), "name", "Independent Medical Review")
    root.extend(entries)
    text: bytes = tostring(root, encoding="utf-8", xml_declaration=True)
    return text


def _entry(one: Listed, feed: Feed, urls: Urls) -> Element:
    entry = Element("entry")
    page = urls.case(one.case.id, number=one.number)
    _add(entry, "id", page)
    _add(entry, "title", f"{one.decision.outcome}: {one.decision.disputed}")
    _add(entry, "updated", _midnight(one.case.decision_date) or feed.built)
    SubElement(entry, "link", {"rel": "alternate", "href": page, "type": "text/html"})
    for term in filter(None, (one.decision.outcome, one.decision.category, *one.decision.drugs)):
        SubElement(entry, "category", {"term": term})
    _add(entry, "summary", _beginning(one))
    return entry


def _beginning(one: Listed) -> str:
    case = f"{'Fictional case' if one.case.fictional else 'Case'} {one.case.id}, item {one.number}."
    text = one.decision.rationale
    return f"{case} {text if len(text) <= _SUMMARY else text[:_SUMMARY].rsplit(' ', 1)[0] + ' …'}"


def _midnight(day: date | None) -> str:
    return f"{day.isoformat()}T00:00:00Z" if day else ""


def _add(parent: Element, name: str, text: str) -> None:
    SubElement(parent, name).text = _NOT_XML.sub(" ", text)
