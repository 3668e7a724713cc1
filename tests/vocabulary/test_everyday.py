from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from search_app.query.analysis import tokens
from search_app.query.concepts import concepts, identifier, identifiers
from search_app.vocabulary.everyday import KINDS, SUBJECTS, build, everyday_groups

GROUPS = everyday_groups()


def one(kind: str = "treatment", name: str = "balneotherapy", **parts: Any) -> dict[str, Any]:
    return {"file": {kind: {name: parts}}}


def meant(typed: str) -> set[str]:
    """The groups that a typed wording can mean."""
    return {name for way in concepts().meanings(typed) for name in way}


def finds(typed: str, text: str) -> bool:
    """Whether what is typed means a group that stands in the text."""
    return not {identifier(name) for name in meant(typed)}.isdisjoint(identifiers(text).split())


def test_there_are_enough_groups_of_each_kind() -> None:
    counted = Counter(group.kind for group in GROUPS.values())
    assert len(GROUPS) >= 250
    assert set(counted) == set(KINDS)
    assert set(SUBJECTS) <= set(KINDS)


@pytest.mark.parametrize("group", GROUPS.values(), ids=lambda group: group.name.replace(" ", "_"))
def test_every_group_says_something(group: Any) -> None:
    assert group.same or group.typed
    assert all(map(tokens, (*group.same, *group.typed, *group.read)))
    assert group.name not in group.includes


def test_a_wording_that_letters_are_searched_for_stands_in_one_group() -> None:
    holders: dict[tuple[str, ...], set[str]] = {}
    for group in GROUPS.values():
        for wording in (*group.same, *group.read):
            holders.setdefault(tuple(tokens(wording)), set()).add(group.name)
    assert {run: names for run, names in holders.items() if len(names) > 1} == {}


def test_outcomes_and_frames_are_only_understood_when_typed() -> None:
    for group in GROUPS.values():
        if group.kind in ("outcome", "framing"):
            assert group.same == ()
            assert group.read == ()
    assert {group.name for group in GROUPS.values() if group.kind == "outcome"} == {"upheld", "overturned"}


def test_nothing_includes_itself_by_way_of_others() -> None:
    def below(name: str, seen: tuple[str, ...]) -> None:
        assert name not in seen, " > ".join((*seen, name))
        for child in GROUPS[name].includes if name in GROUPS else ():
            below(child, (*seen, name))

    for name in GROUPS:
        below(name, ())


def test_a_group_as_it_is_made() -> None:
    groups = build(one(same=["bath cure"], typed=["spa"], value={"category": "Rehabilitation"}))
    group = groups["balneotherapy"]
    assert group.same == ("balneotherapy", "bath cure")
    assert group.typed == ("spa",)
    assert group.values == {"category": ("Rehabilitation",)}


@pytest.mark.parametrize(
    ("files", "complaint"),
    [
        (one(kind="therapy"), "there is no kind 'therapy'"),
        (one(sames=["spa"]), "unknown sames"),
        (one(includes=["thalassotherapy"]), "'thalassotherapy', neither group nor drug"),
        (one(value={"category": "Spas"}), "category has no value 'Spas'"),
        (one(value={"colour": "blue"}), "colour has no value 'blue'"),
        ({"a": {"treatment": {"x": {}}}, "b": {"drug": {"x": {}}}}, "another group has this name"),
        (one(**{"class": "Sweets"}), "Sweets"),
    ],
)
def test_what_is_wrong_with_a_file_is_said(files: dict[str, Any], complaint: str) -> None:
    with pytest.raises(ValueError, match=complaint):
        build(files)


def test_what_a_drug_is_may_be_included() -> None:
    assert build(one(includes=["tramadol"]))["balneotherapy"].includes == ("tramadol",)


@pytest.mark.parametrize(
    ("positive", "negative"),
    [
        ("objective findings", "no objective findings"),
        ("treatment goals", "no goals"),
        ("licensed provider", "unlicensed"),
        ("legible", "illegible"),
        ("compliance", "noncompliance"),
        ("FDA approved indication", "not FDA approved"),
        ("formulary", "nonformulary"),
        ("smoker", "nonsmoker"),
        ("caregiver available", "lives alone"),
        ("industrially related", "nonindustrial"),
        ("accepted body part", "denied body part"),
        ("benefits outweigh risks", "risks outweigh benefits"),
        ("safe", "unsafe"),
        ("timely utilization review", "untimely utilization review"),
        ("limited range of motion", "full range of motion"),
        ("medication works", "medication not working"),
        ("typical antipsychotic", "atypical antipsychotic"),
    ],
)
def test_what_is_so_and_what_is_not_are_two_things_that_neither_group_includes(
    positive: str, negative: str
) -> None:
    so, not_so = meant(positive), meant(negative)
    assert so
    assert not_so
    assert so.isdisjoint(not_so)
    included = {name for one in so | not_so for name in GROUPS[one].includes}
    assert included.isdisjoint(so | not_so)


