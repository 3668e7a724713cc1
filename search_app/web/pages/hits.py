"""One result in the list."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.engines.base import Hit
from search_app.query.highlight import Snippet
from search_app.web.pages.parts import STEP, Day, Outcome
from search_app.web.state import State
from search_app.web.urls import Urls, result_anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A decision found, ready to draw."""

    position: int
    anchor: str
    title: Snippet
    url: str
    outcome: Outcome
    case_id: str
    fictional: bool
    item: str
    decided: Day | None
    category: str
    drugs: str
    guidelines: str
    reviewer: str
    snippets: tuple[Snippet, ...]
    original_request: str
    authorized: str


def result(hit: Hit, position: int, state: State, urls: Urls) -> Result:
    """The view of a hit that stands at `position` (from 1) of its result list."""
    decision = hit.decision
    cited = decision.reviewer_guidelines
    return Result(
        position=position,
        anchor=result_anchor(position),
        title=hit.title,
        url=urls.case(hit.case.id, state, hit.number, position),
        outcome=Outcome.of(decision.outcome),
        case_id=hit.case.id,
        fictional=hit.case.fictional,
        item=f"item {hit.number}",
        decided=Day.of(hit.case.decision_date),
        category=STEP.join(part for part in (decision.category, decision.subcategory) if part),
        drugs=", ".join(decision.drugs),
        guidelines="; ".join(cited) if cited else "",
        reviewer=", ".join(hit.case.reviewer.boards),
        snippets=hit.snippets,
        original_request=decision.original_request or "",
        authorized=decision.authorized or "",
    )
