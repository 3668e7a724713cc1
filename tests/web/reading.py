"""What stands on a page, read back from its HTML."""

from __future__ import annotations

import re

from bs4 import BeautifulSoup, Tag


def text(tag: Tag | None) -> str:
    """The text of an element on one line."""
    assert tag is not None
    return " ".join(tag.get_text().split())


def texts(page: BeautifulSoup | Tag, selector: str) -> list[str]:
    return [text(tag) for tag in page.select(selector)]


def strange_scripts(page: BeautifulSoup) -> list[Tag]:
    """The scripts of a page that are not files of the site."""
    ours = r"/static/\w+\.js\?v=[0-9a-f]{12}"
    return [one for one in page.select("script") if text(one) or not re.fullmatch(ours, str(one.get("src")))]


def href(page: BeautifulSoup | Tag, words: str) -> str:
    """Where the one link leads whose text holds the words."""
    (link,) = [link for link in page.select("a[href]") if words in text(link)]
    return str(link["href"])


def checkboxes(page: BeautifulSoup, field: str) -> dict[str, tuple[int, bool]]:
    """Value, count and tick of each checkbox of a facet."""
    return {
        str(box["value"]): (int(text(box.find_next(class_="choice-count"))), box.has_attr("checked"))
        for box in page.select(f"input[type=checkbox][name={field}]")
    }


def total(page: BeautifulSoup) -> int:
    """The number of decisions that the page says it found."""
    return int(next(word for word in text(page.select_one(".count")).split() if word.isdigit()))
