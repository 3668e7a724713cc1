import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.guidelines import citations, labels, labels_of, same_guideline

FILE = tomllib.loads(resources.files("search_app.vocabulary").joinpath("guidelines.toml").read_text("utf-8"))
CHAPTERS = [(name, f"MTUS: {chapter['title']}") for chapter in FILE["chapter"] for name in chapter["names"]]
FORMER = {f"MTUS: {chapter['title']}" for chapter in FILE["chapter"] if "former" in chapter}
SOURCES = [("odg", "ODG"), ("odg_marks", "ODG"), ("acoem", "ACOEM"), ("other", "Other")]
OUTSIDE = "Decision based on Non-MTUS Citation "

chapters = st.sampled_from([(name, label) for name, label in CHAPTERS if label not in FORMER])
years = st.integers(2004, 2024)


@pytest.mark.parametrize(("name", "label"), CHAPTERS)
def test_each_writing_of_a_chapter_is_known_in_the_new_style_and_the_old(name: str, label: str) -> None:
    assert labels(f"Decision based on MTUS {name} 2016, Section(s): Initial Care.") == (label,)
    assert labels(f"Decision based on MTUS ACOEM Chapter 99 {name} Page(s): 12-14.") == (label,)


@pytest.mark.parametrize(("name", "label"), [(name, label) for key, label in SOURCES for name in FILE[key]])
def test_each_writing_of_another_source_is_known(name: str, label: str) -> None:
    assert labels(f"{OUTSIDE}{name}, Knee.") == (label,)
    beside = "ACOEM" if label == "ODG" else "ODG"
    assert labels(f"{OUTSIDE}{beside} Knee; {name}.") == (beside, label)


@pytest.mark.parametrize("name", [*FILE["mtus"], *FILE["mtus_titles"]])
def test_the_schedule_cited_as_another_source_stays_the_schedule(name: str) -> None:
    titled = name if "Guideline" in name else f"{name} Knee Complaints"
    found = labels(f"{OUTSIDE}ODG Knee; {titled}.")
    assert found is not None
    assert found[0] == "ODG"
    assert found[1].startswith("MTUS: ")


@pytest.mark.parametrize(("key", "label"), [("odg_sites", "ODG"), ("acoem_sites", "ACOEM")])
def test_each_site_tells_its_source(key: str, label: str) -> None:
    for site in FILE[key]:
        assert labels(f"{OUTSIDE}https://www.{site}.example/knee.htm.") == (label,)


@given(st.lists(st.tuples(chapters, years), min_size=1, max_size=4), st.booleans())
def test_several_chapters_come_in_their_order(cited: list[tuple[tuple[str, str], int]], odg: bool) -> None:
    listed = ", and ".join(f"{name} {year}, Section(s): Special Studies" for (name, _), year in cited)
    wanted = list(dict.fromkeys(label for (_, label), _ in cited))
    paragraph = f"Decision based on MTUS {listed}."
    if odg:
        paragraph += f" {OUTSIDE}Official Disability Guidelines (ODG), Low Back."
        wanted.append("ODG")
    assert labels(paragraph) == tuple(wanted)


