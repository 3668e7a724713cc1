"""One decision on a case page."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.fields import PATH_SEPARATOR
from search_app.model import Decision, Determination
from search_app.web.pages.cite import Cite, cite
from search_app.web.pages.find import Marks, Passage
from search_app.web.pages.guidelines import Comparison, comparison
from search_app.web.pages.parts import Link, Outcome, filter_link
from search_app.web.pages.similar import Side
from search_app.web.urls import Urls, item_anchor


@dataclass(frozen=True, slots=True)
class Portion:
    """A request that was authorized in part: what was asked, what was authorized, what was left to decide."""

    asked: Passage
    authorized: Passage
    left: Passage


@dataclass(frozen=True, slots=True, kw_only=True)
class DecisionView:
    """A decision ready to draw; `request` is the printed heading where it says more than the title."""

    number: int
    anchor: str
    title: Passage
    outcome: Outcome
    portion: Portion | None
    request: Passage | None
    category: tuple[Link, ...]
    drugs: tuple[Link, ...]
    body: tuple[Link, ...]
    rationale: Passage
    guidelines: Comparison
    similar: tuple[Side, ...]
    similar_url: str
    cite: Cite


def decision_view(
    case: Determination, number: int, marks: Marks, similar: tuple[Side, ...], urls: Urls
) -> DecisionView:
    """The view of decision `number` of a case; its texts are marked in reading order."""
    decision = case.decisions[number - 1]
    title = marks.mark(decision.disputed, "request")
    portion = _portion(decision, marks)
    differs = decision.request.strip() != decision.disputed.strip()
    request = marks.mark(decision.request, "request") if differs and not portion else None
    rationale = marks.mark(decision.rationale, "rationale")
    return DecisionView(
        number=number,
        anchor=item_anchor(number),
        title=title,
        outcome=Outcome.of(decision.outcome),
        portion=portion,
        request=request,
        category=_category(decision, urls),
        drugs=tuple(filter_link(urls, "drug", drug) for drug in decision.drugs),
        body=tuple(filter_link(urls, "body_part", part) for part in decision.body_parts),
        rationale=rationale,
        guidelines=comparison(decision, marks, urls),
        similar=similar,
        similar_url=urls.similar(f"{case.id}/{number}"),
        cite=cite(case, urls, number),
    )


def _portion(decision: Decision, marks: Marks) -> Portion | None:
    if not (decision.original_request or decision.authorized):
        return None
    return Portion(
        asked=marks.mark(decision.original_request or ""),
        authorized=marks.mark(decision.authorized or ""),
        left=marks.mark(decision.disputed, "request"),
    )


def _category(decision: Decision, urls: Urls) -> tuple[Link, ...]:
    if not decision.category:
        return ()
    branch = filter_link(urls, "category", decision.category)
    if not decision.subcategory:
        return (branch,)
    path = decision.category + PATH_SEPARATOR + decision.subcategory
    return branch, Link(decision.subcategory, filter_link(urls, "subcategory", path).url)
