"""The parts of a case page: its timeline, the comparison of guidelines, and what is found in the letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from search_app.model import Citation
from search_app.query.highlight import Highlighter
from search_app.query.tree import Everything
from search_app.web.pages.find import Marks
from search_app.web.pages.guidelines import comparison
from search_app.web.pages.parts import SearchForm
from search_app.web.pages.timeline import timeline
from search_app.web.urls import Urls
from tests.web.conftest import Get
from tests.web.letters import LETTERS, decision
from tests.web.reading import text, texts

LETTER = LETTERS[0]


def marks(query: str) -> Marks:
    return Marks(Highlighter(Everything()), SearchForm("/", query))


def test_dates_in_order_with_the_days_between() -> None:
    line = timeline(replace(LETTER, date_assigned=date(2015, 12, 1), decision_date=date(2015, 12, 2)))
    assert [one.later for one in line.events] == [
        "",
        "1,340 days later",
        "30 days later",
        "the same day",
        "1 day later",
    ]
    assert line.oddities == ()


def test_missing_dates_are_told() -> None:
    line = timeline(replace(LETTER, date_of_injury=None, received_date=None))
    assert [one.label for one in line.events] == ["UR denial", "Assigned", "Decision"]
    assert line.missing == ("Date of injury", "Application received")


def test_dates_out_of_order_are_shown_as_they_fall_and_told() -> None:
    line = timeline(replace(LETTER, received_date=date(2015, 10, 31)))
    assert [one.label for one in line.events][:3] == ["Date of injury", "Application received", "UR denial"]
    (told,) = line.oddities
    assert "“Application received” falls 1 day before “UR denial”" in told


def test_shared_guidelines_and_their_places() -> None:
    low_back = Citation(
        label="MTUS: Low Back Complaints", text="x", chapter="12", sections=("Special Studies",)
    )
    odg = Citation(label="ODG", text="y", pages=("24",), year=2015)
    one = decision(
        "MRI", "Upheld", "No.",
        claims_admin_guidelines=(low_back.label,), claims_admin_citations=(low_back,),
        reviewer_guidelines=(low_back.label, "ODG"), reviewer_citations=(low_back, odg), same_guideline=True,
    )  # fmt: skip
    found = comparison(one, marks(""), Urls())
    assert found.told == "Both relied on a same guideline."
    assert [[(g.label, g.shared, g.places) for g in party.guidelines] for party in found.parties] == [
        [(low_back.label, "Cited by both", ("chapter 12, Special Studies",))],
        [
            (low_back.label, "Cited by both", ("chapter 12, Special Studies",)),
            ("ODG", "Only here", ("2015, p. 24",)),
        ],
    ]


def test_other_sources_are_shared_only_if_they_are_the_same() -> None:
    def told(*texts: str) -> set[str]:
        theirs, ours = ((Citation(label="Other", text=one),) for one in texts)
        one = decision(
            "MRI", "Upheld", "No.",
            claims_admin_guidelines=("Other",), claims_admin_citations=theirs,
            reviewer_guidelines=("Other",), reviewer_citations=ours,
        )  # fmt: skip
        return {g.shared for party in comparison(one, marks(""), Urls()).parties for g in party.guidelines}

    assert told("A journal of knees", "A textbook of backs") == {"Only here"}
    assert told("A journal of knees", "A journal of knees") == {"Cited by both"}


def test_neither_party_cited_anything() -> None:
    found = comparison(
        decision("x", "Upheld", "y", claims_admin_guidelines=(), reviewer_guidelines=()), marks(""), Urls()
    )
    assert found.told == "Neither party cited a guideline."
    assert [party.note for party in found.parties] == [
        "The claims administrator cited no guideline.",
        "The reviewer cited no guideline.",
    ]


@given(st.text("aAb \n.", max_size=60), st.text("ab .", max_size=4))
def test_finding_changes_no_letter_of_the_text(text: str, query: str) -> None:
    finder = marks(query)
    passage = finder.mark(text)
    assert passage.text == text
    wanted = "".join(query.split()).lower()
    for number in {piece.match for piece in passage.pieces} - {0}:
        found = "".join(piece.text for piece in passage.pieces if piece.match == number)
        assert "".join(found.split()).lower() == wanted


def test_words_are_found_beside_the_marks_of_the_search(get: Get) -> None:
    page = get("/cases/CM16-0000001?q=taper&find=no+TAPER+was")
    assert [text(one) for one in page.select(".prose mark.found")] == ["no", "taper", "was"]
    assert text(page.select_one(".prose mark > mark.found")) == "taper"
    assert texts(page, ".find-told") == ["1 match for “no TAPER was” in this letter"]
    assert [str(link["href"]) for link in page.select(".find-matches a")] == ["#found-1"]
    assert len(page.select("#found-1")) == 1
    assert page.select_one("input[name=q][type=hidden]")["value"] == "taper"  # type: ignore[index]


def test_finding_nothing_and_odd_things(get: Get) -> None:
    for query in ("zebra", "(", "<b>", ".*", "\\", "x" * 5000):
        page = get("/cases/CM16-0000001?find=" + query)
        assert texts(page, ".find-told")[0].startswith("No match for “")
        assert page.select(".case-body mark") == []
    assert texts(get("/cases/CM16-0000001?find=+"), ".find-told") == [""]
