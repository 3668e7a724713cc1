from __future__ import annotations

import pytest

from search_app.fields import CONCEPT_FIELDS, DEFAULT_FIELDS
from search_app.query.analysis import tokens
from search_app.query.concepts import concepts
from search_app.query.meaning import meaning
from search_app.query.reading import Reading, read
from search_app.query.recipe import EXACT, RECIPE, Recipe
from search_app.query.tree import (
    And,
    AndMaybe,
    Concept,
    Constant,
    DisMax,
    Node,
    Or,
    Phrase,
    Value,
    Word,
    positive_leaves,
)
from search_app.vocabulary import drugs
from tests.query.trees import nodes_of


def meant(reading: Reading) -> set[str]:
    return {leaf.name for leaf in positive_leaves(reading.tree) if isinstance(leaf, Concept)}


def values(node: Node) -> set[Value]:
    return {one for one in nodes_of(node) if isinstance(one, Value)}


@pytest.mark.parametrize(
    ("typed", "concept", "added"),
    [
        ("xanax", "alprazolam", "alprazolam"),
        ("alprazolam", "alprazolam", "Xanax"),
        ("XANAX", "alprazolam", "alprazolam"),
        ("oxy contin", "oxycodone", "oxycodone"),
        ("back brace", "back brace", "lumbar support"),
        ("LSO", "back brace", "lumbar support"),
        ("nerve test", "electrodiagnostic study", "EMG"),
        ("sleeping pills", "sedative-hypnotic", "sedative-hypnotic"),
        ("PT", "physical therapy", "physical therapy"),
        ("chiro", "chiropractic", "chiropractic"),
        ("UDS", "urine drug screen", "urine drug screen"),
        ("FCE", "functional capacity evaluation", "functional capacity evaluation"),
        ("ADLs", "ADL", "activities of daily living"),
        ("low back", "low back", "lumbar spine"),
    ],
)
def test_other_wordings_are_searched_and_told(typed: str, concept: str, added: str) -> None:
    reading = read(typed)
    assert concept in meant(reading)
    (expansion,) = reading.expansions
    assert expansion.typed == typed
    assert added in expansion.added


def test_a_brand_of_several_ingredients_asks_for_all_of_them() -> None:
    found = meaning("norco", RECIPE)
    assert found is not None
    assert isinstance(found.node, And)
    assert [next(positive_leaves(node)).name for node in found.node.nodes] == ["hydrocodone", "acetaminophen"]  # type: ignore[union-attr]
    assert found.expansion.added == ("hydrocodone and acetaminophen",)


def test_an_ambiguous_abbreviation_means_each_of_its_things() -> None:
    found = meaning("RFA", RECIPE)
    assert found is not None
    assert isinstance(found.node, DisMax)
    assert {"radiofrequency ablation", "request for authorization"} <= meant(read("RFA"))


def test_a_decision_about_a_thing_is_found_by_its_request_or_its_values() -> None:
    found = meaning("opioids", RECIPE)
    assert found is not None
    assert isinstance(found.node, Or)
    about, said = found.node.nodes
    assert isinstance(about, Constant)
    assert about.score == RECIPE.subject
    assert about.node == Or((Concept("opioid", ("request",)), Value("drug_class", ("Opioids",))))
    assert said == Concept("opioid", tuple(name for name in CONCEPT_FIELDS if name != "request"))
    assert "tramadol" in found.expansion.added


@pytest.mark.parametrize(
    ("typed", "outcome"),
    [
        ("approved", "Overturned"),
        ("Denied", "Upheld"),
        ("overturned", "Overturned"),
        ("upheld", "Upheld"),
        ("not approved", "Upheld"),
        ("granted", "Overturned"),
        ("not granted", "Upheld"),
        ("not been approved", "Upheld"),
        ("not yet approved", "Upheld"),
        ("never approved", "Upheld"),
        ("wasn't approved", "Upheld"),
        ("not been denied", "Overturned"),
        ("not have been denied", "Overturned"),
    ],
)
def test_outcomes_are_meant_not_words(typed: str, outcome: str) -> None:
    reading = read(f"knee MRI {typed}")
    assert Value("outcome", (outcome,)) in values(reading.tree)
    assert f"outcome {outcome}" in [name for one in reading.expansions for name in one.added]
    assert read(typed).tree == Constant(Value("outcome", (outcome,)), RECIPE.outcome)


