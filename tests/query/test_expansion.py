from __future__ import annotations

import pytest

from search_app.fields import DEFAULT_FIELDS
from search_app.query.analysis import stem, tokens
from search_app.query.expansion import LONGEST_NAME, expand
from search_app.query.reading import read
from search_app.query.tree import And, DisMax, Node, Phrase, Word, positive_leaves
from search_app.vocabulary import drugs


def searched(tree: Node) -> set[tuple[str, ...]]:
    return {leaf.tokens if isinstance(leaf, Phrase) else (leaf.token,) for leaf in positive_leaves(tree)}  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("typed", "other"),
    [
        ("xanax", "alprazolam"),
        ("alprazolam", "xanax"),
        ("XANAX", "alprazolam"),
        ("Alprazolam", "xanax"),
        ("Ultram", "tramadol"),
        ("tramadol", "ultram"),
    ],
)
def test_a_brand_and_its_ingredient_find_each_other(typed: str, other: str) -> None:
    reading = read(typed)
    assert isinstance(reading.tree, DisMax)
    assert reading.tree.nodes[0] == Word(stem(typed), DEFAULT_FIELDS)
    assert (stem(other),) in searched(reading.tree)
    (expansion,) = reading.expansions
    assert expansion.typed == typed
    assert other in [name.lower() for name in expansion.added]


def test_a_brand_of_several_ingredients_asks_for_all_of_them() -> None:
    reading = read("norco")
    ingredients = And((Word("hydrocodon", DEFAULT_FIELDS), Word("acetaminophen", DEFAULT_FIELDS)))
    assert reading.tree == DisMax((Word("norco", DEFAULT_FIELDS), ingredients))
    assert reading.expansions[0].added == ("hydrocodone and acetaminophen",)


def test_a_name_of_several_words_is_one_thing() -> None:
    reading = read("oxy contin refill")
    assert isinstance(reading.tree, And)
    name, word = reading.tree.nodes
    assert name == DisMax((Phrase(("oxi", "contin"), DEFAULT_FIELDS), Word("oxycodon", DEFAULT_FIELDS)))
    assert word == Word("refil", DEFAULT_FIELDS)


def test_every_name_in_a_query_is_told() -> None:
    assert [one.typed for one in read("xanax OR (norco soma)").expansions] == ["xanax", "norco", "soma"]
    assert [one.typed for one in read("xanax xanax").expansions] == ["xanax"]


@pytest.mark.parametrize(
    "typed",
    [
        '"xanax"',
        '"xanax taper"',
        "drug:xanax",
        "request:xanax",
        'request:"xanax"',
        "drug:(xanax norco)",
        "xanax*",
        "xanax~",
        "drug:xana*",
    ],
)
def test_quoted_and_field_exact_names_stay_as_they_are(typed: str) -> None:
    reading = read(typed)
    assert reading.expansions == ()
    assert reading == read(typed, expand_names=False)


@pytest.mark.parametrize(
    "typed", ["xanax", "tramadol knee", "oxy contin refill", "+norco taper", "NOT xanax"]
)
def test_without_other_names(typed: str) -> None:
    reading = read(typed, expand_names=False)
    assert reading.expansions == ()
    assert searched(reading.tree) <= {(token,) for token in tokens(typed)}
    assert searched(read(typed).tree) >= searched(reading.tree) - {("oxi",), ("contin",)}


@pytest.mark.parametrize("typed", ["knee", "", " ", "xanax 2mg", "nosuchdrug", "mg"])
def test_what_is_no_name(typed: str) -> None:
    assert expand(typed) is None


@pytest.mark.parametrize("typed", ["xanax", "norco", "tramadol", "ibuprofen", "percocet"])
def test_the_typed_name_comes_first_and_nothing_twice(typed: str) -> None:
    found = expand(typed)
    assert found is not None
    node, expansion = found
    assert isinstance(node, DisMax)
    assert node.nodes[0] == Word(stem(typed), DEFAULT_FIELDS)
    assert len(set(node.nodes)) == len(node.nodes) > 1
    assert expansion.added


def test_every_ingredient_is_searched_under_its_other_names_and_under_none_twice() -> None:
    for generic in drugs.all_generics():
        itself = set(tokens(generic))
        names = {tuple(tokens(name)) for name in drugs.names_of(generic)}
        others = {name for name in names if not itself <= set(name)}  # the generic finds the rest
        found = expand(generic)
        assert (found is not None) == bool(others), generic
        if found is not None and isinstance(found[0], DisMax):
            assert searched(found[0]) == others | {tuple(tokens(generic))}
            assert len(set(found[0].nodes)) == len(found[0].nodes)


@pytest.mark.parametrize(
    "name", ["Medrol Dose Pack", "Tylenol with codeine", "milk of magnesia", "Botulinum toxin type A"]
)
def test_a_name_is_found_among_other_words_with_its_common_words(name: str) -> None:
    reading = read(f"knee {name} of the")
    assert [expansion.typed for expansion in reading.expansions] == [name]
    assert reading.notes == ("Common words were left out: of, the.",)
    assert tuple(tokens(name)) in searched(reading.tree)


def test_no_name_is_longer_than_what_is_looked_up() -> None:
    lengths = [
        len(name.split()) for generic in drugs.all_generics() for name in (generic, *drugs.names_of(generic))
    ]
    assert max(lengths) == LONGEST_NAME
