"""Small parts that several pages show."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from search_app.fields import FIELDS, NOT_STATED, PATH_SEPARATOR
from search_app.model import OVERTURNED, PARTIALLY_OVERTURNED, UPHELD
from search_app.web.state import State
from search_app.web.urls import Urls

STEP = " \N{SINGLE RIGHT-POINTING ANGLE QUOTATION MARK} "
"""Stands between a category and its subcategory."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "June", "July", "Aug", "Sept", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Link:
    """A link ready to draw; `current` marks the one that leads where the reader is."""

    text: str
    url: str
    current: bool = False


@dataclass(frozen=True, slots=True)
class SearchForm:
    """The search box: where it goes, what it holds, and the rest of the state that it carries along."""

    action: str
    query: str = ""
    hidden: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around every page; `static` makes the URL of a static file that one page needs."""

    home: str
    help: str
    about: str
    similar: str
    insights: str
    status: str
    api: str
    saved: str
    suggest: str
    style: str
    script: str
    icon: str
    open_search: str
    static: Callable[[str], str]

    @classmethod
    def of(cls, urls: Urls) -> Frame:
        """The frame with its links made."""
        return cls(
            home=urls.home(),
            help=urls.help(),
            about=urls.about(),
            similar=urls.similar(),
            insights=urls.insights(),
            status=urls.status(),
            api=urls.api(),
            saved=urls.saved(),
            suggest=urls.suggest(),
            style=urls.static("site.css"),
            script=urls.static("site.js"),
            icon=urls.static("icon.svg"),
            open_search=urls.open_search(),
            static=urls.static,
        )


@dataclass(frozen=True, slots=True)
class Day:
    """A date for people and for machines."""

    text: str
    iso: str

    @classmethod
    def of(cls, day: date | None) -> Day | None:
        """The date, or None for none."""
        if day is None:
            return None
        return cls(f"{MONTHS[day.month - 1]} {day.day}, {day.year}", day.isoformat())


@dataclass(frozen=True, slots=True)
class Outcome:
    """An outcome in words; `kind` picks the shape and colour of its badge."""

    word: str
    kind: str
    meaning: str

    @classmethod
    def of(cls, outcome: str) -> Outcome:
        """The badge of an outcome; one that is not known gets a neutral badge."""
        kind, meaning = _OUTCOMES.get(outcome, ("other", ""))
        return cls(outcome, kind, meaning)


_OUTCOMES = {
    OVERTURNED: ("overturned", "treatment approved"),
    UPHELD: ("upheld", "denial stands"),
    PARTIALLY_OVERTURNED: ("partial", "some items approved, some not"),
}


def value_label(field: str, value: str) -> str:
    """A facet value as people read it."""
    if value == NOT_STATED:
        return FIELDS[field].missing
    return value.replace(PATH_SEPARATOR, STEP)


def filter_link(urls: Urls, field: str, value: str) -> Link:
    """A link to everything in the index that has a facet value."""
    return Link(value_label(field, value), urls.search(State().toggled(field, value)))
