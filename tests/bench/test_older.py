"""The layouts of 2013 and 2014: what such a letter says and what its record says must agree."""

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from itertools import islice, product

import pytest
from bs4 import BeautifulSoup
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.corpus_writer import FictionalLetter, letters
from bench.corpus_writer.calendar import serial, write_dates
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.folder import render
from bench.corpus_writer.guidelines import parse_code
from bench.corpus_writer.older import older
from bench.corpus_writer.party import write_sentence
from bench.corpus_writer.prosedata import form

SEEDS = st.integers(min_value=0, max_value=2**40)
FIELDS = (
    "case_number",
    "date_assigned",
    "date_of_injury",
    "decision_date",
    "ur_denial_date",
    "received_date",
)
NECESSITY = {"Upheld": "is not medically necessary", "Overturned": "is medically necessary"}


def written(layout: str, seed: int) -> Iterator[FictionalLetter]:
    """The letters of a seed that are in a layout."""
    for number in range(4000):
        if serial(seed, number).case_id < "CM15":
            (letter,) = letters(1, seed, start=number)
            if letter.truth["layout"] == layout:
                yield letter


def many(layout: str) -> list[FictionalLetter]:
    return [letter for seed in range(4) for letter in islice(written(layout, seed), 15)]


def flat(text: str) -> str:
    return " ".join(text.split())


def squashed(text: str) -> str:
    return "".join(text.split())


def in_order(text: str, parts: list[str]) -> None:
    place = 0
    for part in map(squashed, parts):
        place = text.index(part, place) + len(part)


def outcome_line(decision: dict[str, str]) -> str:
    return f"the request for {decision['request']} {NECESSITY[decision['outcome']]} and appropriate."


@settings(max_examples=25)
@given(SEEDS)
def test_a_notice_lists_the_outcomes_twice_and_then_gives_reasons(seed: int) -> None:
    letter = next(written("A", seed))
    text, decisions = squashed(letter.text), letter.truth["decisions"]
    lines = [f"{number}) MAXIMUS Federal Services, Inc. has determined " for number in range(1, 13)]
    outcomes = [line + outcome_line(one) for line, one in zip(lines, decisions, strict=False)]
    parts = [older()["A"]["title"], "Dated:", *outcomes, "AND RATIONALE", *outcomes]
    parts += ["Medical Qualifications of the Expert Reviewer:", "Case Summary:"]
    for number, decision in enumerate(decisions, 1):
        parts += [
            f"{number}) Regarding the request for {decision['request']}",
            "Relied Upon by the Expert Reviewer",
            decision["claims_admin_guidelines_text"],
            decision["reviewer_guidelines_text"],
            f"Rationale for the Decision: {decision['rationale']}",
        ]
        assert decision["original_request"] is decision["authorized"] is None
    in_order(text, parts)
    assert text.endswith(squashed(decisions[-1]["rationale"]))
    assert letter.truth["date_assigned"] is letter.truth["priority"] is None


@settings(max_examples=40)
@given(SEEDS)
def test_an_early_letter_has_numbered_items_or_headings_with_outcomes(seed: int) -> None:
    letter = next(written("B", seed))
    parts = [
        "MAXIMUS FEDERAL SERVICES, INC. Independent Medical Review",
        "UR Denial Date:",
        "HOW THE IMR FINAL DETERMINATION WAS MADE",
        "DOCUMENTS REVIEWED",
        "CLINICAL CASE SUMMARY",
        "IMR DECISION(S) AND RATIONALE(S)",
    ]
    for decision in letter.truth["decisions"]:
        asked, relied = decision["claims_admin_guidelines_text"], decision["reviewer_guidelines_text"]
        if asked.startswith("The Claims Administrator"):
            parts += [
                f"{decision['request']} {NECESSITY[decision['outcome']]} and appropriate.",
                asked,
                relied,
            ]
            parts.append(f"{relied.split(' Reviewer ')[0]} Reviewer's decision rationale: ")
        else:
            parts += [f": {decision['outcome']}", f"Claims Administrator guideline: {asked}"]
            parts += [f"MAXIMUS guideline: {relied}", "Decision rationale: "]
        parts.append(decision["rationale"])
    in_order(squashed(letter.text), parts)


@settings(max_examples=25)
@given(SEEDS)
def test_a_professional_review_has_one_rationale_that_tells_the_outcome(seed: int) -> None:
    letter = next(written("D", seed))
    truth, words = letter.truth, older()["D"]
    decisions = truth["decisions"]
    first = decisions[0]
    in_order(
        squashed(letter.text),
        [
            *(words["title"], words["issue"], *(one["request"] for one in decisions), words["summary"]),
            *(words["documents"], f"{words['relied']} {first['reviewer_guidelines_text']}"),
            *(f"{words['rationale']} {first['rationale']}", words["qualifications"]),
        ],
    )
    for one in decisions:
        assert (one["outcome"], one["rationale"]) == (first["outcome"], first["rationale"])
        assert one["claims_admin_guidelines_text"] is one["claims_admin_guidelines"] is None
    verb = NECESSITY[first["outcome"]].replace("is", "are" if len(decisions) > 1 else "is", 1)
    assert first["rationale"].endswith(f"{verb}.")