@pytest.mark.parametrize(
    ("paragraph", "wanted"),
    [
        (None, None),
        ("", ()),
        ("The reviewer did not cite any evidence.", ()),
        ("The Claims Administrator did not cite the MTUS or the ODG.", ()),
        (
            "Decision based on MTUS ACOEM Chapter 12 Low Back Complaints Page(s): 303, "
            "Chronic Pain Treatment Guidelines Page(s): 24.",
            ("MTUS: Low Back Complaints", "MTUS: Chronic Pain Medical Treatment"),
        ),
        ("Decision based on MTUS ACOEM Chapter 12 Page(s): 303.", ("MTUS: Low Back Complaints",)),
        (
            "Decision based on MTUS ACOEM Chapter 9 Shoulder Complaints, and Knee Complaints Page(s): 33.",
            ("MTUS: Shoulder Complaints", "MTUS: Knee Complaints"),
        ),
        (
            "Decision based on MTUS General Approaches 2004, Section(s): Knee Complaint topics.",
            ("MTUS: General Approaches",),
        ),
        (
            "Decision based on MTUS General Approaches 2004, Section(s): Knee Complaints, Eye.",
            ("MTUS: General Approaches",),
        ),
        (
            "Decision based on MTUS Chronic Pain Treatment Guidelines Acupuncture Page(s): 13.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            "Decision based on MTUS Chronic Pain Guidelines Exercise Page(s): 46, Acupuncture Page(s): 13.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            "Decision based on MTUS ACOEM Chapter 9 Page(s): 207, Chronic Pain Guidelines Page(s): 24.",
            ("MTUS: Shoulder Complaints", "MTUS: Chronic Pain Medical Treatment"),
        ),
        (
            "Decision based on MTUS Low Back Disorders 2017, and Opioids Treatment 2016.",
            ("MTUS: Low Back Disorders", "MTUS: Opioid Treatment"),
        ),
        (
            "Decision based on MTUS Bones of Contention 2031, Section(s): Shoulder, and Knee Disorders 2020.",
            ("MTUS: Bones of Contention", "MTUS: Knee Disorders"),
        ),
        (
            "Decision based on MTUS Knee Disorders 2020, Section(s): Care, "
            "and also Bones of Contention 2031.",
            ("MTUS: Knee Disorders", "MTUS: Bones of Contention"),
        ),
        ("Decision based on MTUS.", ("MTUS",)),
        ("Decision based on MTUS Elbow Disorders 2007.", ("MTUS: Elbow Complaints",)),
        ("Decision based on MTUS Elbow Disorders 2018.", ("MTUS: Elbow Disorders",)),
        ("Decision based on MTUS ACOEM Chapter 10 Elbow Disorders Page(s): 33.", ("MTUS: Elbow Complaints",)),
        (
            "The reviewer based the decision on the MTUS Chronic Pain Guidelines.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            "The Claims Administrator based its decision on the ACOEM, Low Back Complaints, Chapter 12, "
            "which is part of the MTUS, and the ODG, Low Back, which is not part of the MTUS.",
            ("MTUS: Low Back Complaints", "ODG"),
        ),
        (
            "No section of the MTUS was found relevant. The Expert Reviewer based his or her decision on the "
            "Official Disability Guidelines (ODG), Shoulder.",
            ("ODG",),
        ),
        ("Decision based on MTUS Knee Complaints 2004, and the ODG, Knee.", ("MTUS: Knee Complaints", "ODG")),
        (f"{OUTSIDE}ODG, Chronic Pain; Low Back Complaints.", ("ODG",)),
        (f"{OUTSIDE}Shoulder (Acute & Chronic), Physical therapy.", ("ODG",)),
        (f"{OUTSIDE}Shoulder Chapter, Physical therapy.", ("ODG",)),
        (f"{OUTSIDE}ODG Knee and Other Medical Treatment Guidelines: Some Handbook.", ("ODG", "Other")),
        (
            f"{OUTSIDE}ODG Knee and Other Medical Treatment Guideline or Medical Evidence: ACOEM.",
            ("ODG", "ACOEM"),
        ),
        (f"{OUTSIDE}A Handbook of Bones. {OUTSIDE}Another one.", ("Other",)),
        (f"{OUTSIDE}ODG, Pain, Fentanyl 25 mcg (an FDA approval).", ("ODG",)),
        (f"{OUTSIDE}MTUS/ACOEM Chapter 12, page 303.", ("MTUS: Low Back Complaints",)),
        (f"{OUTSIDE}MTUS/ACOEM.", ("ACOEM",)),
        (f"{OUTSIDE}None cited.", ()),
        (f"{OUTSIDE}N/A", ()),
        ("The reviewer's opinion rests on the Official Disability Guidelines.", ("ODG",)),
        ("The schedule (MTUS) is silent. The ODG is not.", ("ODG",)),
    ],
)
def test_paragraphs(paragraph: str | None, wanted: tuple[str, ...] | None) -> None:
    assert labels(paragraph) == wanted


KNEE = "Decision based on MTUS Knee Complaints 2004."
SHOULDER = f"Decision based on MTUS Shoulder Complaints 2004. {OUTSIDE}ODG, Shoulder."


@pytest.mark.parametrize(
    ("reviewer", "claims_admin", "wanted"),
    [
        (KNEE, KNEE.replace("2004", "2017"), True),
        (KNEE, SHOULDER, False),
        (f"{OUTSIDE}ODG, Knee.", SHOULDER, True),
        (f"{OUTSIDE}A Handbook of Bones.", f"{OUTSIDE}a handbook of bones", True),
        (f"{OUTSIDE}A Handbook of Bones.", f"{OUTSIDE}Another one.", False),
        (KNEE, None, None),
        (KNEE, "The Claims Administrator did not cite any evidence.", None),
        (None, KNEE, None),
    ],
)
def test_whether_parties_relied_on_a_same_guideline(
    reviewer: str | None, claims_admin: str | None, wanted: bool | None
) -> None:
    assert same_guideline(citations(reviewer), citations(claims_admin)) is wanted
    assert same_guideline(citations(claims_admin), citations(reviewer)) is wanted


@given(st.text(max_size=300), st.sampled_from(["", "Decision based on MTUS ", OUTSIDE]))
def test_any_text_gives_the_labels_of_its_citations_without_doubles(text: str, start: str) -> None:
    given_labels = labels(start + text)
    assert given_labels is not None
    assert len(set(given_labels)) == len(given_labels)
    assert given_labels == labels_of(citations(start + text))
