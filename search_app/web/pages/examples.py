"""Queries that show what can be typed; each is a live link."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.web.state import State
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Example:
    """A query, where it leads, and what it does."""

    query: str
    url: str
    does: str


_SYNTAX = (
    ("xanax", "A brand name also finds its ingredient, and the other way round."),
    ("back brace", "Everyday words find the technical ones, and abbreviations what they stand for (LSO)."),
    ("knee mri approved", "Words for an outcome mean it: approved is Overturned, denied is Upheld."),
    (
        "chiropractic no improvement from earlier visits",
        "What a decision is about must be there, and most of the other words; the closest rank first.",
    ),
    ("neck or back pain", "A small “or” between two things asks for either."),
    ('"functional improvement"', "Words in quotes must stand together in this order."),
    ('"conservative care failed"~5', "The words stand within five words of each other."),
    ("radiculop*", "Any ending."),
    ("cyclobenzaprne~", "A word that may be misspelt, by one letter or two neighbours swapped."),
    ("opioid AND (taper OR weaning)", "AND, OR and parentheses, written in capitals."),
    ("injection -lumbar", "A minus sign or NOT leaves out what has the word."),
    ("+mri pain swelling", "What has a plus sign must occur; the other words only improve the rank."),
    ("drug:ibuprofen rationale:kidney", "field:word looks in one field only."),
    ("decided:2016-05", "Decisions of a year (2016), a month (2016-05) or a day (2016-05-31)."),
    ("decided:[2015-06 TO 2016]", "Decisions of a span of time; either end may be left open."),
)

_SHORT = frozenset(
    [
        "xanax",
        "back brace",
        "knee mri approved",
        '"functional improvement"',
        "drug:ibuprofen rationale:kidney",
        "decided:2016-05",
    ]
)


def examples(urls: Urls) -> tuple[Example, ...]:
    """The whole query language by example."""
    return tuple(Example(query, urls.search(State(query=query)), does) for query, does in _SYNTAX)


def short_examples(urls: Urls) -> tuple[Example, ...]:
    """A few examples for a page that has other things to say."""
    return tuple(example for example in examples(urls) if example.query in _SHORT)
