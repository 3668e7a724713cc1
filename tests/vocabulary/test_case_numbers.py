"""Case numbers, however they are typed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.vocabulary.case_numbers import beginning, canonical


@pytest.mark.parametrize(
    "typed",
    [
        "CM16-0213037",
        "cm16-0213037",
        "cm16 213037",
        "CM160213037",
        "CM16-213037",
        "CM 16 - 0213037",
        "16-0213037",
        "16-213037",
        "IMR 16-213037",
        "case no. CM16-0213037",
        "Case Number: CM16-0213037 ",
    ],
)
def test_all_writings_are_one_case(typed: str) -> None:
    assert canonical(typed) == "CM16-0213037"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "knee",
        "10/325mg",
        "2016-05",
        "160213037",
        "CM16",
        "CM16-12345678",
        "case",
        "CM16-0213037 knee",
        "12-08",
    ],
)
def test_anything_else_is_none(typed: str) -> None:
    assert canonical(typed) is None


@given(st.integers(13, 99), st.integers(100, 9_999_999), st.sampled_from(["", "-", " ", " - "]))
def test_a_written_number_is_read_back(year: int, number: int, sign: str) -> None:
    assert canonical(f"cm{year}{sign}{number:07}") == f"CM{year}-{number:07}"
    assert canonical(f"CM{year}-{number}") == f"CM{year}-{number:07}"


@pytest.mark.parametrize("typed", ["CM16-021", "cm16 021", "CM16021", " case CM16-021 ", "IMR cm 16 - 021"])
def test_the_beginning_of_a_number(typed: str) -> None:
    assert beginning(typed) == ("16", "021")


@pytest.mark.parametrize("typed", ["", "CM", "CM16", "CM16-", "16-021", "CM16-12345678", "CM16-02 knee"])
def test_what_begins_no_number(typed: str) -> None:
    assert beginning(typed) is None
