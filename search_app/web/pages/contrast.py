"""What sets outcomes apart among the decisions that a search finds."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.engines.answering import Answer
from search_app.insights.contrast import FEWEST, SAMPLE, Mark, Marks
from search_app.web.asked import Asked
from search_app.web.pages.narrowing import filter_texts
from search_app.web.pages.parts import Link, Outcome, SearchForm
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Marking:
    """A phrase that marks an outcome, as a search for it, and how many decisions of each outcome have it."""

    link: Link
    here: str
    there: str


@dataclass(frozen=True, slots=True)
class MarkedOutcome:
    """The phrases that mark an outcome; `other` names the outcome that it is held against."""

    outcome: Outcome
    other: str
    read: str
    phrases: tuple[Marking, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ContrastPage:
    """Everything the page shows; `too_few` tells why there is nothing to compare."""

    title: str
    form: SearchForm
    subject: str
    filters: tuple[str, ...]
    back: Link
    total: str
    sample: str
    outcomes: tuple[MarkedOutcome, ...]
    too_few: str


def contrast_page(asked: Asked, answered: Answer, marks: tuple[Marks, Marks], urls: Urls) -> ContrastPage:
    """The page of a search and the marks that were found in it."""
    any_phrase = any(one.phrases for one in marks)
    few = min(marks, key=lambda one: one.read)
    return ContrastPage(
        title="What sets outcomes apart",
        form=SearchForm(urls.search_action(), asked.state.query),
        subject=asked.state.query,
        filters=filter_texts(asked.state.without("outcome")),
        back=Link("Back to results", urls.search(asked.state)),
        total=f"{answered.page.total:,}",
        sample=f"{SAMPLE:,}",
        outcomes=tuple(_marked(asked, *pair, urls) for pair in (marks, marks[::-1])) if any_phrase else (),
        too_few=_too_few(few),
    )


def _too_few(few: Marks) -> str:
    if few.read >= FEWEST:
        return ""
    if few.read:
        number = f"{few.read} of them was" if few.read == 1 else f"{few.read} of them were"
        return f"Only {number} {few.outcome.lower()}, too few to compare: search for less."
    return (
        f"None of them was {few.outcome.lower()}, so there is nothing to compare. If a word of the search "
        "asks for an outcome, leave it out."
    )


def _marked(asked: Asked, marks: Marks, other: Marks, urls: Urls) -> MarkedOutcome:
    return MarkedOutcome(
        outcome=Outcome.of(marks.outcome),
        other=other.outcome.lower(),
        read=f"{marks.read:,}",
        phrases=tuple(_marking(asked, mark, marks, other, urls) for mark in marks.phrases),
    )


def _marking(asked: Asked, mark: Mark, marks: Marks, other: Marks, urls: Urls) -> Marking:
    state = asked.state.without("outcome").toggled("outcome", marks.outcome)
    query = f'{state.query} "{mark.phrase}"'.strip()
    return Marking(
        Link(mark.phrase, urls.search(state.asking(query))),
        f"{mark.here:,} of {marks.read:,}",
        f"{mark.there:,} of {other.read:,}",
    )
