"""The overturn rate over time, as a chart and as the table behind it."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.insights.trend import Period, Trend
from search_app.model import OVERTURNED
from search_app.web.charts import Datum, TrendChart, trend_chart
from search_app.web.pages.parts import MONTHS, Link
from search_app.web.pages.rate_texts import RateText, rate_text
from search_app.web.state import State
from search_app.web.urls import Urls

_UNITS = {1: "month", 3: "quarter", 12: "year"}


@dataclass(frozen=True, slots=True)
class PeriodRow:
    """A period: its decisions (the URL is "" for a gap) and its overturned ones."""

    decisions: Link
    overturned: str
    rate: RateText


@dataclass(frozen=True, slots=True)
class Course:
    """The trend by `unit`; `summary` is what the chart shows in words, `before` what it can't."""

    unit: str
    chart: TrendChart
    summary: str
    rows: tuple[PeriodRow, ...]
    before: str


def course(trend: Trend | None, state: State, reference: float | None, urls: Urls) -> Course | None:
    """The trend as the page draws it; None where there is none."""
    if trend is None:
        return None
    data = [_datum(one, trend.width) for one in trend.periods]
    unit = _UNITS[trend.width]
    gaps = sum(one.share is None for one in data)
    return Course(
        unit=unit,
        chart=trend_chart(data, reference),
        summary=f"{len(data)} {unit}s, {data[0].label} to {data[-1].label}; {gaps} have no decisions.",
        rows=tuple(_row(one, trend.width, state, urls) for one in trend.periods),
        before=f"{trend.before:,} earlier decisions are not drawn." if trend.before else "",
    )


def _datum(period: Period, width: int) -> Datum:
    rate = period.rate
    return Datum(_label(period.first, width), rate.share, rate.interval, rate.few)


def _row(period: Period, width: int, state: State, urls: Urls) -> PeriodRow:
    label, chosen = _label(period.first, width), state.without("month")
    for month in period.months:
        chosen = chosen.toggled("month", month)
    there = bool(period.months)
    return PeriodRow(
        Link(label, urls.search(chosen) if there else ""),
        urls.search(chosen.toggled("outcome", OVERTURNED)) if there else "",
        rate_text(period.rate),
    )


def _label(first: int, width: int) -> str:
    year, month = divmod(first, 12)
    if width == 12:
        return str(year)
    return f"Q{month // 3 + 1} {year}" if width == 3 else f"{MONTHS[month]} {year}"