@pytest.mark.parametrize(
    "typed",
    [
        '"xanax"',
        '"xanax taper"',
        '"back brace"',
        '"approved"',
        "drug:xanax",
        "request:xanax",
        "request:chiro",
        "rationale:approved",
        'request:"xanax"',
        "drug:(xanax norco)",
        "xanax*",
        "xanax~",
        "drug:xana*",
        "-chiro",
    ],
)
def test_quoted_and_field_exact_words_stay_as_they_are(typed: str) -> None:
    reading = read(typed)
    assert reading.expansions == ()
    assert reading.tree == read(typed, EXACT).tree
    assert meant(reading) == set()


@pytest.mark.parametrize(
    "typed", ["xanax", "tramadol knee", "oxy contin refill", "+norco taper", "back brace denied", "PT or OT"]
)
def test_exactly_what_was_typed(typed: str) -> None:
    reading = read(typed, EXACT)
    assert reading.expansions == ()
    assert reading.looser is None
    assert not any(isinstance(one, Concept | Value) for one in nodes_of(reading.tree))


@pytest.mark.parametrize("typed", ["", " ", "xanax 2mg", "nosuchdrug", "mg", "ten"])
def test_what_means_nothing(typed: str) -> None:
    assert meaning(typed, RECIPE) is None


@pytest.mark.parametrize(
    ("off", "typed"), [("drugs", "xanax"), ("everyday", "back brace"), ("outcomes", "approved")]
)
def test_each_kind_of_meaning_has_its_switch(off: str, typed: str) -> None:
    assert meaning(typed, RECIPE) is not None
    assert meaning(typed, Recipe(**{off: False})) is None


def test_every_drug_is_found_under_every_name() -> None:
    for generic in drugs.all_generics():
        for name in (generic, *drugs.names_of(generic)):
            ways = concepts().meanings(name)
            assert any(generic in way for way in ways), name


def test_what_was_typed_is_searched_too_where_letters_are_not_searched_for_it() -> None:
    """PT may be the patient in a letter, so that only what was typed finds it."""
    (node,) = (one for one in nodes_of(read("PT").tree) if isinstance(one, DisMax))
    assert node.nodes[0] == Word("pt", DEFAULT_FIELDS, RECIPE.words)
    assert not any(isinstance(one, DisMax) for one in nodes_of(read("physical therapy").tree))


@pytest.mark.parametrize(
    "name", ["Medrol Dose Pack", "Tylenol with codeine", "milk of magnesia", "Botulinum toxin type A"]
)
def test_a_name_is_found_among_other_words_with_its_common_words(name: str) -> None:
    reading = read(f"{name} of the walrus")
    assert [expansion.typed for expansion in reading.expansions] == [name]
    assert reading.notes == ("Common words were left out: of, the.",)


def test_words_as_typed_weigh_less_beside_what_they_mean() -> None:
    tree = read("back brace walrus").tree
    assert isinstance(tree, AndMaybe)
    assert tree.optional == Or(tuple(Word(one, DEFAULT_FIELDS, RECIPE.words) for one in ("back", "brace")))


def test_a_wider_circumstance_is_found_where_little_is() -> None:
    reading = read("quantity not specified walrus")
    wider = {leaf.name for leaf in positive_leaves(reading.looser) if isinstance(leaf, Concept)}  # type: ignore[arg-type]
    assert "not specified" in wider - meant(reading)


def test_wordings_that_find_themselves_are_not_told() -> None:
    for typed in ("tramadol", "knee", "physical therapy", "opioids"):
        (expansion,) = read(typed).expansions
        itself = set(tokens(typed))
        assert not any(itself <= set(tokens(name)) for name in expansion.added)


def test_phrases_of_a_concept_are_no_phrases_of_the_query() -> None:
    assert not any(isinstance(leaf, Phrase) for leaf in positive_leaves(read("back brace").tree))


@pytest.mark.parametrize("typed", ["patient denies numbness", "maximum visits allowed", "win", "grant"])
def test_words_that_only_look_like_an_outcome(typed: str) -> None:
    assert not [value for value in values(read(typed).tree) if value.facet == "outcome"]


def test_an_outcome_is_told_before_other_wordings() -> None:
    (expansion,) = read("denial").expansions
    assert expansion.says.startswith("outcome Upheld")
