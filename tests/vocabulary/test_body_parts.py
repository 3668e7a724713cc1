import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary._files import read_toml
from search_app.vocabulary.body_parts import BodyParts, all_body_parts, build, find_body_parts
from search_app.vocabulary.spinal_levels import find_levels

REQUESTS = list(csv.DictReader(Path(__file__).with_name("body_parts.csv").read_text("utf-8").splitlines()))
NOTHING = BodyParts((), (), ())
SIDES = {"left", "right", "bilateral"}
LEVELS = [
    f"{region}{number}"
    for region, count in (("C", 7), ("T", 12), ("L", 5), ("S", 1))
    for number in range(1, count + 1)
]
NEIGHBOURS = list(pairwise(LEVELS))


def cells(row: dict[str, str]) -> BodyParts:
    parts, sides, levels = (
        tuple(filter(None, row[name].split("|"))) for name in ("parts", "sides", "levels")
    )
    return BodyParts(parts, sides, levels)


@pytest.mark.parametrize("row", REQUESTS, ids=[row["request"] for row in REQUESTS])
def test_what_a_request_names(row: dict[str, str]) -> None:
    assert find_body_parts(row["request"]) == cells(row)


@pytest.mark.parametrize("part", [part for part in all_body_parts() if part != "neck soft tissue"])
@pytest.mark.parametrize(
    ("written", "side"), [("left", "left"), ("Rt.", "right"), ("B/L", "bilateral"), ("(L)", "left")]
)
def test_every_part_is_found_by_its_own_name_with_its_side(part: str, written: str, side: str) -> None:
    assert find_body_parts(f"MRI of the {written} {part}") == BodyParts((part,), (side,), ())


def test_every_part_is_asked_for_in_the_table() -> None:
    assert {part for row in REQUESTS for part in cells(row).parts} == set(all_body_parts())


@given(st.sampled_from(NEIGHBOURS), st.sampled_from(["-", "/", " - ", " to ", " through ", "\u2013", ""]))
def test_a_span_reads_the_same_in_all_writings(levels: tuple[str, str], link: str) -> None:
    one, other = levels
    assert find_body_parts(f"Injection at {one}{link}{other}, left").levels == (f"{one}-{other}",)
    assert find_body_parts(f"Injection at {other.lower()} / {one.lower()}").levels == (f"{one}-{other}",)


@given(st.sampled_from([pair for pair in NEIGHBOURS if pair[0][0] == pair[1][0]]), st.sampled_from("-/"))
def test_the_second_letter_of_a_span_may_be_left_out(levels: tuple[str, str], link: str) -> None:
    one, other = levels
    assert find_body_parts(f"{one}{link}{other[1:]}").levels == (f"{one}-{other}",)


@given(st.lists(st.sampled_from(LEVELS), min_size=1, max_size=5, unique=True))
def test_a_list_names_each_level(levels: list[str]) -> None:
    assert find_body_parts("Blocks at " + ", ".join(levels)).levels == tuple(levels)
    assert find_body_parts("Blocks at " + " and ".join(levels)).levels == tuple(levels)


@given(st.text(max_size=80))
def test_any_text_gives_known_names_once(text: str) -> None:
    found = find_body_parts(text)
    assert set(found.parts) <= set(all_body_parts())
    assert set(found.sides) <= SIDES
    for names in (found.parts, found.sides, found.levels):
        assert len(set(names)) == len(names)


@given(st.integers(0, 999), st.sampled_from(["sessions", "visits", "mg", "weeks", "x"]))
def test_a_count_is_no_level(number: int, counted: str) -> None:
    assert find_body_parts(f"Injection L4-5, {number} {counted}").levels == ("L4-L5",)
    assert find_body_parts(f"Physical therapy {number} {counted} #{number}") == NOTHING


@given(
    st.sampled_from(["shoulder", "knee", "wrist", "hip"]),
    st.sampled_from(["shoulder", "knee", "wrist", "hip"]),
)
def test_parts_come_in_order_of_mention_and_once(one: str, other: str) -> None:
    assert find_body_parts(f"PT {one}, {other} and {one}").parts == tuple(dict.fromkeys((one, other)))


FILE = read_toml("body_parts.toml")


@pytest.mark.parametrize("part", FILE["parts"])
def test_every_phrase_of_a_part_names_it(part: str) -> None:
    missed = [
        phrase for phrase in FILE["parts"][part] if part not in find_body_parts(phrase.replace("*", "")).parts
    ]
    assert missed == []


def test_every_phrase_that_is_not_meant_hides_its_part_or_side() -> None:
    for phrase in FILE["not_meant"]:
        assert find_body_parts(phrase.replace("*", "")) == NOTHING, phrase


def test_every_correction_leads_to_a_known_word() -> None:
    known = {word for part in FILE["parts"].values() for phrase in part for word in phrase.split()}
    known |= {word for several in FILE["several"] for word in several.split()}
    right = {written for written, meant in FILE["spellings"].items() if written == meant}
    assert set(FILE["spellings"].values()) - right <= known


def test_letters_are_sides_only_beside_a_part() -> None:
    assert find_body_parts("Vitamin B and L-theanine, RT, LT") == NOTHING
    assert find_body_parts("Knee brace, plan B").sides == ()


def test_levels_say_where_they_begin() -> None:
    assert [(one.names, one.start) for one in find_levels("MRI; C5-6 then L4")] == [
        (("C5-C6",), 5),
        (("L4",), 15),
    ]


def test_a_phrase_with_two_senses_is_refused() -> None:
    file = {"not_meant": ["hand out"], "sides": {"left": ["hand out"]}}
    with pytest.raises(ValueError, match="'hand out' stands for two things"):
        build(file | {name: {} for name in ("parts", "vague", "several", "sided")})
