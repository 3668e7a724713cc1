"""The guidelines that the two parties to a decision cited, side by side."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from search_app.model import Citation, Decision
from search_app.vocabulary.guideline_table import OTHER
from search_app.vocabulary.guidelines import same_guideline
from search_app.web.pages.find import Marks, Passage
from search_app.web.pages.parts import filter_link
from search_app.web.urls import Urls

BOTH, ONLY = "Cited by both", "Only here"
"""Told beside each guideline where both parties have a guideline paragraph."""

_NO_PARAGRAPH = "The letter has no such paragraph."


@dataclass(frozen=True, slots=True)
class Guideline:
    """A guideline that a party cited: `places` are the chapters, sections and pages of it."""

    label: str
    url: str
    shared: str
    places: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """What one party cited: the guidelines, the paragraph as printed, and a note where there are none."""

    name: str
    guidelines: tuple[Guideline, ...]
    text: Passage | None
    note: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both parties, and in a sentence how they compare."""

    told: str
    parties: tuple[Party, Party]


def comparison(decision: Decision, marks: Marks, urls: Urls) -> Comparison:
    """Compare what the claims administrator and the reviewer of a decision cited."""
    theirs, ours = decision.claims_admin_guidelines, decision.reviewer_guidelines
    shared = _shared(decision)
    comparable = theirs is not None and ours is not None

    def party(name: str, field: str, labels: tuple[str, ...] | None, text: str | None) -> Party:
        reviewer = field == "guideline"
        citations = decision.reviewer_citations if reviewer else decision.claims_admin_citations
        cited = tuple(
            Guideline(
                label,
                filter_link(urls, field, label).url,
                (BOTH if label in shared else ONLY) if comparable else "",
                tuple(dict.fromkeys(_places(label, citations or ()))),
            )
            for label in labels or ()
        )
        shown = marks.mark(text, field if reviewer else "") if text else None
        return Party(name, cited, shown, _note(name, labels))

    parties = (
        party("Claims administrator", "claims_guideline", theirs, decision.claims_admin_guidelines_text),
        party("Reviewer", "guideline", ours, decision.reviewer_guidelines_text),
    )
    return Comparison(_told(theirs, ours, decision.same_guideline), parties)


def _shared(decision: Decision) -> frozenset[str]:
    """The labels that both cited; what is no known guideline is shared only if its words are the same."""
    sides = (decision.claims_admin_citations or (), decision.reviewer_citations or ())
    theirs, ours = ([one for one in side if one.label == OTHER] for side in sides)
    labels = frozenset(decision.claims_admin_guidelines or ()) & frozenset(decision.reviewer_guidelines or ())
    return labels if same_guideline(ours, theirs) else labels - {OTHER}


def _places(label: str, citations: tuple[Citation, ...]) -> Iterator[str]:
    """What is told of the places in a guideline, one line for each citation of it."""
    for one in citations:
        parts = (
            one.text if label == OTHER else "",
            str(one.year or ""),
            f"chapter {one.chapter}" if one.chapter else "",
            one.topic or "",
            "; ".join(one.sections),
            f"p. {', '.join(one.pages)}" if one.pages else "",
        )
        if one.label == label and any(parts):
            yield ", ".join(filter(None, parts))


def _note(name: str, labels: tuple[str, ...] | None) -> str:
    if labels is None:
        return _NO_PARAGRAPH
    return "" if labels else f"The {name.lower()} cited no guideline."


def _told(theirs: tuple[str, ...] | None, ours: tuple[str, ...] | None, same: bool | None) -> str:
    if theirs == () and ours == ():
        return "Neither party cited a guideline."
    if same is None:
        return ""
    return "Both relied on a same guideline." if same else "They relied on different guidelines."
