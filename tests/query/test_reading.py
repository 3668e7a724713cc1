from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.fields import DATE_FIELDS, DEFAULT_FIELDS, TEXT_FIELDS
from search_app.query.grammar import MAX_CHARACTERS, MAX_DEPTH
from search_app.query.reading import MAX_WORDS, read
from search_app.query.recipe import EXACT, RECIPE
from search_app.query.tree import (
    And,
    Constant,
    Dates,
    DisMax,
    Everything,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Value,
    Word,
    positive_leaves,
)
from tests.query.readings import KNEE, READINGS
from tests.query.trees import nodes_of


@pytest.mark.parametrize(("typed", "tree", "says"), READINGS, ids=[ascii(row[0]) for row in READINGS])
def test_readings(typed: str, tree: Node, says: str) -> None:
    reading = read(typed, EXACT)
    assert reading.tree == tree
    assert reading.says == says
    assert reading.typed == typed
    assert reading.expansions == ()


@pytest.mark.parametrize(
    "typed",
    ["knee", "knee mri hip", '"the knee"', "knee OR mri", "kn*", "decided:2016", "", "  ", "*", "+knee mri"],
)
def test_nothing_is_noted_where_all_is_used(typed: str) -> None:
    assert read(typed).notes == ()


@pytest.mark.parametrize(
    ("typed", "noted"),
    [
        ("the knee of the", "Common words were left out: the, of."),
        ("k* mri", "k*"),
        ("decided:never", "never is no date"),
        ("decided:[2016-13 TO 2017]", "2016-13 TO 2017 is no date"),
        ("(((", "no word"),
        ('"..."', "no word"),
        ("k" * 3000, f"first {MAX_CHARACTERS:,} characters"),
        (" ".join(f"n{number}" for number in range(MAX_WORDS + 1)), f"first {MAX_WORDS} words"),
    ],
)
def test_what_is_not_used_is_noted(typed: str, noted: str) -> None:
    (note,) = read(typed).notes
    assert noted in note


def test_a_note_is_told_once() -> None:
    assert read("(the knee) OR (the mri)").notes == ("Common words were left out: the.",)


