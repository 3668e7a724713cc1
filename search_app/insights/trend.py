"""The overturn rate over time, by month, quarter or year."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from search_app.fields import NOT_STATED
from search_app.insights.rates import Rate
from search_app.insights.tables import Row

MOST = 40
"""Points that a chart of a page's width can show apart."""

WIDTHS = (1, 3, 12)
"""Months of a month, a quarter and a year."""


@dataclass(frozen=True, slots=True)
class Period:
    """A month, quarter or year: its first month counted from year 0, and its months that have decisions."""

    first: int
    months: tuple[str, ...]
    rate: Rate


@dataclass(frozen=True, slots=True)
class Trend:
    """Periods of `width` months without a gap in time; those without decisions have a rate of none.

    `before` counts decisions of years too early to be drawn.
    """

    width: int
    periods: tuple[Period, ...]
    before: int = 0


def trend(months: Iterable[Row]) -> Trend | None:
    """The trend over dated decisions by month ("2016-05"); None where all are of one month."""
    rows = sorted((_number(row.value), row) for row in months if row.value != NOT_STATED)
    if len(rows) < 2:
        return None
    first, last = rows[0][0], rows[-1][0]
    width = next((one for one in WIDTHS if last // one - first // one < MOST), WIDTHS[-1])
    begin = max(first // width, last // width - MOST + 1)
    grouped = {
        number: [row for _, row in group] for number, group in groupby(rows, lambda pair: pair[0] // width)
    }
    drawn = tuple(_period(at * width, grouped.get(at, [])) for at in range(begin, last // width + 1))
    return Trend(width, drawn, sum(row.rate.n for number, row in rows if number // width < begin))


def _period(first: int, rows: list[Row]) -> Period:
    rate = Rate(sum(row.rate.overturned for row in rows), sum(row.rate.n for row in rows))
    return Period(first, tuple(row.value for row in rows), rate)


def _number(month: str) -> int:
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1
