"""The case's own facts: dates, credentials, age and sex."""

from datetime import date

import pytest

from search_app.letters.header import read_header
from search_app.letters.reviewer import read_reviewer
from search_app.letters.summary import read_age, read_injury_date, read_sex
from tests.samples import HEADER


def test_reads_a_header_whose_labels_are_broken_over_lines() -> None:
    assert read_header(HEADER.format(number="CM16-0000001")) == {
        "case_number": "CM16-0000001",
        "date_assigned": date(2016, 2, 3),
        "date_of_injury": date(2014, 7, 9),
        "decision_date": date(2016, 3, 1),
        "ur_denial_date": date(2016, 1, 11),
        "received_date": date(2016, 1, 20),
        "priority": "Standard",
    }


@pytest.mark.parametrize(
    "header", ["", "Decision Date: 13/45/2016", "Decision Date:", "Case Number: unknown"]
)
def test_what_a_header_lacks_is_none(header: str) -> None:
    assert set(read_header(header).values()) == {None}


@pytest.mark.parametrize(
    ("section", "licensure", "specialties"),
    [
        (
            "State(s) of Licensure: California,Nevada\n"
            "Certification(s)/Specialty: Physical Medicine & Rehabilitation",
            ("California", "Nevada"),
            ("Physical Medicine & Rehabilitation",),
        ),
        (
            "State of Licensure: Texas\nCertification/Specialty: Pain Management, \nAnesthesiology\n",
            ("Texas",),
            ("Pain Management", "Anesthesiology"),
        ),
        (
            "This one is Board Certified in Physical Medicine and Rehabilitation and is licensed to\n"
            "practice in Utah and Ohio. More.",
            ("Utah", "Ohio"),
            ("Physical Medicine and Rehabilitation",),
        ),
        (
            "Board Certified in Internal Medicine and Rheumatology, has a subspecialty in Gait and is "
            "licensed to practice in Iowa. More.",
            ("Iowa",),
            ("Internal Medicine", "Rheumatology", "Gait"),
        ),
        ("Nothing is said of anyone.", (), ()),
        (
            "Certification(s)/Specialty: Neurology\nState(s) of Licensure: Idaho",
            ("Idaho",),
            ("Neurology",),
        ),
    ],
)
def test_reads_a_reviewer(section: str, licensure: tuple[str, ...], specialties: tuple[str, ...]) -> None:
    reviewer = read_reviewer(section)
    assert (reviewer.licensure, reviewer.specialties) == (licensure, specialties)


def test_boards_carry_the_state_s_spelling() -> None:
    section = "Certification(s)/Specialty: Physical Medicine and Rehabilitation, Sports Medicinea"
    assert read_reviewer(section).boards == ("Physical Medicine & Rehabilitation", "Sports Medicine")


@pytest.mark.parametrize(
    ("summary", "age", "sex"),
    [
        ("A 48 year old male roofer.", 48, "male"),
        ("A 48-year-old right-handed woman; her husband drove.", 48, "female"),
        ("34 yr. old male claimant.", 34, "male"),
        ("Worker aged 60 years of age. She fell and she rested.", 60, "female"),
        ("A 45 y/o M. He lifts boxes with his sister.", 45, "male"),
        ("A 45-year-old applicant. The wife of the applicant says he limps.", 45, "male"),
        ("The gentleman was seen.", None, "male"),
        ("The applicant was seen for 12 years.", None, None),
        ("A 400 year old oak fell.", None, None),
    ],
)
def test_reads_age_and_sex(summary: str, age: int | None, sex: str | None) -> None:
    assert (read_age(summary), read_sex(summary)) == (age, sex)


@pytest.mark.parametrize(
    ("summary", "day"),
    [
        ("had a work injury on 11/2/13 to the back", date(2013, 11, 2)),
        ("was injured on 01-06-2010", date(2010, 1, 6)),
        ("sustained an injury on January 6, 2010 at work", date(2010, 1, 6)),
        ("with an injury date of 2/30/2014", None),
        ("was seen on 4/5/2014", None),
        ("The injury was bad. Seen on 4/5/2014", None),
    ],
)
def test_reads_the_date_of_injury(summary: str, day: date | None) -> None:
    assert read_injury_date(summary) == day
