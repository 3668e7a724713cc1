from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.distance import accepted
from search_app.query.tree import Fuzzy, Prefix
from tests.contract.oracle_matching import edits


@pytest.mark.parametrize(
    ("token", "distance", "other", "expected"),
    [
        ("knee", 0, "knee", True),
        ("knee", 0, "kne", False),
        ("knee", 1, "kneel", True),
        ("knee", 1, "nee", True),
        ("knee", 1, "knie", True),
        ("knee", 1, "nkee", True),
        ("knee", 1, "nkeee", False),
        ("knee", 2, "nkeee", True),
        ("ca", 2, "abc", False),
        ("mri", 1, "", False),
    ],
)
def test_fuzzy(token: str, distance: int, other: str, expected: bool) -> None:
    assert bool(accepted(Fuzzy(token, distance, ("request",)), [other])) is expected


@pytest.mark.parametrize(
    ("prefix", "stemmed", "token", "expected"),
    [
        ("chiro", "chiro", "chiropract", True),
        ("chiropractic", "chiropract", "chiropract", True),
        ("chiropractic", "chiropract", "chiro", False),
        ("knee", "knee", "knee", True),
        ("knee", "knee", "kne", False),
    ],
)
def test_prefix(prefix: str, stemmed: str, token: str, expected: bool) -> None:
    assert bool(accepted(Prefix(prefix, stemmed, ("request",)), [token])) is expected


SHORT = st.text("abc", max_size=6)


@given(SHORT, SHORT, st.integers(0, 2))
def test_like_counting_edits_one_by_one(one: str, other: str, distance: int) -> None:
    assert bool(accepted(Fuzzy(one, distance, ("request",)), [other])) is (edits(one, other) <= distance)


def test_those_of_many() -> None:
    tokens = ["knee", "kneel", "ankl", "kne", "mri"]
    assert set(accepted(Fuzzy("knee", 1, ("request",)), tokens)) == {"knee", "kneel", "kne"}
    assert set(accepted(Prefix("kne", "mri", ("request",)), tokens)) == {"knee", "kneel", "kne", "mri"}