def test_only_the_first_characters_are_read() -> None:
    assert read("a1 " * (MAX_CHARACTERS // 3 + 1) + "knee").tree == Word("a1", KNEE.fields)
    assert read(" " * (MAX_CHARACTERS - 4) + "knee", EXACT).tree == KNEE


def test_only_the_first_words_are_searched() -> None:
    tree = read(" ".join(f"n{number}" for number in range(MAX_WORDS + 9))).tree
    assert isinstance(tree, Or)
    assert (len(tree.nodes), tree.minimum) == (MAX_WORDS, MAX_WORDS // 2 + 1)


def test_parentheses_as_deep_as_anybody_likes() -> None:
    for depth in (MAX_DEPTH, MAX_DEPTH + 1, 900):
        assert read("(" * depth + "knee" + ")" * depth, EXACT).tree == KNEE


def test_a_group_at_the_deepest_level_is_still_a_group() -> None:
    deep = "(" * (MAX_DEPTH - 1) + "-(knee OR mri)" + ")" * (MAX_DEPTH - 1)
    assert isinstance(read(deep).tree, Not)


PIECES = st.lists(
    st.sampled_from(
        [
            "knee",
            "the",
            "xanax",
            "oxy",
            "contin",
            "10/325mg",
            "L4-L5",
            "é",
            "AND",
            "OR",
            "NOT",
            "+",
            "-",
            "(",
            ")",
            '"',
            "*",
            "~",
            "~2",
            "[",
            "]",
            " TO ",
            "drug:",
            "decided:",
            "request:",
            "nofield:",
            "2016",
            "2016-13",
            ":",
            " ",
            " ",
            "'s",
            "\0",
            "^",
            "\\",
            "{",
            "膝",
        ]
    )
).map("".join)


@settings(max_examples=400)
@given(st.text() | PIECES, st.booleans())
def test_whatever_is_typed_is_read(typed: str, expand: bool) -> None:
    reading = read(typed, RECIPE if expand else EXACT)
    assert reading.typed == typed
    assert bool(reading.says) == (reading.tree != Everything())
    assert expand or not reading.expansions
    for node in nodes_of(reading.tree):
        assert not isinstance(node, Nothing)
        assert not isinstance(node, And | DisMax) or len(node.nodes) > 1
        assert not isinstance(node, Or) or 1 <= node.minimum <= len(node.nodes)
        assert not isinstance(node, Dates) or node.field in DATE_FIELDS
        assert not isinstance(node, Phrase) or (len(node.tokens) > 1 and node.slop >= 0)
    for leaf in positive_leaves(reading.tree):
        assert leaf.fields
        assert set(leaf.fields) <= set(TEXT_FIELDS)


@given(PIECES)
def test_reading_is_the_same_every_time(typed: str) -> None:
    assert read(typed) == read(typed)


DAYS = st.dates(min_value=date(1000, 1, 1))


@given(DAYS, DAYS)
def test_any_two_days_make_a_range(one: date, other: date) -> None:
    first, last = sorted((one, other))
    reading = read(f"decided:[{first} TO {last}]")
    assert reading.tree == Dates("decided", first, last)
    assert reading.notes == ()


def test_a_range_that_ends_before_it_begins_is_told() -> None:
    assert read("decided:[2015 TO 2014]").notes == ("2015 is later than 2014, so no day is left.",)


@pytest.mark.parametrize("typed", ["norco -denied", "norco NOT denied", "-denied norco", "norco -upheld"])
def test_an_outcome_can_be_excluded(typed: str) -> None:
    nodes = list(nodes_of(read(typed).tree))
    assert Not(Constant(Value("outcome", ("Upheld",)), RECIPE.outcome)) in nodes
    assert Not(Word("deni", DEFAULT_FIELDS)) in nodes_of(read("norco -denied", EXACT).tree)


@pytest.mark.parametrize(
    ("typed", "outcome", "told"),
    [
        ("outcome:approved", "Overturned", True),
        ("outcome:denied", "Upheld", True),
        ("outcome:overturned", "Overturned", False),
    ],
)
def test_words_for_an_outcome_behind_its_field(typed: str, outcome: str, told: bool) -> None:
    reading = read(typed)
    assert reading.says == f"outcome: {outcome if told else typed.removeprefix('outcome:')}"
    assert (f"was read as {outcome}" in "".join(reading.notes)) is told
    assert (reading.tree == Value("outcome", (outcome,))) is told


@pytest.mark.parametrize(
    ("typed", "says"),
    [
        ('"MRI" or CT', "“MRI” or CT"),
        ('"MRI" or "CT"', "“MRI” or “CT”"),
        ("request:MRI or request:CT", "request: MRI or request: CT"),
        ('"MRI" or back brace knee', "knee and (“MRI” or back brace)"),
        ('back brace or "LSO" or "TLSO"', "back brace or “LSO” or “TLSO”"),
        ('knee or -"MRI"', "knee and not “MRI”"),
    ],
)
def test_a_small_or_joins_phrases_and_fields_too(typed: str, says: str) -> None:
    assert sorted(read(typed).says.split()) == sorted(says.split())


def test_typed_operators_mean_what_they_say() -> None:
    assert read('clonus OR "foot drop"').looser is None
    assert read("clonus AND tremor").looser is None


def test_of_two_outcomes_the_last_counts() -> None:
    reading = read("denied then approved lumbar fusion")
    found = [node for node in nodes_of(reading.tree) if isinstance(node, Value) and node.facet == "outcome"]
    assert found == [Value("outcome", ("Overturned",))]
    assert "A decision has one outcome; the last that was named, approved, was taken." in reading.notes
    assert Value("outcome", ("Upheld",)) in nodes_of(read("approved or denied").tree)


def test_without_is_told_to_be_a_minus() -> None:
    assert "put a minus before it" in " ".join(read("hydrocodone without acetaminophen").notes)


@pytest.mark.parametrize("typed", ["knee -xqzzy", 'knee "xqzzy"', "knee rationale:xqzzy"])
def test_only_plain_words_can_be_misspelt(typed: str) -> None:
    assert "xqzzy" not in read(typed).unknown
    assert "xqzzy" in read("knee xqzzy").unknown


def test_word_processors_quotation_marks_are_quotation_marks() -> None:
    assert read("\u201cfunctional improvement\u201d").tree == read('"functional improvement"').tree


def test_what_is_excluded_is_not_expanded() -> None:
    assert read("-ultram").tree == read("-ultram", EXACT).tree
    assert read("tramadol -ultram").expansions[0].typed == "tramadol"


def test_a_brand_name_in_the_drug_field_is_read_as_its_ingredients() -> None:
    reading = read("drug:norco")
    assert reading.tree == read("drug:hydrocodone AND drug:acetaminophen").tree
    assert "norco was read as hydrocodone and acetaminophen" in reading.notes[0]
    assert read('drug:"norco"').notes == ()


def test_fields_inside_quotes_are_words() -> None:
    assert read('"date: 2016"').tree == read('"date 2016"').tree


def test_an_open_end_may_be_an_asterisk() -> None:
    assert read("decided:[* TO 2016]").tree == read("decided:[ TO 2016]").tree


def test_notes_are_told_once() -> None:
    assert len(read("decided:[" * 100).notes) <= 2
