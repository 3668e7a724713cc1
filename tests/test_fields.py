from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from search_app.fields import (
    DATE_FIELDS,
    DEFAULT_FIELDS,
    FACETS,
    FIELDS,
    NOT_STATED,
    REMAINDER,
    TEXT_FIELDS,
    WHOLE_REQUEST,
    Field,
    Kind,
    _checked,
    facet_values,
    texts,
)
from search_app.model import PHARMACEUTICALS, Citation, Decision, Determination, Reviewer

DECISION = Decision(
    request="Norco 10/325mg",
    disputed="Norco",
    outcome="Upheld",
    rationale="Why not.",
    drugs=("hydrocodone", "acetaminophen"),
    category=PHARMACEUTICALS,
    subcategory="Opioids",
    reviewer_guidelines=("ODG", "Other"),
    reviewer_guidelines_text="ODG, pain.",
    claims_admin_guidelines=("ACOEM",),
    reviewer_citations=(
        Citation(label="MTUS: Opioid Treatment", text="", sections=("Weaning", "Dose")),
        Citation(label="ODG", text="", chapter="Pain"),
        Citation(label="ACOEM", text="", chapter="12"),
    ),
    same_guideline=False,
    body_parts=("knee", "ankle"),
)
LETTER = Determination(
    id="CM16-1",
    decisions=(DECISION,),
    decision_date=date(2016, 5, 3),
    reviewer=Reviewer(licensure=("Texas", "Ohio"), specialties=("printed",), boards=("Urology",)),
    summary="A fall.",
)
BARE_DECISION = Decision(request="", disputed="", outcome="Upheld", rationale="")
BARE = Determination(id="x", decisions=(BARE_DECISION,))

FACET_VALUES = {
    "outcome": ("Upheld",),
    "drug": ("hydrocodone", "acetaminophen"),
    "drug_class": ("Opioids",),
    "category": ("Pharmaceuticals",),
    "subcategory": ("Pharmaceuticals > Opioids",),
    "guideline": ("ODG", "Other"),
    "body_part": ("knee", "ankle"),
    "section": ("MTUS: Opioid Treatment > Weaning", "MTUS: Opioid Treatment > Dose", "ODG > Pain"),
    "agreement": ("different guidelines",),
    "portion": (WHOLE_REQUEST,),
    "specialty": ("Urology",),
    "claims_guideline": ("ACOEM",),
    "year": ("2016",),
    "month": ("2016-05",),
    "licensure": ("Texas", "Ohio"),
}
SEARCHED = {
    "body_part": ("knee", "ankle"),
    "outcome": ("Upheld",),
    "drug": ("hydrocodone", "acetaminophen"),
    "category": ("Pharmaceuticals", "Opioids"),
    "guideline": ("ODG", "Other", "ODG, pain."),
    "specialty": ("Urology",),
    "request": ("Norco 10/325mg",),
    "rationale": ("Why not.",),
    "summary": ("A fall.",),
    "case": ("CM16-1",),
}


@pytest.mark.parametrize("name", FACETS)
def test_facet_values(name: str) -> None:
    assert facet_values(name, LETTER, DECISION) == FACET_VALUES[name]


@pytest.mark.parametrize("name", FACETS)
def test_a_facet_without_a_value_says_so(name: str) -> None:
    expected = {"outcome": ("Upheld",), "portion": (WHOLE_REQUEST,)}.get(name, (NOT_STATED,))
    assert facet_values(name, BARE, BARE_DECISION) == expected


@pytest.mark.parametrize("change", [{"authorized": "Six visits"}, {"original_request": "Twelve visits"}])
def test_what_is_left_of_a_partly_authorized_request(change: dict[str, str]) -> None:
    assert facet_values("portion", LETTER, replace(DECISION, **change)) == (REMAINDER,)  # type: ignore[arg-type]


@pytest.mark.parametrize("name", TEXT_FIELDS)
def test_texts(name: str) -> None:
    assert texts(name, LETTER, DECISION) == SEARCHED[name]


def test_a_value_counts_once() -> None:
    twice = replace(DECISION, drugs=("aspirin", "aspirin"), reviewer_guidelines=("ODG", "Other", "ODG"))
    assert facet_values("drug", LETTER, twice) == ("aspirin",)
    assert facet_values("guideline", LETTER, twice) == ("ODG", "Other")


def test_a_class_is_that_of_a_drug_only() -> None:
    other = replace(DECISION, category="Injection", subcategory="Injection")
    assert facet_values("drug_class", LETTER, other) == (NOT_STATED,)
    assert facet_values("subcategory", LETTER, other) == ("Injection > Injection",)


@pytest.mark.parametrize("change", [{"subcategory": None}, {"category": None}])
def test_a_subcategory_needs_both(change: dict[str, None]) -> None:
    assert facet_values("subcategory", LETTER, replace(DECISION, **change)) == (NOT_STATED,)  # type: ignore[arg-type]


def test_guidelines_without_a_paragraph() -> None:
    for guidelines in (None, ()):
        decision = replace(DECISION, reviewer_guidelines=guidelines, reviewer_guidelines_text=None)
        assert texts("guideline", LETTER, decision) == ()
        assert facet_values("guideline", LETTER, decision) == (NOT_STATED,)


@pytest.mark.parametrize("name", sorted(set(FIELDS) - set(FACETS)))
def test_what_is_no_facet(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} is no facet"):
        facet_values(name, LETTER, DECISION)


@pytest.mark.parametrize("name", sorted(set(FIELDS) - set(TEXT_FIELDS)))
def test_what_holds_no_text(name: str) -> None:
    with pytest.raises(ValueError, match=f"{name} holds no text"):
        texts(name, LETTER, DECISION)


def test_the_lists_follow_the_table() -> None:
    assert list(FIELDS) == list(dict.fromkeys([*FACETS, *TEXT_FIELDS, *DATE_FIELDS]))
    assert set(DEFAULT_FIELDS) <= set(TEXT_FIELDS)
    assert DATE_FIELDS == ("decided",)
    assert {name for name, field in FIELDS.items() if field.kind is Kind.DATE} == set(DATE_FIELDS)


def test_the_ingredient_and_what_is_disputed_weigh_most_and_the_summary_least() -> None:
    weights = {name: FIELDS[name].weight or 0.0 for name in DEFAULT_FIELDS}
    assert sorted(weights, key=lambda name: weights[name])[-2:] == ["request", "drug"]
    assert weights["summary"] == min(weights.values()) > 0


GOOD = Field(name="good", label="Good", help="Help.", text=lambda letter, decision: (), weight=1.0)


@pytest.mark.parametrize("bad", [{"name": "two words"}, {"help": ""}, {"text": None}])
def test_a_bad_row_is_refused(bad: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="lacks an identifier"):
        _checked((replace(GOOD, **bad),))  # type: ignore[arg-type]


def test_two_rows_of_one_name_are_refused() -> None:
    assert list(_checked((GOOD,))) == ["good"]
    with pytest.raises(ValueError, match="same name"):
        _checked((GOOD, replace(GOOD, label="Other")))
