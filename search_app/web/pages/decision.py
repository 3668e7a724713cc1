"""One decision on a case page."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.fields import PATH_SEPARATOR
from search_app.model import Decision
from search_app.query.highlight import Highlighter, Segment, Snippet
from search_app.web.pages.parts import Link, Outcome, filter_link
from search_app.web.pages.similar import Side
from search_app.web.urls import Urls, item_anchor


@dataclass(frozen=True, slots=True)
class Cited:
    """What one party cited: the labels, the paragraph, and a note where there is nothing to show."""

    party: str
    labels: tuple[Link, ...]
    text: Snippet | None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision ready to draw; `request` is the printed heading where it says more than the title."""

    number: int
    anchor: str
    title: Snippet
    outcome: Outcome
    request: Snippet | None
    original_request: str
    authorized: str
    category: tuple[Link, ...]
    drugs: tuple[Link, ...]
    body: tuple[Link, ...]
    agreement: str
    claims_admin: Cited
    reviewer: Cited
    rationale: Snippet
    similar: tuple[Side, ...]
    similar_url: str


def decision_view(
    decision_id: str, decision: Decision, highlighter: Highlighter, similar: tuple[Side, ...], urls: Urls
) -> DecisionView:
    """The view of a decision, with what was searched for marked, and decisions like it."""
    number = int(decision_id.rpartition("/")[2])
    differs = decision.request.strip() != decision.disputed.strip()
    return DecisionView(
        number=number,
        anchor=item_anchor(number),
        title=highlighter.mark(decision.disputed, "request"),
        outcome=Outcome.of(decision.outcome),
        request=highlighter.mark(decision.request, "request") if differs else None,
        original_request=decision.original_request or "",
        authorized=decision.authorized or "",
        category=_category(decision, urls),
        drugs=tuple(filter_link(urls, "drug", drug) for drug in decision.drugs),
        body=tuple(filter_link(urls, "body_part", part) for part in decision.body_parts),
        agreement=_agreement(decision.same_guideline),
        claims_admin=_claims_admin(decision),
        reviewer=_reviewer(decision, highlighter, urls),
        rationale=highlighter.mark(decision.rationale, "rationale"),
        similar=similar,
        similar_url=urls.similar(decision_id),
    )


def _category(decision: Decision, urls: Urls) -> tuple[Link, ...]:
    if not decision.category:
        return ()
    branch = filter_link(urls, "category", decision.category)
    if not decision.subcategory:
        return (branch,)
    path = decision.category + PATH_SEPARATOR + decision.subcategory
    return branch, Link(decision.subcategory, filter_link(urls, "subcategory", path).url)


def _claims_admin(decision: Decision) -> Cited:
    labels = tuple(Link(label, "") for label in decision.claims_admin_guidelines or ())
    text = decision.claims_admin_guidelines_text
    shown = Snippet((Segment(text),)) if text else None
    return Cited("Claims administrator", labels, shown, _note(decision.claims_admin_guidelines))


def _reviewer(decision: Decision, highlighter: Highlighter, urls: Urls) -> Cited:
    labels = tuple(filter_link(urls, "guideline", label) for label in decision.reviewer_guidelines or ())
    text = decision.reviewer_guidelines_text
    shown = highlighter.mark(text, "guideline") if text else None
    return Cited("Reviewer", labels, shown, _note(decision.reviewer_guidelines))


def _note(labels: tuple[str, ...] | None) -> str:
    if labels is None:
        return "The letter has no such paragraph."
    return "" if labels else "No guideline cited."


def _agreement(same: bool | None) -> str:
    if same is None:
        return ""
    return "Both relied on a same guideline." if same else "They relied on different guidelines."
