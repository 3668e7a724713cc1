"""Where one item ends and the next begins."""

import pytest

from search_app.errors import NotADetermination
from search_app.letters.cleaning import clean
from search_app.letters.layouts.items import cut_items

LABELS = "Claims Administrator guideline: A.\nMAXIMUS guideline: B.\nDecision rationale: {rationale}\n"


def section(*items: tuple[str, str]) -> str:
    return "".join(f"{heading}\n" + LABELS.format(rationale=rationale) for heading, rationale in items)


@pytest.mark.parametrize(
    ("heading", "request_text", "outcome"),
    [
        ("Walker: Upheld", "Walker", "Upheld"),
        ("Walker: Overturned", "Walker", "Overturned"),
        ("Walker:  upheld .", "Walker", "Upheld"),
        ("Walker is: Upheld", "Walker is", "Upheld"),
        ("Walker is:\nUpheld", "Walker is", "Upheld"),
        ("Walker for a stay of\nten weeks: Overturned", "Walker for a stay of ten weeks", "Overturned"),
        ("Therapy: 2 times a week: Upheld", "Therapy: 2 times a week", "Upheld"),
        ("Cream 5%, 2-\nounce tube: Upheld", "Cream 5%, 2-ounce tube", "Upheld"),
    ],
)
def test_reads_a_heading(heading: str, request_text: str, outcome: str) -> None:
    first = ("Splint: Upheld", "A splint would add nothing here.")
    if (
        "\n\n" in heading
    ):  # a blank line inside a heading can only be told from one above it for the first item
        items = cut_items(section((heading.replace("\n\n", "\n"), "No need is shown.")))
        assert items[0].heading == request_text
        return
    items = cut_items(section(first, (heading, "No need is shown."), first))
    assert [(item.heading, item.outcome) for item in items] == [
        ("Splint", "Upheld"),
        (request_text, outcome),
        ("Splint", "Upheld"),
    ]
    assert items[0].rationale == "A splint would add nothing here."


def test_a_heading_about_an_original_request_begins_above_its_own_sentences() -> None:
    heading = (
        "Twelve visits of massage was the original\nrequest. The Claims Administrator authorized six.\n"
        "The remaining IMR eligible portion of the request,\nSix visits of massage is: Upheld"
    )
    first, second = cut_items(section(("Splint: Upheld", "Not needed."), (heading, "Six were enough.")))
    assert first.rationale == "Not needed."
    assert second.heading.startswith("Twelve visits of massage was the original request.")
    assert second.heading.endswith("Six visits of massage is")


def test_a_page_may_end_inside_a_heading() -> None:
    text = clean(section(("Splint: Upheld", "Not needed."), ("Walker with\n\n\f\nwheels: Upheld", "No.")))
    assert [item.heading for item in cut_items(text)] == ["Splint", "Walker with wheels"]


def test_an_outcome_inside_a_rationale_is_no_heading() -> None:
    rationale = "An earlier panel had decided the splint: Upheld\nand nothing has changed since then."
    items = cut_items(section(("Splint: Overturned", rationale)))
    assert len(items) == 1
    assert "Upheld and nothing has changed" in items[0].rationale


def test_labels_inside_a_rationale_stay_there() -> None:
    rationale = "The MAXIMUS guideline: was read, and so was the other."
    (item,) = cut_items(section(("Splint: Upheld", rationale)))
    assert item.rationale == rationale
    assert item.reviewer == "B."


def test_a_missing_paragraph_is_none() -> None:
    (item,) = cut_items("Splint: Upheld\nDecision rationale: Not needed.\n")
    assert (item.claims_admin, item.reviewer, item.rationale) == (None, None, "Not needed.")


def test_a_rationale_without_a_full_stop_ends_at_a_blank_line() -> None:
    text = section(("Splint: Upheld", "Hence it can be denied\n"), ("Walker: Upheld", "No."))
    assert [item.heading for item in cut_items(text)] == ["Splint", "Walker"]


def test_labels_may_be_broken_over_lines() -> None:
    text = "Splint: Upheld\nClaims\nAdministrator guideline: A.\nMAXIMUS\nguideline: B.\n"
    text += "Decision\nrationale: C.\n"
    (item,) = cut_items(text)
    assert (item.claims_admin, item.reviewer, item.rationale) == ("A.", "B.", "C.")


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "No decision was found"),
        ("The panel met and had coffee.", "No decision was found"),
        (section(("Splint: Upheld", "No."), ("Walker", "No.")), "There are 2 .* but only 1 outcomes"),
    ],
)
def test_never_half_reads(text: str, message: str) -> None:
    with pytest.raises(NotADetermination, match=message):
        cut_items(text)


def test_a_party_s_paragraph_may_be_printed_in_two_parts() -> None:
    text = "Splint: Upheld\nMAXIMUS guideline: A.\nMAXIMUS guideline: B.\nDecision rationale: No.\n"
    (item,) = cut_items(text)
    assert item.reviewer == "A. B."


def test_a_rationale_may_quote_a_label() -> None:
    (item,) = cut_items(section(("Splint: Upheld", "The letter had a\nDecision rationale: of two words.")))
    assert item.rationale.endswith("of two words.")


@pytest.mark.parametrize(
    "heading",
    [
        "Pills 50 mg one tablet p.r.n.\nquantity 60",
        "Cream with\nOil 20%\nWax 5%",
        "Visit (of 1/1/16),\nten minutes",
    ],
)
def test_a_first_heading_is_all_that_stands_above_its_outcome(heading: str) -> None:
    (item,) = cut_items(section((f"{heading}: Upheld", "No.")))
    assert item.heading == " ".join(heading.split())


@pytest.mark.parametrize("end", ["", ".", " . "])
def test_an_outcome_that_ran_into_the_label_behind_it(end: str) -> None:
    joined = f"Walker: Upheld{end}Claims Administrator guideline: A.\n\n"
    items = cut_items(joined + section(("Cane: Overturned", "It steadies him.")))
    assert [(item.heading, item.outcome, item.claims_admin) for item in items] == [
        ("Walker", "Upheld", "A."),
        ("Cane", "Overturned", "A."),
    ]
