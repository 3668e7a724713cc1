"""Decisions like another one, or like a text: those with one outcome beside those with the other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from search_app.engines.base import Engine, Hit
from search_app.model import OVERTURNED, UPHELD, Decision
from search_app.query.highlight import Snippet
from search_app.query.likeness import Likeness, of_decision, of_text, shared
from search_app.query.request import Filter
from search_app.web.pages.parts import Day, Link, Outcome, SearchForm
from search_app.web.urls import Urls

BESIDE = 3
"""Decisions of each outcome that a case page shows for each of its own."""

ON_PAGE = 10
"""Decisions of each outcome on the page of similar ones."""

SHOWN_SHARED = 6
"""Things in common that are told of one decision."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Like:
    """A decision that is like another, and what they share."""

    title: str
    url: str
    outcome: Outcome
    case_id: str
    item: str
    decided: Day | None
    snippets: tuple[Snippet, ...]
    shares: str


@dataclass(frozen=True, slots=True)
class Side:
    """The closest decisions of one outcome."""

    outcome: Outcome
    heading: str
    likes: tuple[Like, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SimilarPage:
    """Everything the page of similar decisions shows.

    `subject` links to the decision that others are like; None for a text, of which `understood` tells what
    was found in it. Without sides it is the form.
    """

    title: str
    form: SearchForm
    action: str
    upheld_first: bool
    subject: Link | None = None
    understood: tuple[str, ...] = ()
    sides: tuple[Side, ...] = ()
    problem: str = ""
    hint: str = ""


def sides(engine: Engine, likeness: Likeness, first: str, limit: int, urls: Urls) -> tuple[Side, ...]:
    """The closest decisions of each outcome, `first` first."""
    other = UPHELD if first == OVERTURNED else OVERTURNED
    return tuple(_side(engine, likeness, outcome, limit, urls) for outcome in (first, other))


def _side(engine: Engine, likeness: Likeness, outcome: str, limit: int, urls: Urls) -> Side:
    found = engine.similar(likeness, (Filter("outcome", (outcome,)),), limit)
    likes = tuple(_like(hit, likeness, urls) for hit in found.hits)
    return Side(Outcome.of(outcome), outcome, likes)


def _like(hit: Hit, likeness: Likeness, urls: Urls) -> Like:
    return Like(
        title=hit.title.text,
        url=urls.case(hit.case.id, number=hit.number),
        outcome=Outcome.of(hit.decision.outcome),
        case_id=hit.case.id,
        item=f"item {hit.number}",
        decided=Day.of(hit.case.decision_date),
        snippets=hit.snippets[:1],
        shares=", ".join(shared(likeness, hit.decision)[:SHOWN_SHARED]),
    )


def beside(engine: Engine, decision: Decision, case_id: str, urls: Urls) -> tuple[Side, ...]:
    """For a case page: the closest decisions with the same outcome, and those with the opposite one."""
    found = sides(engine, of_decision(decision, case_id), decision.outcome, BESIDE, urls)
    headings = ("Same outcome", "Opposite outcome")
    return tuple(replace(side, heading=heading) for side, heading in zip(found, headings, strict=True))


def like_decision(engine: Engine, decision: Decision, decision_id: str, urls: Urls) -> SimilarPage:
    """The page of decisions like one that is in the index."""
    case_id, _, number = decision_id.rpartition("/")
    page = similar_form(urls)
    return replace(
        page,
        title=f"Decisions like {decision.disputed}",
        subject=Link(f"{decision.disputed} ({decision.outcome})", urls.case(case_id, number=int(number))),
        sides=sides(engine, of_decision(decision, case_id), decision.outcome, ON_PAGE, urls),
    )


def like_text(engine: Engine, text: str, upheld_first: bool, urls: Urls) -> SimilarPage:
    """The page of decisions like a text, which is not kept."""
    likeness = of_text(text)
    first = UPHELD if upheld_first else OVERTURNED
    return replace(
        similar_form(urls),
        title="Decisions like your text",
        upheld_first=upheld_first,
        understood=tuple(_understood(likeness)),
        sides=sides(engine, likeness, first, ON_PAGE, urls),
    )


def _understood(likeness: Likeness) -> Iterator[str]:
    yield from (likeness.drugs + likeness.treatments + likeness.body_parts + likeness.topics)[:12]


def similar_form(urls: Urls, problem: str = "", hint: str = "") -> SimilarPage:
    """The page where a text is pasted or uploaded; `problem` tells what was wrong with the last one."""
    return SimilarPage(
        title="Find decisions like a letter",
        form=SearchForm(urls.search_action()),
        action=urls.similar(),
        upheld_first=False,
        problem=problem,
        hint=hint,
    )
