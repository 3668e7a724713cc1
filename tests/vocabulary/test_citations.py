import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.model import Citation
from search_app.vocabulary.guideline_table import documents
from search_app.vocabulary.guidelines import citations

SCHEDULE = "Decision based on MTUS "
OUTSIDE = "Decision based on Non-MTUS Citation "

# Words and signs that citations are made of, to be put together in any order.
PIECES = st.sampled_from(
    [
        SCHEDULE, OUTSIDE, "ODG", "(ODG)", "ACOEM", "Official Disability Guidelines", "Chapter 12",
        "Chapter 7", "Low Back Complaints", "Chronic Pain Medical Treatment", "Low Back", "Pain", "chapter",
        "Knee & Leg (Acute & Chronic)", "the", "of", "and", ",", ";", ":", ".", "(", ")", "-", "/", "2016",
        "2004", "Section(s):", "Page(s):", "24", "303-304", "Special Studies", "NSAIDs, specific drug list",
        "Table 12-8", "http://a.b/c", "Other Medical Treatment Guidelines", "which is part of the MTUS",
        "FDA", "Smith et al", "3rd ed.", "MTUS",
    ]
)  # fmt: skip


def only(paragraph: str) -> Citation:
    found = citations(paragraph)
    assert found is not None
    assert len(found) == 1, found
    return found[0]


@pytest.mark.parametrize(
    ("cited", "year", "chapter", "sections", "pages"),
    [
        ("Low Back Complaints 2004.", 2004, "12", (), ()),
        (
            "Knee Complaints 2004, Section(s): Initial Care, Summary.",
            2004,
            "13",
            ("Initial Care", "Summary"),
            (),
        ),
        ("2016 Opioid Treatment.", 2016, None, (), ()),
        ("ACOEM Chapter 12 Page(s): 303-304, 309.", None, "12", (), ("303-304", "309")),
        (
            "ACOEM Chapter 12 Low Back Complaints, Table 12-8, page 309.",
            None,
            "12",
            ("Table 12-8",),
            ("309",),
        ),
        ("General Approaches, ACOEM Chapter 2, at Page(s): 21.", None, "2", (), ("21",)),
        ("Elbow Disorders (Revised 2007) Page(s): 33-40.", 2007, "10", (), ("33-40",)),
        ("Low Back Disorders Guideline (ACOEM February 13, 2020).", 2020, None, (), ()),
        ("Chronic Pain Guidelines (May 2009), pages 9-11 of 127.", 2009, None, (), ("9-11",)),
        (
            "Chronic Pain Medical Treatment Guidelines 8 C.C.R. 9792.20 - 9792.26 MTUS "
            "(Effective July 18, 2009) Page(s): 78.",
            2009,
            None,
            (),
            ("78",),
        ),
        ("Chronic Pain Treatment Guidelines Section 2 Page(s): 24.", None, None, ("Section 2",), ("24",)),
        (
            "Chronic Pain Guidelines Opioids, Criteria for Use; and Yoga; and Zolpidem Page(s): 78-80, 124.",
            None,
            None,
            ("Opioids, Criteria for Use", "Yoga", "Zolpidem"),
            ("78-80", "124"),
        ),
        (
            "Chronic Pain Guidelines, topic Opioids, dosing, Page(s): 55, Yoga, Page(s): 126.",
            None,
            None,
            ("Opioids, dosing", "Yoga"),
            ("55", "126"),
        ),
        (
            "Chronic Pain Medical Treatment 2016, Section(s): Zinc, NSAIDs, GI symptoms & risk, "
            "TENS, post operative pain (a, b), Ultrasound, therapeutic, Topical analgesics, Yoga.",
            2016,
            None,
            (
                "Zinc",
                "NSAIDs, GI symptoms & risk",
                "TENS, post operative pain (a, b)",
                "Ultrasound, therapeutic",
                "Topical analgesics",
                "Yoga",
            ),
            (),
        ),
        (
            "Opioid Treatment 2016, Section(s): 3.1 Acute Pain: Risk, Prior to Treatment, "
            "4.2 Tapering: Methods.",
            2016,
            None,
            ("3.1 Acute Pain: Risk, Prior to Treatment", "4.2 Tapering: Methods"),
            (),
        ),
        ("ACOEM Chapter 9 Shoulder Complaints, because it hurts.", None, "9", (), ()),
    ],
)
def test_what_is_cited_of_a_chapter_of_the_schedule(
    cited: str, year: int | None, chapter: str | None, sections: tuple[str, ...], pages: tuple[str, ...]
) -> None:
    found = only(SCHEDULE + cited)
    assert (found.year, found.chapter, found.sections, found.pages) == (year, chapter, sections, pages)


