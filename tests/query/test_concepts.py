from __future__ import annotations

import pytest

from search_app.query.analysis import tokens
from search_app.query.concepts import build, concepts, identifier, identifiers
from search_app.vocabulary.drug_table import drug_table
from search_app.vocabulary.everyday import Group, everyday_groups


def found(text: str) -> set[str]:
    return set(identifiers(text).split())


@pytest.mark.parametrize(
    ("text", "stands", "lacks"),
    [
        ("Low-back braces are requested.", {"back_brace", "low_back"}, {"knee_brace"}),
        ("EMG of both legs", {"EMG", "electrodiagnostic_study"}, {"NCV"}),
        ("given Norco 10/325mg", {"hydrocodone", "acetaminophen", "opioid"}, {"oxycodone"}),
        ("The patient pt was seen", set(), {"physical_therapy"}),
        ("he attended ten visits", set(), {"TENS"}),
        ("", set(), {"back_brace"}),
    ],
)
def test_what_stands_in_a_text(text: str, stands: set[str], lacks: set[str]) -> None:
    assert stands <= found(text)
    assert lacks.isdisjoint(found(text))


def test_every_wording_of_every_group_is_found_in_a_text_of_it() -> None:
    for group in everyday_groups().values():
        for wording in (*group.same, *group.read):
            assert identifier(group.name) in found(f"so {wording} was"), (group.name, wording)


def test_every_wording_that_can_be_typed_is_understood() -> None:
    for group in everyday_groups().values():
        for wording in (*group.same, *group.typed):
            assert (group.name,) in concepts().meanings(wording), (group.name, wording)


def test_a_concept_counts_as_often_as_it_stands_there() -> None:
    assert identifiers("knee brace, a knee brace and no brace").split().count("knee_brace") == 2


def test_wider_concepts_stand_where_narrower_ones_do_and_not_the_other_way() -> None:
    wider, narrower = set(concepts().wordings("opioid")), set(concepts().wordings("tramadol"))
    assert narrower < wider
    assert ("tramadol",) in narrower
    assert "tramadol" not in found("an opioid")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("TENS", True),
        ("tens", True),
        ("ten", False),
        ("MRIs", True),
        ("medications", True),
        ("medical", False),
        ("spinal manipulations", True),
        ("walrus", False),
    ],
)
def test_single_words_are_meant_as_they_are_written(typed: str, meant: bool) -> None:
    assert bool(concepts().meanings(typed)) == meant


def test_a_group_must_not_take_a_drugs_name() -> None:
    with pytest.raises(ValueError, match="'tramadol' is a drug"):
        build([Group(name="tramadol", kind="drug", same=("tramadol",))], drug_table())


def test_a_wording_needs_a_word() -> None:
    with pytest.raises(ValueError, match="has no word in it"):
        build([Group(name="nothing", kind="reason", same=("...",))], drug_table())


def test_an_unknown_concept_has_no_wordings() -> None:
    with pytest.raises(KeyError):
        concepts().wordings("walrus")


def test_identifiers_are_single_words() -> None:
    for name in concepts().groups:
        assert len(identifier(name).split()) == 1
    assert len({identifier(name) for name in concepts().groups}) == len(concepts().groups)


def test_the_longest_wording_is_looked_up() -> None:
    typed = [wording for group in everyday_groups().values() for wording in (*group.same, *group.typed)]
    assert concepts().longest >= max(len(tokens(wording)) for wording in typed)
