"""Overturn rates of the decisions that a search finds: by what they are, over time, by both guidelines."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.fields import FIELDS
from search_app.insights.overview import Overview
from search_app.insights.rates import FEW, Rate
from search_app.insights.tables import Row, Table
from search_app.model import OVERTURNED
from search_app.web.asked import Asked
from search_app.web.charts import Bar, percent
from search_app.web.pages.narrowing import filter_texts
from search_app.web.pages.over_time import Course, course
from search_app.web.pages.pairs import Pairs, pairs
from search_app.web.pages.parts import Link, SearchForm, value_label
from search_app.web.pages.rate_texts import RateText, rate_text
from search_app.web.state import State
from search_app.web.urls import Urls, rates_anchor

SHOWN = 12
"""Rows of a table that are shown at once."""

MOST = 300
"""Rows of a table that is opened."""

ORDERS = {"n": "most decisions first", "rate": "highest rate first"}
"""How rows can be sorted, and how the page says it; the first is the default."""


@dataclass(frozen=True, slots=True)
class View:
    """How the page is drawn: the order of rows, and the facet whose table is open, or ""."""

    order: str = "n"
    opened: str = ""


@dataclass(frozen=True, slots=True)
class RateRow:
    """A value of a facet: all its decisions, and its overturned ones, each a link."""

    decisions: Link
    overturned: str
    rate: RateText
    bar: Bar


@dataclass(frozen=True, slots=True)
class RateTable:
    """Rates by a facet; `more` opens the rest, `left_out` tells what can't be listed."""

    anchor: str
    title: str
    help: str
    rows: tuple[RateRow, ...]
    sorts: tuple[Link, ...]
    more: Link | None
    left_out: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InsightsPage:
    """Everything the page shows; numbers are ready to print, shares in percent."""

    title: str
    form: SearchForm
    notices: tuple[str, ...]
    subject: str
    filters: tuple[str, ...]
    back: Link
    counted: Link
    few_below: int
    overall: RateText
    overall_bar: Bar
    overturned: Link
    one_sided: str
    corpus: RateText | None
    reference: float
    tables: tuple[RateTable, ...]
    course: Course | None
    pairs: Pairs
    json_url: str


def insights_page(asked: Asked, state: State, found: Overview, view: View, urls: Urls) -> InsightsPage:
    """The page of a search; `state` is that of the decisions that are counted."""
    overall = found.rates.overall
    return InsightsPage(
        title="Insights",
        form=SearchForm(urls.search_action(), state.query),
        notices=tuple(problem.message for problem in asked.search.problems),
        subject=state.query,
        filters=filter_texts(state),
        back=Link("Back to results", urls.search(asked.state)),
        counted=Link(_decisions(overall.n), urls.search(state)),
        few_below=FEW,
        overall=rate_text(overall),
        overall_bar=_bar(overall),
        overturned=Link(f"{overall.overturned:,} overturned", urls.search(_overturned(state))),
        one_sided=_one_sided(overall),
        corpus=rate_text(found.corpus) if found.corpus.n != overall.n else None,
        reference=percent(found.corpus.share or 0),
        tables=tuple(
            _table(table, state, view, urls)
            for table in found.rates.tables.values()
            if table.field != "month" and table.rows
        ),
        course=course(found.trend, state, found.corpus.share, urls),
        pairs=pairs(found.pairing, state, urls),
        json_url=urls.api_insights(state),
    )


def _table(table: Table, state: State, view: View, urls: Urls) -> RateTable:
    field = table.field
    rows = _in_order(table, view.order)
    shown = MOST if view.opened == field else SHOWN
    anchor = rates_anchor(field)
    hidden = len(rows) - shown
    return RateTable(
        anchor=anchor,
        title=FIELDS[field].label,
        help=FIELDS[field].help,
        rows=tuple(_row(field, row, state, urls) for row in rows[:shown]),
        sorts=tuple(
            Link(text, urls.insights(state, order, view.opened, field), order == view.order)
            for order, text in ORDERS.items()
        ),
        more=Link(f"Show {hidden:,} more", urls.insights(state, view.order, field, field))
        if hidden > 0 and shown == SHOWN
        else None,
        left_out=f"{table.left_out:,} rarer values are not listed." if table.left_out else "",
    )


def _in_order(table: Table, order: str) -> Sequence[Row]:
    """The rows of a table; by rate, those of few decisions come last."""
    if order == "rate":
        return sorted(
            table.rows, key=lambda row: (row.rate.few, -(row.rate.share or 0), -row.rate.n, row.value)
        )
    return table.rows


def _row(field: str, row: Row, state: State, urls: Urls) -> RateRow:
    chosen = state.without(field).toggled(field, row.value)
    return RateRow(
        Link(value_label(field, row.value), urls.search(chosen)),
        urls.search(_overturned(chosen)),
        rate_text(row.rate),
        _bar(row.rate),
    )


def _bar(rate: Rate) -> Bar:
    return Bar.of(rate.share or 0, rate.interval)


def _overturned(state: State) -> State:
    return state.toggled("outcome", OVERTURNED)


def _decisions(number: int) -> str:
    return "1 decision" if number == 1 else f"{number:,} decisions"


def _one_sided(rate: Rate) -> str:
    if rate.n == 0 or 0 < rate.overturned < rate.n:
        return ""
    outcome = "overturned" if rate.overturned else "upheld"
    return (
        f"All of them are {outcome}. If your words ask for an outcome, such as “approved” or “denied”, "
        "the rates here only repeat it."
    )
