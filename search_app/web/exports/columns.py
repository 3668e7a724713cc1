"""The columns of a table of decisions."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from search_app.engines.base import Listed
from search_app.web.urls import Urls

Cell: TypeAlias = str | int | date | None

MOST = 100_000
"""Decisions in one file. Narrow the search, by dates for one, to take more away in parts."""


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, its width in characters, and the cell of a decision; several values are joined in one."""

    heading: str
    width: int
    value: Callable[[Listed], Cell]


def columns(urls: Urls) -> tuple[Column, ...]:
    """The columns; `urls` makes the links to cases."""
    return (
        Column("Case", 15, lambda one: one.case.id),
        Column("Item", 6, lambda one: one.number),
        Column("Outcome", 12, lambda one: one.decision.outcome),
        Column("Decided", 12, lambda one: one.case.decision_date),
        Column("Disputed", 50, lambda one: one.decision.disputed),
        Column("Originally requested", 30, lambda one: one.decision.original_request),
        Column("Authorized", 30, lambda one: one.decision.authorized),
        Column("Category", 20, lambda one: one.decision.category),
        Column("Subcategory", 20, lambda one: one.decision.subcategory),
        Column("Drugs", 20, lambda one: _joined(one.decision.drugs)),
        Column("Body parts", 20, lambda one: _joined(one.decision.body_parts)),
        Column("Reviewer's guidelines", 30, lambda one: _joined(one.decision.reviewer_guidelines)),
        Column(
            "Claims administrator's guidelines", 30, lambda one: _joined(one.decision.claims_admin_guidelines)
        ),
        Column("Same guideline", 10, lambda one: _yes_or_no(one.decision.same_guideline)),
        Column("Reviewer's specialties", 30, lambda one: _joined(one.case.reviewer.boards)),
        Column("Licensed in", 15, lambda one: _joined(one.case.reviewer.licensure)),
        Column("Worker's age", 8, lambda one: one.case.age),
        Column("Worker's sex", 8, lambda one: one.case.sex),
        Column("Injured", 12, lambda one: one.case.date_of_injury),
        Column("Denied by utilization review", 12, lambda one: one.case.ur_denial_date),
        Column("Application received", 12, lambda one: one.case.received_date),
        Column("Assigned", 12, lambda one: one.case.date_assigned),
        Column("Priority", 10, lambda one: one.case.priority),
        Column("Rationale", 100, lambda one: one.decision.rationale),
        Column("Page", 40, lambda one: urls.case(one.case.id, number=one.number)),
        Column("Fictional", 8, lambda one: _yes_or_no(one.case.fictional)),
    )


def _joined(values: Iterable[str] | None) -> str:
    return "; ".join(values or ())


def _yes_or_no(value: bool | None) -> str:
    return {True: "yes", False: "no", None: ""}[value]
