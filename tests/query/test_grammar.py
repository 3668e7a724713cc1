from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from whoosh.qparser import syntax

from search_app.fields import FIELDS, Kind
from search_app.query.grammar import parse


def kinds(typed: str) -> list[str]:
    return [type(node).__name__ for node in parse(typed)]


@pytest.mark.parametrize(
    ("typed", "expected"),
    [
        ("", []),
        ("knee mri", ["WordNode", "WordNode"]),
        ('"knee mri"', ["PhraseNode"]),
        ('"knee mri"~2 hip', ["PhraseNode", "WordNode"]),
        ("kne*", ["PrefixNode"]),
        ("kne*x", ["WordNode"]),
        ("knee~", ["FuzzyTermNode"]),
        ("-knee +mri", ["NotGroup", "MustGroup"]),
        ("knee-mri 5-6 a+b", ["WordNode", "WordNode", "WordNode"]),
        ("-- ++", ["WordNode", "WordNode"]),
        ("knee and not mri", ["WordNode", "WordNode", "WordNode", "WordNode"]),
        ("kneeANDmri", ["WordNode"]),
        ("(knee mri) hip", ["WordsGroup", "WordNode"]),
        ("decided:[2015 TO 2016]", ["RangeNode"]),
        ("knee ANDNOT mri REQUIRE hip", ["WordNode"] * 5),
        ("kn?e /re/ knee^2", ["WordNode"] * 3),
    ],
)
def test_kinds(typed: str, expected: list[str]) -> None:
    assert kinds(typed) == expected


@pytest.mark.parametrize("name", FIELDS)
def test_every_field_that_holds_text_or_a_date_can_be_typed(name: str) -> None:
    (node,) = parse(f"{name}:2016")
    searchable = FIELDS[name].text is not None or FIELDS[name].kind is Kind.DATE
    assert isinstance(node, syntax.WordNode)
    if name == "year":
        assert (node.fieldname, node.text) == ("decided", "2016")
    else:
        assert (node.fieldname, node.text) == ((name, "2016") if searchable else (None, f"{name}:2016"))


@pytest.mark.parametrize(
    ("typed", "field", "text"),
    [
        ("Drug:soma", "drug", "soma"),
        ("request: knee", "request", "knee"),
        ("DATE:2016", "decided", "2016"),
        ("mydrug:soma", None, "mydrug:soma"),
        ("drug:", None, "drug:"),
    ],
)
def test_fields_as_people_type_them(typed: str, field: str | None, text: str) -> None:
    (node,) = parse(typed)
    assert (node.fieldname, node.text) == (field, text)


@pytest.mark.parametrize(
    "typed", ["nofield:knee", "xdrug:knee", "Drug :knee", "12:30", "http://x", "::", "_drug:knee"]
)
def test_what_is_no_field_is_a_word(typed: str) -> None:
    assert all(node.fieldname is None for node in parse(typed))


@settings(max_examples=300)
@given(st.text('ab" ()[]*~+-:^?\\/{}<>!&|\0\n') | st.text())
def test_anything_parses(typed: str) -> None:
    assert isinstance(parse(typed), syntax.GroupNode)
