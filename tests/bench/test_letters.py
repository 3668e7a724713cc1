"""What a letter says and what its record says must agree, for any seed."""

import re
from collections import Counter
from itertools import islice

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bench.corpus_writer import FictionalLetter, letters
from bench.corpus_writer.prosedata import form

SEEDS = st.integers(min_value=0, max_value=2**40)
NUMBERS = st.integers(min_value=0, max_value=3_000_000)
DATE_FIELDS = {
    "date_assigned": "Date Assigned",
    "date_of_injury": "Date of Injury",
    "decision_date": "Decision Date",
    "ur_denial_date": "UR Denial Date",
}


def one(seed: int, number: int) -> FictionalLetter:
    return next(iter(letters(1, seed, start=number)))


def flat(text: str) -> str:
    return " ".join(text.split())


def printed(iso: str) -> str:
    year, month, day = iso.split("-")
    return f"{month}/{day}/{year}"


@settings(max_examples=60)
@given(SEEDS, NUMBERS)
def test_text_and_record_agree(seed: int, number: int) -> None:
    letter = one(seed, number)
    text, truth = flat(letter.text), letter.truth
    assume(truth["layout"] == "C")
    assert letter.text.startswith(form()["notice"])
    decisions = truth["decisions"]
    assert 1 <= len(decisions) <= 12
    assert len(re.findall(r": (?:Upheld|Overturned) Claims Administrator guideline:", text)) == len(decisions)
    place = text.index(form()["headings"]["issues"])
    for decision in decisions:
        verb = " is" if decision["original_request"] else ""
        for part in (
            f"{decision['request']}{verb}: {decision['outcome']}",
            f"Claims Administrator guideline: {decision['claims_admin_guidelines_text']}",
            f"MAXIMUS guideline: {decision['reviewer_guidelines_text']}",
            f"Decision rationale: {decision['rationale']}",
        ):
            place = text.index(part, place)
    assert ", ".join(truth["licensure"]) in text
    assert ", ".join(truth["specialties"]) in text
    assert re.search(rf"\b{truth['age']}[ -]year[ -]old\b|\b{truth['age']} yr\. old\b", text)


@settings(max_examples=60)
@given(SEEDS, NUMBERS)
def test_header_and_record_agree(seed: int, number: int) -> None:
    letter = one(seed, number)
    text, truth = flat(letter.text), letter.truth
    assert truth["id"] == letter.case_id
    assume(truth["layout"] == "C")
    if truth["case_number"] is None:
        assert "Case Number:" not in text
        assert truth["decision_date"] is None
        return
    assert f"Case Number: {letter.case_id} " in text
    for field, label in DATE_FIELDS.items():
        assert f"{label}: {printed(truth[field])}" in text
    received = printed(truth["received_date"])
    assert re.search(rf"Priority: {truth['priority']}(?: Application)? Received: {received}", text)


@settings(max_examples=60)
@given(SEEDS, NUMBERS)
def test_prose_has_no_loose_ends(seed: int, number: int) -> None:
    text = flat(one(seed, number).text)
    assert not re.search(r"[\[\]{}|]", text)
    assert not re.search(r"\b(the|a|an|of|is|for|to|was|left|right|spine|knee) \1\b", text)
    assert not re.search(r"\b[Aa] (?:8|11|18|80|MRI|EMG|x-ray)\b", text)
    assert not re.search(r"(?:left|right|bilateral) (?:lumbar|cervical|thoracic) spine", text)
    assert " ," not in text
    assert ".." not in text


@settings(max_examples=40)
@given(SEEDS, NUMBERS)
def test_an_item_of_which_a_part_was_authorized_names_all_three(seed: int, number: int) -> None:
    for decision in one(seed, number).truth["decisions"]:
        if decision["original_request"] is None:
            assert decision["authorized"] is None
            assert decision["disputed"] in decision["request"]
        else:
            assert decision["request"].startswith(f"{decision['original_request']} was the original request.")
            assert decision["authorized"] in decision["request"]
            assert decision["request"].endswith(decision["disputed"])


def test_a_letter_depends_on_seed_and_number_alone() -> None:
    assert list(letters(5, 9))[4] == one(9, 4) == next(islice(letters(3, 9, start=3), 1, None))
    assert one(9, 4).text != one(10, 4).text


@pytest.mark.parametrize(("count", "seed", "start"), [(-1, 1, 0), (1, -1, 0), (1, 1, -1)])
def test_numbers_below_zero_are_refused(count: int, seed: int, start: int) -> None:
    with pytest.raises(ValueError, match="0 or more"):
        list(letters(count, seed, start=start))


def test_the_mix_is_that_of_the_programme() -> None:
    records = [letter.truth for letter in letters(1500, 5)]
    decisions = [decision for record in records for decision in record["decisions"]]
    share = Counter(decision["category"] for decision in decisions)
    assert len(share) == 11
    assert 0.33 < share["Pharmaceuticals"] / len(decisions) < 0.42
    assert 0.16 < share["Rehabilitation"] / len(decisions) < 0.25
    assert 0.11 < share["Diagnostic Testing"] / len(decisions) < 0.19
    overturned = sum(decision["outcome"] == "Overturned" for decision in decisions)
    assert 0.08 < overturned / len(decisions) < 0.14
    assert 0.52 < sum(len(record["decisions"]) == 1 for record in records) / len(records) < 0.62
    assert {record["case_number"] is None for record in records} == {True, False}


def test_dependent_items_come_only_with_a_surgery() -> None:
    for letter in letters(800, 6):
        decisions = letter.truth["decisions"]
        if any(decision["request"].startswith("Associated surgical service:") for decision in decisions):
            assert decisions[0]["category"] == "Surgery"
            assert len({decision["outcome"] for decision in decisions}) == 1


def test_chapters_on_a_body_part_are_those_of_the_letters_own() -> None:
    chapters = {"Low Back": "lumbar", "Shoulder": "shoulder", "Knee": "knee"}
    for letter in letters(800, 7):
        for decision in letter.truth["decisions"]:
            for label in [
                *(decision["claims_admin_guidelines"] or ()),
                *decision["reviewer_guidelines"],
            ]:
                for chapter, part in chapters.items():
                    if label.startswith(f"MTUS: {chapter}"):
                        assert part in letter.text
