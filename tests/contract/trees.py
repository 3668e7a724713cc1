"""Hypothesis strategies for trees and filters over a small vocabulary of the contract's letters."""

from __future__ import annotations

from datetime import date

from hypothesis import strategies as st

from search_app.fields import CONCEPT_FIELDS, FACETS, NOT_STATED, TEXT_FIELDS
from search_app.query.analysis import stem
from search_app.query.request import Filter
from search_app.query.tree import (
    And,
    AndMaybe,
    Concept,
    Constant,
    Dates,
    DisMax,
    Everything,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Twins,
    Value,
    Word,
)
from search_app.query.twins import twin_keys
from tests.contract.letters import LETTERS

_WORDS = """knee shoulder mri the functional improvement tramadol one two three visit right pain management
MTUS ODG surgery overturned upheld nosuchword"""
_TOKENS = st.sampled_from([stem(word) for word in _WORDS.split()])
_FIELDS = st.lists(st.sampled_from(TEXT_FIELDS), min_size=1, max_size=4, unique=True).map(tuple)
_CONCEPTS = ["knee", "MRI", "imaging", "opioid", "tramadol", "functional improvement", "shoulder", "surgery"]
_CONCEPT_FIELDS = st.lists(st.sampled_from(CONCEPT_FIELDS), min_size=1, max_size=4, unique=True).map(tuple)
_VALUES = [
    Value("outcome", ("Overturned",)),
    Value("drug_class", ("Opioids", "NSAID")),
    Value("body_part", ("knee",)),
    Value("portion", ("what was not authorized",)),
    Value("category", ("no such value",)),
]
_TWINS = [
    Twins(twin_keys(letter.decisions[0].rationale)) for letter in LETTERS[:4] if letter.decisions[0].rationale
]
_DAYS = st.none() | st.sampled_from(
    [date(2013, 12, 1), date(2015, 6, 1), date(2016, 3, 14), date(2016, 12, 31)]
)


def _prefix(typed: str, fields: tuple[str, ...]) -> Prefix:
    return Prefix(typed, stem(typed), fields)


def leaves() -> st.SearchStrategy[Leaf]:
    return st.one_of(
        st.builds(Word, _TOKENS, _FIELDS),
        st.builds(Phrase, st.lists(_TOKENS, min_size=2, max_size=4).map(tuple), _FIELDS, st.integers(0, 6)),
        st.builds(_prefix, st.sampled_from(["t", "im", "func", "knees", "10", "over"]), _FIELDS),
        st.builds(Fuzzy, _TOKENS, st.integers(0, 2), _FIELDS),
        st.builds(Concept, st.sampled_from(_CONCEPTS), _CONCEPT_FIELDS),
    )


def _branches(children: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    some = st.lists(children, min_size=1, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, some),
        st.builds(Or, some, st.integers(1, 3)),
        st.builds(DisMax, some),
        st.builds(Not, children),
        st.builds(Constant, children, st.sampled_from([0.0, 2.5])),
        st.builds(AndMaybe, children, children),
    )


def trees() -> st.SearchStrategy[Node]:
    atoms: st.SearchStrategy[Node] = st.one_of(
        leaves(),
        st.builds(Dates, st.just("decided"), _DAYS, _DAYS),
        st.sampled_from([Everything(), Nothing(), *_VALUES, *_TWINS]),
    )
    return st.recursive(atoms, _branches, max_leaves=8)


def filters(values: dict[str, list[str]]) -> st.SearchStrategy[tuple[Filter, ...]]:
    """Up to three facets with some of their values; `values` are those that occur."""

    def chosen(field: str) -> st.SearchStrategy[Filter]:
        value = st.sampled_from([*values[field], NOT_STATED, "no such value"])
        return st.lists(value, min_size=1, max_size=3, unique=True).map(
            lambda ticked: Filter(field, tuple(ticked))
        )

    fields = st.lists(st.sampled_from(FACETS), max_size=3, unique=True)
    return fields.flatmap(lambda names: st.tuples(*map(chosen, names)))
