"""The layouts of 2013 and 2014, in several variants each, and what none of them fits."""

from __future__ import annotations

from datetime import date

import pytest

from search_app.errors import NotADetermination
from search_app.letters import parse_text

NOTICE = """MAXIMUS FEDERAL SERVICES, INC.
Notice of Independent Medical Review Determination
Dated: 9/3/2013
Date of UR Decision: 5/6/2013
Date of Injury: 2/14/2011
IMR Application Received: 5/20/2013
MAXIMUS Case Number: CM13-0000123

1) MAXIMUS Federal Services, Inc. has determined the request for a
cane with four feet is not medically necessary and appropriate.
2) MAXIMUS Federal Services, Inc. has determined the request for Norco 10/325mg #60 is medically necessary and
appropriate.

INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE
Nothing new here. It was determined the request for a cane with four feet isnotmedically necessary and
appropriate.

Medical Qualifications of the Expert Reviewer:
The reviewer is Board Certified in Family Practice and is licensed to practice in California. He or she works.

Case Summary:
Invented words from an invented denial. A 44 year old man fell off a truck.

Documents Reviewed
- one letter

1) Regarding the request for a cane with four feet:
Medical Treatment Guideline(s) Relied Upon by the Expert Reviewer to Make His/Her Decision:
The Claims Administrator based its decision on the ODG, Knee Chapter.
The Expert Reviewer based his/her decision on the Official Disability Guidelines, Knee.
Rationale for the Decision:
The gait is steady. It is said the request is not medically necessary and appropriate.

2) Regarding the request for Norco 10/325mg #60:
Guidelines Relied Upon
The Claims Administrator did not cite any guideline.
The Expert Reviewer based his/her decision on the Chronic Pain Medical Treatment Guidelines (2009), page 78.
Rationale for the Decision: Pain and function improved.
"""

EARLY = """MAXIMUS FEDERAL SERVICES, INC.
Independent Medical Review Final Determination Letter
Case Number: CM13-0000456 Date of Injury: 01/02/2010 UR Denial Date: 10/03/2013
HOW THE IMR FINAL DETERMINATION WAS MADE
The physician reviewer is Board Certified in Neurology and is licensed to practice in Texas. More.
DOCUMENTS REVIEWED
All of them.
CLINICAL CASE SUMMARY
A 61-year-old woman has headaches.
IMR DECISION(S) AND RATIONALE(S)
The items and what was decided on each:
1. Botox injections is not medically necessary and appropriate.
The Claims Administrator based its decision on the MTUS Chronic Pain Medical Treatment Guidelines.
The Physician Reviewer based his/her decision on the MTUS Chronic Pain Medical Treatment Guidelines, page 25.
The Physician Reviewer's decision rationale: No diary was kept. Not needed.
2. One visit with a neurologist is medically necessary and appropriate.
The Claims Administrator did not cite any medical evidence.
The Physician Reviewer based his/her decision on ACOEM, Chapter 7.
The Physician Reviewer's decision rationale: The headaches changed.
"""

PROFESSIONAL = """MEDICAL PROFESSIONAL REVIEW
ISSUE AT DISPUTE:
MRI of the left shoulder
CASE SUMMARY:
The applicant is a 39 year old male who fell.
DOCUMENTS REVIEWED FOR DETERMINATION:
A file.
MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY:
MTUS ACOEM Chapter 9 Shoulder Complaints, because the shoulder hurts.
RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY:
{rationale}
MEDICAL REVIEWER QUALIFICATIONS:
The reviewer is Board Certified in Orthopedic Surgery and is licensed to practice in Utah. End.
"""


def test_reads_a_notice_of_2013() -> None:
    found = parse_text(NOTICE, "a.txt")
    assert (found.id, found.decision_date, found.ur_denial_date) == (
        "CM13-0000123",
        date(2013, 9, 3),
        date(2013, 5, 6),
    )
    assert (found.date_of_injury, found.received_date) == (date(2011, 2, 14), date(2013, 5, 20))
    assert (found.reviewer.specialties, found.reviewer.licensure) == (("Family Practice",), ("California",))
    assert (found.age, found.sex) == (44, "male")
    cane, norco = found.decisions
    assert (cane.request, cane.outcome) == ("a cane with four feet", "Upheld")
    assert cane.rationale.startswith("The gait is steady.")
    assert (
        cane.claims_admin_guidelines_text
        == "The Claims Administrator based its decision on the ODG, Knee Chapter."
    )
    assert cane.reviewer_guidelines == ("ODG",)
    assert (norco.request, norco.outcome, norco.drugs) == (
        "Norco 10/325mg #60",
        "Overturned",
        ("hydrocodone", "acetaminophen"),
    )
    assert norco.claims_admin_guidelines == ()
    assert norco.reviewer_guidelines == ("MTUS: Chronic Pain Medical Treatment",)