@pytest.mark.parametrize(
    ("cited", "chapter", "topic"),
    [
        ("Official Disability Guidelines (ODG), Low Back Chapter, MRIs", "Low Back", "MRIs"),
        ("ODG Knee & Leg (Acute & Chronic), Hyaluronic acid", "Knee and Leg", "Hyaluronic acid"),
        ("ODG-TWC, Pain, Urine Drug Testing (UDT)", "Pain", "Urine Drug Testing (UDT)"),
        ("ODG, Low Back, Lumbar & Thoracic (Acute & Chronic): Heat", "Low Back", "Heat"),
        ("ODG Low Back (Shock waves)", "Low Back", "Shock waves"),
        ("ODG, Low Back, Lumbar supports", "Low Back", "Lumbar supports"),
        (
            "ODG: the Head (trauma, headaches, etc., not including stress & mental disorders) Aids",
            "Head",
            "Aids",
        ),
        ("ODG - Shoulder chapter - X-ray", "Shoulder", "X-ray"),
        ("ODG Neck and Upper Back (updated 12/21/16), Pillow", "Neck and Upper Back", "Pillow"),
        ("the Pain chapter of the Official Disability Guidelines (ODG) (entry: Yoga)", "Pain", "Yoga"),
        ("Official Disability Guidelines, chapter on Pain, topic Yoga, chair", "Pain", "Yoga, chair"),
        ("ODG, the Moon Dust chapter, under Yoga", "Moon Dust", "Yoga"),
        ("ODG Knee brace", "Knee and Leg", "Knee brace"),
        ("ODG MRI Elbow", "Elbow", "MRI Elbow"),
        ("ODG, MRI, Knee Chapter", "Knee and Leg", "MRI"),
        ("ODG Physical therapy/Preface", "Preface", "Physical therapy"),
        ("ODG PRP", None, "PRP"),
        ("ODG", None, None),
        ("ODG, Diabetes (Type 1, 2, and Gestational)", "Diabetes", None),
        ("Knee and Leg (Acute & Chronic): Canes", "Knee and Leg", "Canes"),
        ("ODG, Treatment Index, 13th Edition (web), Hernia, Mesh", "Hernia", "Mesh"),
    ],
)
def test_chapter_and_topic_of_the_odg(cited: str, chapter: str | None, topic: str | None) -> None:
    found = only(f"{OUTSIDE}{cited}.")
    assert (found.label, found.chapter, found.topic) == ("ODG", chapter, topic)


@pytest.mark.parametrize(
    ("cited", "wanted"),
    [
        ("ODG Knee/DME, Low Back Lumbar and Thoracic/Beds", [("Knee and Leg", "DME"), ("Low Back", "Beds")]),
        (
            "ODG, Shoulder Chapter, Hand Chapter, Heat",
            [("Shoulder", None), ("Forearm, Wrist, and Hand", "Heat")],
        ),
        ("ODG, Pain, Yoga; Shoulder, Heat", [("Pain", "Yoga"), ("Shoulder", "Heat")]),
        (
            "Shoulder, Heat, ODG Preface – Physical Therapy",
            [("Shoulder", "Heat"), ("Preface", "Physical Therapy")],
        ),
        ("ODG, Pain, Yoga; ODG, Pain, Heat", [("Pain", "Yoga; Heat")]),
        ("ODG; ODG Pain", [("Pain", None)]),
    ],
)
def test_each_chapter_of_the_odg_is_cited_once(cited: str, wanted: list[tuple[str, str | None]]) -> None:
    assert [(found.chapter, found.topic) for found in citations(f"{OUTSIDE}{cited}.") or ()] == wanted


