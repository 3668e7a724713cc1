from __future__ import annotations

import pytest

from search_app.fields import NOT_STATED
from search_app.insights.rates import Rate
from search_app.insights.tables import Row
from search_app.insights.trend import MOST, trend


def rows(*months: str) -> list[Row]:
    return [Row(month, Rate(1, 2)) for month in months]


@pytest.mark.parametrize(
    ("first", "last", "width", "points"),
    [
        ("2016-01", "2016-03", 1, 3),
        ("2013-02", "2016-05", 1, 40),
        ("2013-02", "2016-06", 3, 14),
        ("2001-01", "2020-12", 12, 20),
    ],
)
def test_periods_fit_the_span(first: str, last: str, width: int, points: int) -> None:
    found = trend(rows(first, last))
    assert found is not None
    assert (found.width, len(found.periods)) == (width, points)


def test_gaps_are_periods_without_decisions() -> None:
    found = trend(rows("2016-01", "2016-03", NOT_STATED))
    assert found is not None
    assert [one.rate.n for one in found.periods] == [2, 0, 2]
    assert found.periods[1].rate.share is None


def test_one_month_is_no_trend() -> None:
    assert trend(rows("2016-01", NOT_STATED)) is None


def test_a_span_too_long_to_draw_ends_with_the_latest_and_says_what_is_left_out() -> None:
    found = trend(rows("1916-01", "2016-01"))
    assert found is not None
    assert (len(found.periods), found.before) == (MOST, 2)