def test_reads_an_early_determination() -> None:
    found = parse_text(EARLY, "a.txt")
    assert (found.id, found.ur_denial_date, found.age) == ("CM13-0000456", date(2013, 10, 3), 61)
    botox, visit = found.decisions
    assert (botox.request, botox.outcome, botox.rationale) == (
        "Botox injections",
        "Upheld",
        "No diary was kept. Not needed.",
    )
    assert (visit.request, visit.outcome) == ("One visit with a neurologist", "Overturned")
    assert found.reviewer.licensure == ("Texas",)


def test_an_early_determination_in_the_later_form_of_items() -> None:
    start, _ = EARLY.split("1. Botox")
    text = (
        start + "Botox injections: Upheld\nClaims Administrator guideline: A.\nMAXIMUS guideline: B.\n"
        "Decision rationale: No diary.\n"
    )
    (item,) = parse_text(text, "a.txt").decisions
    assert (item.request, item.outcome) == ("Botox injections", "Upheld")


@pytest.mark.parametrize(
    ("rationale", "outcome"),
    [
        ("The exam is normal. Therefore the study is not medically necessary.", "Upheld"),
        ("The exam is normal. The study was not considered medically necessary.", "Upheld"),
        ("The study is deemed not medically\nnecessary.", "Upheld"),
        (
            "Imaging is medically necessary only where there are red flags. "
            "There are none, so medical necessity has not been established.",
            "Upheld",
        ),
        ("Weakness is new. The request is medically necessary.", "Overturned"),
        ("Weakness is new. The request is found to be medically necessary.", "Overturned"),
    ],
)
def test_reads_a_professional_review_by_its_conclusion(rationale: str, outcome: str) -> None:
    found = parse_text(PROFESSIONAL.format(rationale=rationale), "folder/7.txt")
    (item,) = found.decisions
    assert (found.id, item.request, item.outcome) == ("7", "MRI of the left shoulder", outcome)
    assert (found.age, found.reviewer.specialties) == (39, ("Orthopedic Surgery",))
    assert item.reviewer_guidelines == ("MTUS: Shoulder Complaints",)


def test_several_issues_share_a_rationale() -> None:
    text = PROFESSIONAL.format(rationale="They are not medically necessary.")
    text = text.replace("MRI of the left shoulder\n", "1. MRI of the left shoulder\n2) A sling\n")
    assert [item.request for item in parse_text(text, "7.txt").decisions] == [
        "MRI of the left shoulder",
        "A sling",
    ]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (PROFESSIONAL.format(rationale="The exam is normal."), "states no outcome"),
        (
            PROFESSIONAL.format(rationale="Nothing shows that the scan is medically necessary only in part."),
            "states no outcome",
        ),
        (
            PROFESSIONAL.format(rationale="It cannot be said that it is medically necessary."),
            "states no outcome",
        ),
        (
            PROFESSIONAL.format(rationale="One is medically necessary, one is not medically necessary."),
            "states both outcomes",
        ),
        (NOTICE.replace("2) Regarding the request for", "2) And so"), "2 decisions in the list but 1 items"),
        (NOTICE.replace("isnotmedically", "is medically"), "in two different ways"),
        (NOTICE.replace("Rationale for the Decision: Pain", "Pain"), "no rationale"),
        (EARLY.replace("2. One visit", "One visit"), "2 rationales but 1 decisions"),
        (EARLY.split("1. Botox", maxsplit=1)[0], "No decision was found"),
    ],
)
def test_what_can_t_be_read_wholly_is_not_read(text: str, message: str) -> None:
    with pytest.raises(NotADetermination, match=message):
        parse_text(text, "a.txt")


def test_reasons_in_another_order_and_other_words() -> None:
    """An outcome is taken by its request; what is worded otherwise gets one only if there is no choice."""
    first, second = "1) Regarding the request for a cane", "2) Regarding the request for Norco"
    swapped = NOTICE.replace(first, "3) Regarding the request for a stick").replace(
        second, first[:3] + second[3:]
    )
    cane, norco = parse_text(swapped, "a.txt").decisions
    assert (cane.outcome, norco.outcome) == ("Upheld", "Overturned")
    reworded = swapped.replace("request for Norco 10/325mg #60:", "request for pills:")
    with pytest.raises(NotADetermination, match="worded otherwise"):
        parse_text(reworded, "a.txt")


def test_a_numbered_list_inside_a_rationale_is_no_item() -> None:
    text = EARLY.replace("No diary was kept.", "There is:\n1. A plan.\n2. A screen.\n3. A gain.\nNo diary.")
    botox, visit = parse_text(text, "a.txt").decisions
    assert "3. A gain." in botox.rationale
    assert visit.request == "One visit with a neurologist"