def test_no_surgical_candidate_is_no_wording_of_a_surgical_candidate() -> None:
    assert meant("surgical candidate") == {"surgical candidate"}
    assert meant("not a surgical candidate") == set()


@pytest.mark.parametrize(
    ("wider", "one", "other"),
    [
        ("thyroid disease", "hypothyroidism", "hyperthyroidism"),
        ("biceps surgery", "biceps tenodesis", "biceps tenotomy"),
        ("SLAP surgery", "SLAP repair", "SLAP debridement"),
        ("elbow surgery", "elbow replacement", "radial head resection"),
        ("wrist salvage procedure", "wrist fusion", "proximal row carpectomy"),
        ("wrist salvage procedure", "wrist fusion", "wrist denervation"),
        ("hip surgery", "trochanteric bursectomy", "psoas release"),
        ("hip surgery", "trochanteric bursectomy", "gluteus medius repair"),
        ("vertebral augmentation", "kyphoplasty", "vertebroplasty"),
        ("blood thinner", "anticoagulant", "antiplatelet"),
        ("range of motion", "decreased range of motion", "normal range of motion"),
        ("knee ligament injury", "MCL tear", "PCL tear"),
        ("venous thromboembolism", "deep vein thrombosis", "pulmonary embolism"),
        ("incontinence", "urinary incontinence", "bowel incontinence"),
        ("heart disease", "heart attack", "heart failure"),
        ("lumbar decompression", "lumbar laminectomy", "lumbar discectomy"),
        ("shoulder stabilization", "bankart repair", "remplissage"),
        ("hand and wrist surgery", "CMC arthroplasty", "CMC fusion"),
        ("fracture surgery", "closed reduction", "external fixation"),
        ("nasal surgery", "septoplasty", "rhinoplasty"),
        ("eye surgery", "vitrectomy", "corneal transplant"),
        ("work hardening or conditioning", "work hardening", "work conditioning"),
        ("hot and cold packs", "heating pad", "ice pack"),
        ("manual therapy", "myofascial release", "joint mobilization"),
        ("professional society guideline", "AAOS", "NASS"),
        ("attorney", "applicant attorney", "defense attorney"),
        ("brand versus generic", "dispense as written", "generic substitution"),
        ("bursa injection", "trochanteric bursa injection", "olecranon bursa injection"),
    ],
)
def test_things_of_one_kind_do_not_find_each_other_and_the_wider_word_finds_both(
    wider: str, one: str, other: str
) -> None:
    assert finds(wider, one)
    assert finds(wider, other)
    assert finds(one, one)
    assert finds(other, other)
    assert not finds(one, other)
    assert not finds(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("shingles", "postherpetic neuralgia"),
        ("clopidogrel", "warfarin"),
        ("sinusitis", "deviated septum"),
        ("suicidal ideation", "homicidal"),
        ("urinary retention", "overactive bladder"),
        ("hematology consultation", "oncology consultation"),
        ("cystoscopy", "urodynamic study"),
        ("bronchoscopy", "laryngoscopy"),
        ("toenail removal", "nail debridement"),
    ],
)
def test_unlike_things_do_not_find_each_other(one: str, other: str) -> None:
    assert finds(one, one)
    assert finds(other, other)
    assert not finds(one, other)
    assert not finds(other, one)


@pytest.mark.parametrize("typed", ["ROM", "AROM", "range of motion", "active range of motion"])
def test_range_of_motion_is_found_where_it_was_examined(typed: str) -> None:
    assert finds(typed, "Shoulder ROM is 90 degrees.")
    assert finds(typed, "Active range of motion was decreased.")
    assert not finds("computerized ROM testing", "Active range of motion was decreased.")


@pytest.mark.parametrize(
    ("typed", "parts"),
    [
        ("knee pain", {"knee"}),
        ("shoulder pain", {"shoulder"}),
        ("neck pain", {"cervical spine"}),
        ("back pain", {"low back", "thoracic spine"}),
        ("leg pain", {"lower extremity"}),
        ("chest pain", {"chest pain"}),
        ("jaw pain", {"TMJ disorder"}),
    ],
)
def test_pain_of_a_part_means_the_part_unless_it_is_a_condition(typed: str, parts: set[str]) -> None:
    assert meant(typed) == parts
