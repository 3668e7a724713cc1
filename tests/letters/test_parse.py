"""Whole letters, whole determinations."""

from datetime import date

import pytest

from search_app.errors import NotADetermination
from search_app.letters import parse_text
from search_app.letters.readers.plain import plain_text
from search_app.model import Determination
from tests.samples import SUMMARY, Item, letter


def test_reads_a_whole_letter() -> None:
    found = parse_text(letter([Item(), Item("Norco 10/325mg #60", "Overturned")]), "folder/a.txt")
    assert (found.id, found.case_number, found.source) == ("CM16-0000001", "CM16-0000001", "folder/a.txt")
    assert (found.age, found.sex, found.summary) == (52, "female", SUMMARY)
    assert found.reviewer.specialties == ("Family Practice", "Sports Medicine")
    assert found.outcome == "Partially Overturned"
    scan, drug = found.decisions
    assert (scan.category, scan.subcategory, scan.drugs) == ("Diagnostic Testing", "Imaging/Radiology", ())
    assert drug.drugs == ("hydrocodone", "acetaminophen")
    assert drug.drug_class == "Opioids"
    assert scan.reviewer_guidelines == ("MTUS: Knee Complaints",)


def test_a_letter_without_a_header_is_known_by_its_file() -> None:
    text = letter(header=False, summary="A 30 year old man was injured on 3/4/2012 when he fell.")
    found = parse_text(text, "old/letter 7.txt")
    assert (found.id, found.case_number, found.date_of_injury) == ("letter 7", None, date(2012, 3, 4))


@pytest.mark.parametrize("case", [str.upper, str.lower, str.title])
def test_headings_in_any_case(case: object) -> None:
    text = letter()
    for heading in ("CLINICAL CASE SUMMARY", "IMR ISSUES, DECISIONS AND RATIONALES"):
        text = text.replace(heading, case(heading))  # type: ignore[operator]
    assert parse_text(text, "a.txt").decisions[0].request == "MRI of the right knee"


@pytest.mark.parametrize(
    "change",
    [
        lambda text: text.replace("\n", "\r\n"),
        lambda text: text.replace("\n", " \n\n"),
        lambda text: text.replace("CLINICAL CASE SUMMARY", "   CLINICAL\nCASE   SUMMARY   "),
        lambda text: text.replace("Decision rationale", "\fDecision rationale"),
        lambda text: text.replace("a ladder", "a \f\nladder"),
        lambda text: "Made up.\n" + text,
    ],
)
def test_the_layout_changes_nothing(change: object) -> None:
    changed = change(letter())  # type: ignore[operator]
    assert parse_text(plain_text(changed.encode()), "a.txt") == parse_text(letter(), "a.txt")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Dear sir, please find our invoice.",
            "Unknown format: .* It begins: “Dear sir",
        ),
        ("IMR ISSUES, DECISIONS AND RATIONALES\nnone", "No decision was found"),
        (letter() + letter(number="CM16-0000002"), "several determinations"),
        (letter([Item(rationale=""), Item()]), "can't be told"),
    ],
)
def test_what_is_no_determination_says_why(text: str, message: str) -> None:
    with pytest.raises(NotADetermination, match=message):
        parse_text(text, "a.txt")


def test_json_round_trips() -> None:
    found = parse_text(letter([Item(claims_admin=None)]), "a.txt")
    assert Determination.from_json(found.to_json()) == found


def test_what_is_doubtful_is_said() -> None:
    text = letter([Item(heading="The brace is not needed beside a\nwalker")])
    (warning,) = parse_text(text, "a.txt").warnings
    assert "heading of item 1" in warning
    assert parse_text(letter(), "a.txt").warnings == ()


def test_fictional_letters_are_marked() -> None:
    assert parse_text(
        "Fictional letter written for imr-search; no real person.\n" + letter(), "a.txt"
    ).fictional
    assert not parse_text(letter(), "a.txt").fictional
