from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from search_app.query.analysis import tokens
from search_app.vocabulary.everyday import KINDS, SUBJECTS, build, everyday_groups

GROUPS = everyday_groups()


def one(kind: str = "treatment", name: str = "balneotherapy", **parts: Any) -> dict[str, Any]:
    return {"file": {kind: {name: parts}}}


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
