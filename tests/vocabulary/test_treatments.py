import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.model import PHARMACEUTICALS
from search_app.vocabulary._files import read_toml
from search_app.vocabulary.drug_table import drug_table
from search_app.vocabulary.drugs import find_drugs
from search_app.vocabulary.taxonomy import check, taxonomy
from search_app.vocabulary.treatment_rules import ASSOCIATED, BY_CLASS, build, rule_book
from search_app.vocabulary.treatments import Classification, classify
from search_app.vocabulary.words import cut

REQUESTS = list(csv.DictReader(Path(__file__).with_name("requests.csv").read_text("utf-8").splitlines()))


def phrases_of_the_rules() -> set[str]:
    rules = rule_book().rules
    return {p for rule in rules for p in rule.any | rule.with_ | rule.without | rule.nowhere} - {ASSOCIATED}


def placed(request: str, associated: bool = False) -> Classification:
    return classify(request, find_drugs(request), associated)


@pytest.mark.parametrize("row", REQUESTS, ids=[row["request"] for row in REQUESTS])
def test_a_request_is_placed(row: dict[str, str]) -> None:
    answer = placed(row["request"])
    assert (answer.category, answer.subcategory) == (row["category"], row["subcategory"])
    assert "|".join(answer.drugs) == row["drugs"]


def test_every_rule_decides_one_of_the_requests() -> None:
    deciding = {placed(row["request"]).rule for row in REQUESTS}
    assert [rule.id for rule in rule_book().rules if rule.id not in deciding] == []


def test_every_title_of_the_taxonomy_is_reached() -> None:
    reached = {(row["category"], row["subcategory"]) for row in REQUESTS}
    for name in drug_table().names:
        text = f"{name.written} 50mg #60"
        answer = placed(text)
        reached.add((answer.category, answer.subcategory))
    titles = {(category, title) for category, subcategories in taxonomy().items() for title in subcategories}
    assert titles - reached == set()
    assert reached - titles == set()


def test_every_phrase_of_the_rules_is_found_in_a_text_that_has_it() -> None:
    book = rule_book()
    for phrase in phrases_of_the_rules():
        text = "about " + phrase.replace("*", "") + " only"
        matches = book.phrases.every([word.text for word in cut(text)])
        assert phrase in {match.value for match in matches}, phrase


@pytest.mark.parametrize("number", ["", "s"])
def test_plural_and_singular_are_one(number: str) -> None:
    assert placed(f"Wrist brace{number}").subcategory == "Prosthetics/Orthotics"
    assert placed(f"Trigger point injection{number}").category == "Injection"
    assert placed(f"Crutch{'e' if number else ''}{number}").subcategory == "DME"


@pytest.mark.parametrize(
    "item", ["EKG", "Labs - CBC", "Chest x-ray", "Urinalysis", "H&P", "Assistant surgeon"]
)
def test_what_goes_with_an_operation_is_adjunct(item: str) -> None:
    assert placed(item, associated=True).subcategory == "Adjunct Surgical Services"
    assert placed(f"Associated surgical service: {item}") == placed(item, associated=True)


@pytest.mark.parametrize(
    "item", ["Physical therapy x 12", "Norco 5/325mg #40", "Shoulder sling", "Ice machine"]
)
def test_therapy_medication_and_equipment_keep_their_category(item: str) -> None:
    assert placed(item, associated=True) == placed(item)
    assert placed(item).category != "Surgery"


def test_only_medication_has_drugs() -> None:
    for row in REQUESTS:
        answer = placed(row["request"])
        assert answer.category == PHARMACEUTICALS or answer.drugs == ()


@given(st.text(max_size=200))
def test_any_text_gets_a_title_of_the_taxonomy(text: str) -> None:
    answer = placed(text)
    assert answer.subcategory in taxonomy()[answer.category]


def test_every_correction_reads_as_the_word_that_is_meant() -> None:
    spellings = read_toml("treatments.toml")["spellings"]
    known = {word for phrase in phrases_of_the_rules() for word in phrase.split()}
    patterns = tuple(word.strip("*") for word in known if "*" in word)
    for written, meant in spellings.items():
        assert placed(f"{written} twice").rule == placed(f"{meant} twice").rule, written
        assert written == meant or meant in known or any(core in meant for core in patterns), meant


def test_what_fits_no_rule_says_so() -> None:
    assert placed("Xyzzy").reason == placed("").reason == "nothing fits"


@pytest.mark.parametrize(
    ("request_", "reason"),
    [
        ("MRI of the Lumbar Spine", 'pictures of the body: "MRI"'),
        ("Pre-op EKG", 'tests before an operation: "EKG" with "Pre-op"'),
        (
            "Associated surgical service: EKG",
            'tests before an operation: "EKG" with "Associated surgical service"',
        ),
        ("Norco 10/325mg #60", 'named drug: "Norco"'),
        ("Consultation about Suboxone", 'visit about a drug: "Suboxone" with "Consultation"'),
        ("Acupunture 6 visits", 'needles of acupuncture: "Acupunture"'),
        ("Flurbiprofen 20% in cream base", 'compounded for the skin: "Flurbiprofen"'),
    ],
)
def test_the_reason_quotes_the_request(request_: str, reason: str) -> None:
    assert placed(request_).reason == reason


@pytest.mark.parametrize("row", REQUESTS, ids=[row["request"] for row in REQUESTS])
def test_every_quoted_word_stands_in_the_request(row: dict[str, str]) -> None:
    answer = placed(row["request"])
    rule, _, words = answer.reason.partition(": ")
    assert rule == answer.rule
    assert all(quoted.casefold() in row["request"].casefold() for quoted in words.split('"')[1::2])


def test_rules_by_class_are_for_drugs() -> None:
    assert all(rule.drug for rule in rule_book().rules if rule.subcategory == BY_CLASS)


def test_a_title_that_is_not_in_the_taxonomy_is_refused() -> None:
    with pytest.raises(ValueError, match=r"rule 'x': Surgery / Knee is not in taxonomy\.toml"):
        check("Surgery", "Knee", "rule 'x'")


GOOD = {"id": "x", "category": "Injection", "subcategory": "Injection", "any": ["needle"]}


@pytest.mark.parametrize(
    ("rules", "complaint"),
    [
        ([GOOD | {"subcategory": "Shots"}], "Injection / Shots is not in"),
        ([GOOD | {"classes": ["Shots"]}], "Pharmaceuticals / Shots is not in"),
        ([GOOD | {"any": ["@needles"]}], "there is no group '@needles'"),
        ([GOOD | {"sometimes": ["needle"]}], "rule 'x': unknown sometimes"),
        ([GOOD, GOOD], "two rules have the same id"),
    ],
)
def test_a_rule_with_a_mistake_is_refused(rules: list[dict[str, object]], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        build({"rule": rules, "groups": {}, "ends_head": []})


def test_no_drug_of_the_table_is_read_as_a_misspelt_word_of_the_rules_for_something_else() -> None:
    for name in drug_table().names:
        assert placed(f"{name.written} 50mg #60").category == PHARMACEUTICALS, name.written