@pytest.mark.parametrize("layout", ["A", "B", "D"])
def test_the_record_holds_the_labels_that_are_printed_and_no_others(layout: str) -> None:
    for letter in many(layout):
        truth = letter.truth
        above = flat(" ".join(letter.document.top) + " " + " ".join(map(" ".join, letter.document.header)))
        for field, row in older()[layout]["labels"].items():
            found = [value for label, value in letter.document.header if label in row["labels"]]
            if field in ("case_number", "priority"):
                assert found == ([truth[field]] if truth[field] else [])
            elif found:
                month, day, year = map(int, found[0].split("/"))
                assert truth[field] == date(year, month, day).isoformat()
            elif field != "date_of_injury":  # which every case summary tells
                assert truth[field] is None
        assert all(f"{label} {value}".strip() in above for label, value in letter.document.header)
        assert all(flat(line) in flat(letter.text) for line in letter.document.top)
        assert {field for field in FIELDS if field not in older()[layout]["labels"] and truth[field]} <= {
            "decision_date"
        }


@pytest.mark.parametrize("layout", ["A", "B", "D"])
def test_every_older_letter_names_its_reviewers_credentials(layout: str) -> None:
    for letter in many(layout):
        text = flat(letter.text)
        assert letter.text.startswith(form()["notice"])
        assert ", ".join(letter.truth["licensure"]) in text
        assert ", ".join(letter.truth["specialties"]) in text


def years_and_layouts() -> Iterator[tuple[str, str]]:
    for seed, number in product(range(6), range(2500)):
        case = serial(seed, number)
        if case.case_id < "CM15-02":
            year = write_dates(case, Dice.for_letter(seed, number)).decision.year
            (letter,) = letters(1, seed, start=number)
            yield (str(year) if year < 2015 else "later"), letter.truth["layout"]


def test_layouts_follow_the_year_of_the_decision() -> None:
    drawn = Counter(years_and_layouts())
    assert drawn["2013", "A"] > 0.85 * sum(drawn["2013", layout] for layout in "ABCD")
    assert drawn["2013", "B"] > 0
    assert drawn["2013", "C"] == drawn["2014", "A"] == 0
    assert drawn["2014", "C"] > drawn["2014", "B"] + drawn["2014", "D"]
    assert drawn["2014", "B"] > drawn["2014", "D"] > 0
    assert {layout for (year, layout), count in drawn.items() if year == "later" and count} == {"C"}


def test_a_converter_joins_words_of_some_outcomes() -> None:
    texts = [flat(letter.text) for letter in many("A")]
    assert any(re.search(r"\bisnot medically necessary and", text) for text in texts)
    assert any("notmedically necessary and" in text for text in texts)
    assert sum("has determined the request" in text for text in texts) == len(texts)


def test_each_layout_comes_in_variants() -> None:
    notices, early, reviews = many("A"), many("B"), many("D")
    punctuation = {block.text[-1] for one in notices for block in one.document.blocks if block.kind == "item"}
    assert punctuation >= {":", "."}
    relied = {block.text for one in notices for block in one.document.blocks if "Relied Upon" in block.text}
    assert relied == set(older()["A"]["relied"])
    assert {one.truth["ur_denial_date"] is None for one in notices} == {True, False}
    colon = {"MAXIMUS guideline:" in flat(one.text) for one in early}
    reviewers = {name for one in early for name in older()["B"]["reviewers"] if f"The {name}'s" in one.text}
    assert (colon, reviewers) == ({True, False}, set(older()["B"]["reviewers"]))
    assert 0.6 < sum(len(one.truth["decisions"]) == 1 for one in reviews) / len(reviews) < 1
    assert {one["outcome"] for letter in reviews for one in letter.truth["decisions"]} == set(NECESSITY)


@pytest.mark.parametrize("layout", ["A", "B", "D"])
def test_pages_and_pdfs_of_older_letters_hold_all_blocks(layout: str) -> None:
    letter = next(written(layout, 3))
    soup = BeautifulSoup(render(letter, "html", 3, 0), "html.parser")
    assert soup.body is not None
    text = flat(soup.body.get_text(" "))
    header = [flat(" ".join(pair)) for pair in letter.document.header]
    in_order(
        squashed(text), [*letter.document.top, *header, *(block.line for block in letter.document.blocks)]
    )
    assert render(letter, "pdf", 3, 0).startswith(b"%PDF")


LEAD = "The Claims Administrator based its decision on "


@pytest.mark.parametrize(
    ("codes", "found", "labels"),
    [
        (
            ["mtus:chronic-pain/Benzodiazepines"],
            r"(?:the |the MTUS, |MTUS, )Chronic Pain Treatment Guidelines, (?:page|pg\.) 24\b.*Benzo.*\.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            ["mtus:knee", "odg:Knee/MRI"],
            r"(?:the|MTUS,) .*ACOEM Chapter 13 Knee Complaints, page \d+.*; and .*Knee.*MRI.*MTUS\.",
            ("MTUS: Knee Complaints", "ODG"),
        ),
        (["other:A journal of pain"], r"A journal of pain, .*MTUS\.", ("Other",)),
    ],
)
def test_a_party_says_what_it_went_by(codes: list[str], found: str, labels: tuple[str, ...]) -> None:
    references = [parse_code(code) for code in codes]
    for seed in range(20):
        paragraph = write_sentence(references, ("Claims Administrator", "its"), date(2013, 9, 1), Dice(seed))
        assert re.fullmatch(re.escape(LEAD) + found, paragraph.text), paragraph.text
        assert paragraph.labels == labels


def test_a_party_without_evidence_says_so() -> None:
    for seed in range(20):
        paragraph = write_sentence([], ("Expert Reviewer", "his/her"), date(2013, 9, 1), Dice(seed))
        assert paragraph.labels == ()
        assert re.match(r"The Expert Reviewer (?:did not|cited no)", paragraph.text)
