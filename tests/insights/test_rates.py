from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.insights.rates import FEW, Rate, wilson

COUNTS = st.integers(1, 10_000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),
    [
        (81, 263, 0.2553, 0.3662),  # Newcombe, Statistics in Medicine 17 (1998), p. 861, method 3
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_intervals_are_those_published(hits: int, n: int, low: float, high: float) -> None:
    assert wilson(hits, n) == pytest.approx((low, high), abs=0.00006)


@given(COUNTS)
def test_the_rate_lies_in_its_interval(counts: tuple[int, int]) -> None:
    hits, n = counts
    low, high = wilson(hits, n)
    assert 0 <= low <= hits / n <= high <= 1


@given(COUNTS, st.integers(2, 50))
def test_more_decisions_of_the_same_rate_say_more(counts: tuple[int, int], times: int) -> None:
    hits, n = counts
    low, high = wilson(hits, n)
    closer = wilson(hits * times, n * times)
    assert closer[1] - closer[0] < high - low


def test_nothing_counted_says_nothing() -> None:
    assert wilson(0, 0) == (0, 1)
    assert Rate(0, 0).share is None


@pytest.mark.parametrize(("hits", "n"), [(3, 2), (-1, 5)])
def test_what_is_no_share_is_refused(hits: int, n: int) -> None:
    with pytest.raises(ValueError, match="no share"):
        wilson(hits, n)


def test_few_decisions_are_marked() -> None:
    assert Rate(1, FEW - 1).few
    assert not Rate(1, FEW).few
