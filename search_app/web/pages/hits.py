"""One result in the list."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search_app.engines.base import Hit
from search_app.query.highlight import Snippet
from search_app.web.pages.parts import STEP, Day, Link, Outcome
from search_app.web.state import State
from search_app.web.urls import Urls, result_anchor


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """A decision found, ready to draw.

    `same_case` marks one of the case that the result before it is of; `twins` leads to decisions with nearly
    the same rationale, which have no place of their own in the list.
    """

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
    same_case: bool
    twins: Link | None


def results(hits: Sequence[Hit], first: int, state: State, urls: Urls) -> tuple[Result, ...]:
    """The views of a page's hits, of which the first stands at place `first` (from 1) of the list."""
    before = (None, *(hit.case.id for hit in hits))
    return tuple(
        _result(hit, first + at, hit.case.id == before[at], state, urls) for at, hit in enumerate(hits)
    )


def _result(hit: Hit, position: int, same_case: bool, state: State, urls: Urls) -> Result:
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
        same_case=same_case,
        twins=_twins(hit, state, urls),
    )


def _twins(hit: Hit, state: State, urls: Urls) -> Link | None:
    if not hit.twins:
        return None
    text = f"{hit.twins:,} more with nearly the same rationale"
    return Link(text, urls.search(state.among_twins(hit.id)))
