"""Which stretches of a guideline paragraph cite the schedule, and which cite something beside it."""

import pytest

from search_app.vocabulary.guideline_sentences import Kind, stretches

SCHEDULE, OUTSIDE, FREE = Kind.SCHEDULE, Kind.OUTSIDE, Kind.FREE


@pytest.mark.parametrize(
    "lead", ["", "Decision ", "decision is ", "This decision was ", "ITS DECISION ", "The "]
)
def test_what_leads_into_a_citing_sentence_is_none_of_the_one_before(lead: str) -> None:
    paragraph = f"{lead}based on MTUS Chapter A. {lead}Based on Non-MTUS Citation Book B."
    assert stretches(paragraph) == [(SCHEDULE, "Chapter A. "), (OUTSIDE, "Book B.")]


def test_only_a_citing_sentence_with_its_source_has_a_lead() -> None:
    paragraph = "Based on MTUS Chapter A. The decision based his decision on the Book B."
    assert stretches(paragraph) == [(SCHEDULE, "Chapter A. The decision "), (FREE, "Book B.")]


def test_a_word_that_ends_as_the_citing_one_begins_no_sentence() -> None:
    assert stretches("A debased on MTUS.") == [(FREE, "A debased on MTUS.")]


@pytest.mark.parametrize(
    ("closing", "kind"),
    [
        ("which is Part of the MTUS", SCHEDULE),
        ("which is NOT part of the MTUS", OUTSIDE),
        ("a medical treatment guideline (MTG), which is a part of the California MTUS", SCHEDULE),
        ("which stands outside of the MTUS", OUTSIDE),
        ("which is not in the MTUS", OUTSIDE),
        ("a source Outside the MTUS", OUTSIDE),
    ],
)
def test_words_that_tell_whether_a_source_is_part_of_the_schedule(closing: str, kind: Kind) -> None:
    assert (kind, "Book A, ") in stretches(f"Book A, {closing}")
