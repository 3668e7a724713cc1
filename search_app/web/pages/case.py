"""The page of a case: its header, its summary, and each of its decisions."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from search_app.model import PARTIALLY_OVERTURNED, Decision, Determination
from search_app.web.pages.cite import Cite, cite
from search_app.web.pages.decision import DecisionView, decision_view
from search_app.web.pages.find import FindBox, Marks, Passage
from search_app.web.pages.neighbours import Trail
from search_app.web.pages.parts import Day, Link, Outcome, SearchForm, filter_link
from search_app.web.pages.similar import Side
from search_app.web.pages.timeline import Timeline, timeline
from search_app.web.urls import Urls, item_anchor


@dataclass(frozen=True, slots=True)
class ItemLink:
    """An entry of the list of decisions at the top."""

    text: str
    url: str
    outcome: Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class CasePage:
    """Everything the case page shows."""

    title: str
    form: SearchForm
    case_id: str
    outcome: Outcome
    partial: bool
    fictional: bool
    warnings: tuple[str, ...]
    decided: Day | None
    trail: Trail | None
    items: tuple[ItemLink, ...]
    timeline: Timeline
    worker: str
    priority: str
    specialties: tuple[Link, ...]
    licensure: tuple[Link, ...]
    summary: Passage | None
    decisions: tuple[DecisionView, ...]
    find: FindBox
    cite: Cite
    url: str
    letter_url: str
    json_url: str


LikeIt = Callable[[Decision], tuple[Side, ...]]
"""Gives the decisions that are like one of the case."""

WITH_LIKES = 6
"""Decisions of a case for which similar ones are shown at once; for the others there is a link to them."""


def case_page(
    case: Determination,
    marks: Marks,
    trail: Trail | None,
    like_it: LikeIt,
    form: SearchForm,
    urls: Urls,
) -> CasePage:
    """The page of a determination, with what was searched for and what is looked for in it marked."""
    decisions = tuple(
        decision_view(case, at, marks, like_it(one) if at <= WITH_LIKES else (), urls)
        for at, one in enumerate(case.decisions, 1)
    )
    summary = marks.mark(case.summary, "summary") if case.summary else None
    return CasePage(
        title=f"Case {case.id}: {case.outcome}",
        form=form,
        case_id=case.id,
        outcome=Outcome.of(case.outcome),
        partial=case.outcome == PARTIALLY_OVERTURNED,
        fictional=case.fictional,
        warnings=case.warnings,
        decided=Day.of(case.decision_date),
        trail=trail,
        items=tuple(
            ItemLink(one.title.text, f"#{item_anchor(one.number)}", one.outcome) for one in decisions
        ),
        timeline=timeline(case),
        worker=_worker(case),
        priority=case.priority or "",
        specialties=tuple(filter_link(urls, "specialty", value) for value in case.reviewer.boards),
        licensure=tuple(filter_link(urls, "licensure", value) for value in case.reviewer.licensure),
        summary=summary,
        decisions=decisions,
        find=marks.box(),
        cite=cite(case, urls),
        url=urls.case(case.id),
        letter_url=urls.letter(case.id),
        json_url=urls.api_case(case.id),
    )


def _worker(case: Determination) -> str:
    age = f"{case.age} years" if case.age is not None else ""
    return ", ".join(part for part in (age, case.sex) if part)
