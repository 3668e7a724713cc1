from __future__ import annotations

from dataclasses import replace

import pytest

from search_app.query.closeness import closeness, units
from search_app.query.reading import read
from search_app.query.recipe import EXACT, RECIPE

TREE = read("walrus tusk ivory", EXACT).tree
FAR = "The walrus swam. The tusk was long. The ivory was white."
NEAR = "The walrus swam. Its tusk is of ivory, as a walrus has it. It was white."
NOTHING = "The seal swam and the whale dived."


def worth(*texts: str, recipe: object = RECIPE) -> list[float]:
    return closeness(TREE, texts, recipe)  # type: ignore[arg-type]


def test_what_one_sentence_says_is_worth_more_than_what_three_do() -> None:
    far, near, nothing = worth(FAR, NEAR, NOTHING)
    assert near > far > nothing == 0.0


def test_rarer_things_are_worth_more() -> None:
    common, rare, *_ = worth("A walrus.", "Some ivory.", "The walrus.", "Any walrus.", "This walrus.")
    assert rare > common


def test_a_sentence_that_many_share_is_worth_less() -> None:
    shared = "Guidelines recommend a walrus tusk."
    own, *boilerplate = worth("This person needs a walrus tusk.", *[shared] * 5)
    assert len(set(boilerplate)) == 1
    assert own > boilerplate[0] > 0
    without = replace(RECIPE, boilerplate=False)
    assert len(set(worth("This person needs a walrus tusk.", *[shared] * 5, recipe=without))) == 1


def test_numbers_do_not_make_a_sentence_another() -> None:
    one, other, own = worth("Item 12 is a walrus tusk.", "Item 13 is a walrus tusk.", "The walrus tusk.")
    assert one == other < own


def test_a_wording_counts_for_what_was_typed() -> None:
    tree = read("back brace walrus").tree
    found = closeness(tree, ["A lumbar support for a walrus.", "A walrus. A lumbar support.", "No."], RECIPE)
    assert found[0] > found[1] > found[2] == 0.0


@pytest.mark.parametrize(
    ("typed", "number"),
    [("walrus", 1), ("walrus tusk", 2), ("walrus -tusk", 1), ("+walrus tusk", 2), ('"walrus tusk"', 1)],
)
def test_units_are_what_is_asked_for(typed: str, number: int) -> None:
    assert len(units(read(typed, EXACT).tree)) == number


def test_nothing_is_weighed_where_it_is_switched_off() -> None:
    assert worth(NEAR, FAR, recipe=replace(RECIPE, closeness=0.0)) == [0.0, 0.0]


def test_no_texts_and_empty_texts() -> None:
    assert worth() == []
    assert worth("") == [0.0]
