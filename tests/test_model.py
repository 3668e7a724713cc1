from __future__ import annotations

import json
from dataclasses import FrozenInstanceError, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.model import (
    HEADER_DATES,
    OVERTURNED,
    PARTIALLY_OVERTURNED,
    PHARMACEUTICALS,
    UPHELD,
    Decision,
    Determination,
    Reviewer,
)
from tests.contract.letters import LETTERS

DECISION = Decision(request="TENS unit", disputed="TENS unit", outcome=UPHELD, rationale="No trial.")
LETTER = Determination(id="CM16-1", decisions=(DECISION,))


@pytest.mark.parametrize(
    ("outcomes", "expected"),
    [
        ([UPHELD], UPHELD),
        ([OVERTURNED], OVERTURNED),
        ([UPHELD, UPHELD], UPHELD),
        ([OVERTURNED, OVERTURNED], OVERTURNED),
        ([UPHELD, OVERTURNED], PARTIALLY_OVERTURNED),
        ([OVERTURNED, UPHELD, OVERTURNED], PARTIALLY_OVERTURNED),
    ],
)
def test_the_outcome_of_a_case(outcomes: list[str], expected: str) -> None:
    decisions = tuple(replace(DECISION, outcome=outcome) for outcome in outcomes)
    assert replace(LETTER, decisions=decisions).outcome == expected


@pytest.mark.parametrize(
    ("category", "subcategory", "expected"),
    [
        (PHARMACEUTICALS, "Opioids", "Opioids"),
        (PHARMACEUTICALS, None, None),
        ("Injection", "Injection", None),
        (None, "Opioids", None),
    ],
)
def test_the_class_of_a_drug(category: str | None, subcategory: str | None, expected: str | None) -> None:
    assert replace(DECISION, category=category, subcategory=subcategory).drug_class == expected


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: ascii(letter.id))
def test_json_and_back(letter: Determination) -> None:
    record = letter.to_json()
    assert Determination.from_json(json.loads(json.dumps(record))) == letter
    assert Determination.from_json(record).to_json() == record


def test_the_json_names_are_those_of_the_record() -> None:
    record = LETTER.to_json()
    assert {
        "id",
        "case_number",
        "priority",
        "licensure",
        "specialties",
        "age",
        "sex",
        "decisions",
        *HEADER_DATES,
    } <= set(record)
    assert "reviewer" not in record
    assert {
        "request",
        "disputed",
        "original_request",
        "authorized",
        "outcome",
        "drugs",
        "category",
        "subcategory",
        "claims_admin_guidelines_text",
        "reviewer_guidelines_text",
        "claims_admin_citations",
        "reviewer_citations",
        "same_guideline",
        "body_parts",
        "sides",
        "spinal_levels",
        "claims_admin_guidelines",
        "reviewer_guidelines",
        "rationale",
    } == set(record["decisions"][0])


def test_no_guidelines_and_no_paragraph_are_told_apart() -> None:
    for guidelines in (None, (), ("ODG",)):
        decision = replace(DECISION, reviewer_guidelines=guidelines)
        assert Decision.from_json(decision.to_json()).reviewer_guidelines == guidelines


def test_dates_are_iso_text() -> None:
    letter = replace(
        LETTER, decision_date=date(2016, 2, 29), reviewer=Reviewer(licensure=("Texas",), boards=("Urology",))
    )
    record = letter.to_json()
    assert (record["decision_date"], record["received_date"]) == ("2016-02-29", None)
    assert (record["licensure"], record["boards"], record["specialties"]) == (["Texas"], ["Urology"], [])


@pytest.mark.parametrize(
    ("change", "error"),
    [
        ({"colour": "red"}, TypeError),
        ({"decision_date": "29.2.2016"}, ValueError),
        ({"decision_date": "2015-02-29"}, ValueError),
        ({"decisions": [{"request": "x"}]}, TypeError),
        ({"decisions": [DECISION.to_json() | {"colour": "red"}]}, TypeError),
    ],
)
def test_what_is_no_record(change: dict[str, object], error: type[Exception]) -> None:
    with pytest.raises(error):
        Determination.from_json(LETTER.to_json() | change)


def test_reading_a_record_leaves_it_as_it_was() -> None:
    record = LETTER.to_json()
    before = json.dumps(record)
    Determination.from_json(record)
    assert json.dumps(record) == before


def test_values_are_frozen() -> None:
    for value in (LETTER, DECISION, LETTER.reviewer):
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            value.id = "other"  # type: ignore[union-attr, misc]
    assert len({LETTER, replace(LETTER)}) == 1


TEXTS = st.text()
NAMES = st.lists(TEXTS, max_size=3).map(tuple)
DECISIONS = st.builds(
    Decision,
    request=TEXTS,
    disputed=TEXTS,
    outcome=st.sampled_from([UPHELD, OVERTURNED]),
    rationale=TEXTS,
    authorized=st.none() | TEXTS,
    drugs=NAMES,
    category=st.none() | TEXTS,
    reviewer_guidelines=st.none() | NAMES,
)
DETERMINATIONS = st.builds(
    Determination,
    id=TEXTS,
    decisions=st.lists(DECISIONS, min_size=1, max_size=3).map(tuple),
    decision_date=st.none() | st.dates(),
    date_of_injury=st.none() | st.dates(),
    reviewer=st.builds(Reviewer, licensure=NAMES, specialties=NAMES, boards=NAMES),
    age=st.none() | st.integers(0, 120),
    summary=TEXTS,
)


@given(DETERMINATIONS)
def test_any_determination_survives_json(letter: Determination) -> None:
    assert Determination.from_json(json.loads(json.dumps(letter.to_json()))) == letter