@pytest.mark.parametrize(
    ("cited", "year", "chapter", "sections", "pages"),
    [
        ("Guidelines, Chapter 7, Independent Medical Examinations, page 137", None, "7", (), ("137",)),
        ("2nd edition (2004), Low Back Complaints, Table 12-8, p 309", 2004, "12", ("Table 12-8",), ("309",)),
        (
            "Practice Guidelines, 3rd ed., Knee Disorders, Braces, pg. 607",
            None,
            "Knee Disorders",
            ("Braces",),
            ("607",),
        ),
        ("V.3, Shoulder, Surgery", None, "Shoulder", ("Surgery",), ()),
        ("", None, None, (), ()),
    ],
)
def test_what_is_cited_of_acoem(
    cited: str, year: int | None, chapter: str | None, sections: tuple[str, ...], pages: tuple[str, ...]
) -> None:
    found = only(f"{OUTSIDE}ACOEM {cited}.")
    assert (found.label, found.year, found.chapter) == ("ACOEM", year, chapter)
    assert (found.sections, found.pages) == (sections, pages)


def test_a_document_cited_twice_is_one_citation_and_another_edition_is_not() -> None:
    again = (
        f"{SCHEDULE}Knee Complaints 2004, Section(s): Summary, and Knee Complaints 2004, Section(s): Care."
    )
    assert only(again).sections == ("Summary", "Care")
    editions = citations(
        f"{SCHEDULE}Chronic Pain Medical Treatment 2009, and Chronic Pain Medical Treatment 2016."
    )
    assert [found.year for found in editions or ()] == [2009, 2016]


def test_other_sources_are_cited_apart() -> None:
    cited = (
        "American College of Radiology; Smith et al. Bones, page 7; http://a.example/1, http://b.example/2"
    )
    assert [found.text for found in citations(f"{OUTSIDE}{cited}.") or ()] == [
        "American College of Radiology",
        "Smith et al. Bones, page 7",
        "http://a.example/1",
        "http://b.example/2",
    ]


def test_the_text_of_a_citation_is_its_part_of_the_paragraph() -> None:
    paragraph = (
        f"{SCHEDULE}ACOEM Chapter 9 Shoulder Complaints Page(s): 207, "
        "Chronic Pain Guidelines Yoga Page(s): 126. "
        f"The Expert Reviewer looked outside of the MTUS. {OUTSIDE}ODG, Shoulder, Heat and the ACOEM."
    )
    assert [found.text for found in citations(paragraph) or ()] == [
        "ACOEM Chapter 9 Shoulder Complaints Page(s): 207",
        "Chronic Pain Guidelines Yoga Page(s): 126",
        "ODG, Shoulder, Heat",
        "ACOEM",
    ]


@pytest.mark.parametrize("number", [str(number) for number in range(1, 17)])
def test_numbers_and_titles_of_the_second_edition_find_each_other(number: str) -> None:
    title = documents().numbers[number]
    assert only(f"{SCHEDULE}ACOEM Chapter {number} Page(s): 3.").label == f"MTUS: {title}"
    assert only(f"{SCHEDULE}{title} 2004.").chapter == number
    assert only(f"{OUTSIDE}ACOEM, {title}.").chapter == number


@given(st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=30).map(" ".join)))
def test_any_paragraph_is_read_and_what_it_cites_stands_in_it(paragraph: str) -> None:
    found = citations(paragraph)
    assert found is not None
    bare = re.sub(r"\s", "", paragraph)
    for citation in found:
        assert citation.text in paragraph
        assert all(re.sub(r"\s", "", page) in bare for page in citation.pages)
        assert all(section.strip() for section in citation.sections)
        assert citation.topic is None or citation.topic.strip()
        assert citation.year is None or str(citation.year) in paragraph


def test_without_a_paragraph_there_are_no_citations() -> None:
    assert citations(None) is None
    assert citations("") == ()
