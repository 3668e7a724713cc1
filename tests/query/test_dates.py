from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search_app.query.dates import Period, period


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("2016", date(2016, 1, 1), date(2016, 12, 31)),
        (" 2016 ", date(2016, 1, 1), date(2016, 12, 31)),
        ("2016-02", date(2016, 2, 1), date(2016, 2, 29)),
        ("2015-2", date(2015, 2, 1), date(2015, 2, 28)),
        ("2016-12", date(2016, 12, 1), date(2016, 12, 31)),
        ("5/2016", date(2016, 5, 1), date(2016, 5, 31)),
        ("05/2016", date(2016, 5, 1), date(2016, 5, 31)),
        ("2016-05-03", date(2016, 5, 3), date(2016, 5, 3)),
        ("2016-5-3", date(2016, 5, 3), date(2016, 5, 3)),
        ("5/3/2016", date(2016, 5, 3), date(2016, 5, 3)),
        ("12/31/1999", date(1999, 12, 31), date(1999, 12, 31)),
        ("9999", date(9999, 1, 1), date(9999, 12, 31)),
    ],
)
def test_periods(text: str, first: date, last: date) -> None:
    assert period(text) == Period(first, last)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "16",
        "20166",
        "2016-13",
        "2016-00",
        "0000",
        "2016-02-30",
        "2015-02-29",
        "13/2016",
        "2/30/2016",
        "31/12/2016",
        "2016/05",
        "2016-",
        "2016-05-",
        "5/3/16",
        "May 2016",
        "2016-05-03T00:00",
        "2016 2017",
        "2016\n2017",
        "-2016",
        "1e3",
    ],
)
def test_no_periods(text: str) -> None:
    assert period(text) is None


@given(st.text(max_size=12) | st.text("0123456789-/ ", max_size=12))
def test_never_raises_and_never_ends_before_it_begins(text: str) -> None:
    found = period(text)
    assert found is None or found.first <= found.last


@given(st.dates())
def test_a_day_and_the_month_and_year_around_it(day: date) -> None:
    assert period(day.isoformat()) == period(f"{day.month}/{day.day}/{day.year:04}") == Period(day, day)
    month, year = period(f"{day.year:04}-{day.month:02}"), period(f"{day.year:04}")
    assert month is not None
    assert year is not None
    assert year.first <= month.first <= day <= month.last <= year.last
    assert (month.first.month, month.last.month) == (day.month, day.month)
    assert month.last == date.max or (month.last + timedelta(days=1)).day == 1
