from __future__ import annotations

from search_app.query.leaves import leaf
from search_app.query.tree import (
    And,
    AndMaybe,
    Dates,
    DisMax,
    Everything,
    Fuzzy,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Word,
    positive_leaves,
)

FIELDS = ("request", "rationale")
ONE, TWO = Word("one", FIELDS), Phrase(("two", "three"), FIELDS)
BEGINS, LIKE = Prefix("fo", "fo", FIELDS), Fuzzy("five", 1, FIELDS)


def test_positive_leaves_from_left_to_right() -> None:
    tree = And(
        (
            Or((ONE, TWO), 2),
            AndMaybe(DisMax((LIKE, Everything())), BEGINS),
            Dates("decided", None, None),
            Nothing(),
        )
    )
    assert list(positive_leaves(tree)) == [ONE, TWO, LIKE, BEGINS]


def test_nothing_under_a_not_is_positive() -> None:
    assert list(positive_leaves(And((ONE, Not(Or((TWO, Not(LIKE)))))))) == [ONE]


def test_a_leaf_is_a_word_or_a_phrase_or_none() -> None:
    assert leaf("Knees", FIELDS) == Word("knee", FIELDS)
    assert leaf("10/325mg", FIELDS) == Phrase(("10", "325", "mg"), FIELDS)
    assert leaf("two three", FIELDS, 4) == Phrase(("two", "three"), FIELDS, 4)
    assert leaf(" ... ", FIELDS) is None
