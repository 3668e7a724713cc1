import tomllib
from importlib import resources

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.guidelines import build, labels

FILE = tomllib.loads(resources.files("search_app.vocabulary").joinpath("guidelines.toml").read_text("utf-8"))
CHAPTERS = [(name, f"MTUS: {chapter['title']}") for chapter in FILE["chapter"] for name in chapter["names"]]
SOURCES = [("odg", "ODG"), ("acoem", "ACOEM"), ("other", "Other")]
OUTSIDE = "Decision based on Non-MTUS Citation "

chapters = st.sampled_from(CHAPTERS)
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
            "Decision based on MTUS Chronic Pain Treatment Guidelines Acupuncture Page(s): 13.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (
            "Decision based on MTUS Low Back Disorders 2017, and Opioids Treatment 2016.",
            ("MTUS: Low Back Disorders", "MTUS: Opioid Treatment"),
        ),
        (
            "Decision based on MTUS Bones of Contention 2031, Section(s): Shoulder.",
            ("MTUS: Bones of Contention",),
        ),
        ("Decision based on MTUS.", ("MTUS",)),
        (
            "The reviewer based the decision on the MTUS Chronic Pain Guidelines.",
            ("MTUS: Chronic Pain Medical Treatment",),
        ),
        (f"{OUTSIDE}ODG, Chronic Pain; Low Back Complaints.", ("ODG",)),
        (f"{OUTSIDE}Shoulder (Acute & Chronic), Physical therapy.", ("ODG",)),
        (f"{OUTSIDE}ODG Knee and Other Medical Treatment Guidelines: Some Handbook.", ("ODG", "Other")),
        (
            f"{OUTSIDE}ODG Knee and Other Medical Treatment Guideline or Medical Evidence: ACOEM.",
            ("ODG", "ACOEM"),
        ),
        (f"{OUTSIDE}A Handbook of Bones. {OUTSIDE}Another one.", ("Other",)),
        ("The reviewer's opinion rests on the Official Disability Guidelines.", ("ODG",)),
    ],
)
def test_paragraphs(paragraph: str | None, wanted: tuple[str, ...] | None) -> None:
    assert labels(paragraph) == wanted


@given(st.text(max_size=300))
def test_any_text_gives_labels_without_doubles(text: str) -> None:
    given_labels = labels(f"Decision based on MTUS {text}")
    assert given_labels is not None
    assert len(set(given_labels)) == len(given_labels)


def test_a_name_that_two_chapters_claim_is_refused() -> None:
    chapters = [{"title": "Knee", "names": ["Leg"]}, {"title": "Foot", "names": ["leg"]}]
    with pytest.raises(ValueError, match="'leg' is a name of two chapters"):
        build({"chapter": chapters, "odg": [], "acoem": [], "other": []})
