"""Texts that are meant to make a step of the parser take for ever."""

from __future__ import annotations

from contextlib import suppress

import pytest

from search_app.errors import NotADetermination
from search_app.letters import parse_text
from tests.samples import Item, letter

NASTY = {
    "certified": "Board Certified in " * 9_000,
    "licensed": "licensed to practice in " * 7_000,
    "commas": ", " * 60_000,
    "dashes": "-\n" * 60_000,
    "blanks": " " * 150_000,
    "lines": "\n" * 150_000,
    "pages": "\f\n" * 60_000,
    "regarding": "1) Regarding the request for " * 6_000,
    "determined": "determined the request for x " * 6_000,
    "numbers": "1. a\n" * 30_000,
    "outcomes": "x: Upheld\n" * 15_000,
    "labels": "Decision rationale: \n" * 8_000,
    "original": "was the original request. " * 6_000,
    "injured": "injury on " * 15_000,
}


@pytest.mark.parametrize("name", NASTY)
@pytest.mark.parametrize("place", ["reviewer", "summary", "heading", "rationale", "notice"])
def test_no_text_takes_forever(name: str, place: str) -> None:
    """Each of these would take minutes if any step were quadratic in it."""
    nasty = NASTY[name]
    texts = {
        "reviewer": letter().replace("An invented reviewer", nasty),
        "summary": letter(summary=nasty),
        "heading": letter([Item(heading=nasty)]),
        "rationale": letter([Item(rationale=nasty), Item()]),
        "notice": "Notice of Independent Medical Review Determination\n" + nasty,
    }
    with suppress(NotADetermination):
        assert parse_text(texts[place], "a.txt").decisions
