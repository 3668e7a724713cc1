"""What holds for whatever people and files bring; fuzz/ looks for longer, guided by coverage."""

from __future__ import annotations

import re
from contextlib import suppress

import orjson
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.errors import NotADetermination
from search_app.letters import parse_text
from search_app.letters.names import LONGEST, UniqueNames, inside
from search_app.letters.readers.html import html_text
from search_app.letters.readers.plain import plain_text
from search_app.model import Determination
from tests.samples import Item, letter

ANY = st.text(st.characters(), max_size=60)
LABELS = st.sampled_from(
    ("Decision rationale:", "MAXIMUS guideline:", ": Upheld", "is:", "Overturned", "\n", "\f", "1)", " ")
)
NASTY = st.lists(ANY | LABELS, max_size=12).map("".join)
TAGS = st.sampled_from(("<p>", "</p>", "<b", ">", "<!--", "-->", "<script>", "</", "x", "&lt;"))


@settings(max_examples=60)
@given(NASTY, NASTY, NASTY, NASTY)
def test_a_determination_survives_being_written(
    summary: str, heading: str, party: str, rationale: str
) -> None:
    item = Item(heading=heading, reviewer=party, rationale=rationale)
    with suppress(NotADetermination):
        found = parse_text(letter([item, Item()], summary=summary), "a.txt")
        assert Determination.from_json(orjson.loads(orjson.dumps(found.to_json()))) == found
        assert all(decision.outcome in {"Upheld", "Overturned"} for decision in found.decisions)


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(), max_size=300), max_size=20))
def test_names_of_members_stay_inside_and_differ(names: list[str]) -> None:
    unique = UniqueNames()
    told = [unique.take(inside(name)) for name in names]
    assert len(set(told)) == len(told)
    for one in told:
        assert not re.search(r"[\x00-\x1f\x7f-\x9f\u202a-\u202e\ud800-\udfff]", one)
        assert not one.startswith("/")
        assert ".." not in one.split("/")
        assert len(one) <= LONGEST + len(f"~{len(names) + 1}")


@settings(max_examples=60)
@given(st.binary(max_size=300))
def test_any_bytes_are_some_text_of_whole_characters(data: bytes) -> None:
    for read in (plain_text, html_text):
        read(data).encode()


@settings(max_examples=60)
@given(st.lists(TAGS, max_size=40))
def test_no_markup_of_a_page_is_left_in_its_text(pieces: list[str]) -> None:
    assert "alert" not in html_text(("<script>alert(1)</script>" + "".join(pieces)).encode())
