from datetime import date

import pytest

from bench.corpus_writer.citation import write_paragraph
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.guidelines import parse_code

LEAD = "This decision is based on MTUS "


@pytest.mark.parametrize(
    ("codes", "decided", "text", "labels"),
    [
        (
            ["mtus:low-back/Special Studies"],
            date(2016, 12, 1),
            LEAD + "Low Back Complaints 2004 edition, Section(s): Special Studies.",
            ("MTUS: Low Back Complaints",),
        ),
        (
            ["mtus:low-back/Special Studies"],
            date(2014, 5, 1),
            LEAD + "ACOEM Chapter 12 Low Back Complaints, topic Special Studies, Page(s): 303.",
            ("MTUS: Low Back Complaints",),
        ),
        (
            ["mtus:low-back/Special Studies"],
            date(2020, 5, 1),
            LEAD + "Low Back Disorders 2019 edition, Section(s): Diagnostic Recommendations.",
            ("MTUS: Low Back Disorders",),
        ),
        (
            ["mtus:chronic-pain/Opioids", "mtus:opioids", "mtus:chronic-pain/Weaning"],
            date(2016, 12, 1),
            LEAD
            + "Chronic Pain Medical Treatment 2016 edition, Section(s): Opioids, Weaning,"
            + " and also Opioid Treatment 2016 edition.",
            ("MTUS: Chronic Pain Medical Treatment", "MTUS: Opioid Treatment"),
        ),
        (
            ["mtus:opioids"],
            date(2015, 12, 1),
            LEAD + "Chronic Pain Medical Treatment 2009 edition, Section(s): Opioids.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            ["mtus:chronic-pain/Benzodiazepines"],
            date(2014, 5, 1),
            LEAD + "Chronic Pain Treatment Guidelines, topic Benzodiazepines, Page(s): 24.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            ["mtus:initial"],
            date(2016, 12, 1),
            LEAD + "General Approaches 2004 edition, Section(s): Initial Approaches to Treatment.",
            ("MTUS: General Approaches",),
        ),
    ],
)
def test_mtus_paragraphs_by_year(codes: list[str], decided: date, text: str, labels: tuple[str, ...]) -> None:
    paragraph = write_paragraph([parse_code(code) for code in codes], "reviewer", decided, Dice(1))
    assert paragraph.labels == labels
    if "303" in text:
        paragraph_text, _, page = paragraph.text.rpartition(" ")
        assert paragraph_text == text.rpartition(" ")[0]
        assert 287 <= int(page.rstrip(".")) <= 326
    else:
        assert paragraph.text == text


def test_other_sources_come_last_and_keep_their_labels() -> None:
    codes = ["odg:Pain/NSAIDs", "other:A journal of pain", "mtus:knee", "acoem:Opioids", "other:A society"]
    paragraph = write_paragraph(
        [parse_code(code) for code in codes], "claims_admin", date(2016, 12, 1), Dice(1)
    )
    assert paragraph.labels == ("MTUS: Knee Complaints", "ODG", "Other", "ACOEM")
    assert paragraph.text.startswith(
        LEAD + "Knee Complaints 2004 edition. This decision is based on Non-MTUS Citation: "
    )
    assert paragraph.text.endswith("This decision is based on Non-MTUS Citation: A society.")


@pytest.mark.parametrize("party", ["claims_admin", "reviewer"])
def test_no_evidence_is_said_in_few_words(party: str) -> None:
    for seed in range(20):
        paragraph = write_paragraph([], party, date(2016, 12, 1), Dice(seed))
        assert paragraph.labels == ()
        assert "did not cite any medical evidence" in paragraph.text
        assert len(paragraph.text.split()) < 10
