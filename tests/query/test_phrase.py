from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.phrase import occurrences
from tests.contract.oracle_matching import placements

TEXT = ["a", "b", "a", "b", "c", "d", "e", "f", "a", "f", "b", "f", "g", "c"]


def found(phrase: str, slop: int, text: list[str] = TEXT) -> list[tuple[int, ...]]:
    positions = [[at for at, token in enumerate(text) if token == wanted] for wanted in phrase.split()]
    return list(occurrences(positions, slop))


@pytest.mark.parametrize(
    ("phrase", "slop", "places"),
    [
        ("a b", 0, [(0, 1), (2, 3)]),
        ("b a", 0, [(1, 2)]),
        ("b a", 1, [(1, 2)]),
        ("d c", 1, []),
        ("d c", 2, [(5, 4)]),
        ("b c", 1, [(3, 4)]),
        ("e a", 0, []),
        ("e a", 1, [(6, 8)]),
        ("f f", 0, []),
        ("f f", 1, [(7, 9), (9, 11)]),
        ("g g", 50, []),
        ("a z", 50, []),
        ("a b c d e f", 0, [(2, 3, 4, 5, 6, 7)]),
    ],
)
def test_occurrences(phrase: str, slop: int, places: list[tuple[int, ...]]) -> None:
    assert found(phrase, slop) == places


def test_no_tokens_occur_nowhere() -> None:
    assert list(occurrences([], 0)) == []


RUNS = st.lists(st.sampled_from("abc"), max_size=12)
PHRASES = st.lists(st.sampled_from("abcd"), min_size=1, max_size=4)


@given(RUNS, PHRASES, st.integers(0, 6))
def test_like_trying_every_placement(run: list[str], phrase: list[str], slop: int) -> None:
    got = found(" ".join(phrase), slop, run)
    every = list(placements(phrase, run, slop))
    assert bool(got) == bool(every)
    assert set(got) <= set(every)
    assert len(set(got)) == len(got)


@given(RUNS, PHRASES)
def test_an_exact_phrase_is_found_everywhere(run: list[str], phrase: list[str]) -> None:
    assert found(" ".join(phrase), 0, run) == list(placements(phrase, run, 0))


@given(RUNS, PHRASES, st.integers(0, 6))
def test_one_occurrence_for_each_place_where_one_can_begin(
    run: list[str], phrase: list[str], slop: int
) -> None:
    """A place is the smallest offset p(i) - i: none is told twice, and the last possible one is told."""
    got = [min(p - i for i, p in enumerate(places)) for places in found(" ".join(phrase), slop, run)]
    possible = {min(p - i for i, p in enumerate(places)) for places in placements(phrase, run, slop)}
    assert got == sorted(set(got))
    assert set(got) <= possible
    assert not possible or got[-1] == max(possible)
