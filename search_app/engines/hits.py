"""A hit as it is shown: why the decision was found, in the letter's own words."""

from __future__ import annotations

from collections.abc import Callable

from search_app.engines.base import Hit
from search_app.model import Decision, Determination
from search_app.query.highlight import Highlighter, Snippet


def hit(
    case: Determination, number: int, score: float, highlighter: Highlighter, summary: Callable[[], str]
) -> Hit:
    """The hit for a case that has but the decision found; for `summary` see `_snippets`."""
    (decision,) = case.decisions
    title = highlighter.mark(decision.disputed, "request")
    return Hit(
        case=case,
        number=number,
        decision=decision,
        score=round(score, 6),
        title=title,
        snippets=_snippets(highlighter, title, decision, summary),
    )


def _snippets(
    highlighter: Highlighter, title: Snippet, decision: Decision, summary: Callable[[], str]
) -> tuple[Snippet, ...]:
    """Passages of the rationale with the searched words, or its beginning.

    Where neither the title nor the rationale has any, a passage of the case summary that has some follows;
    `summary` is asked for only then.
    """
    found = highlighter.passages(decision.rationale, "rationale")
    if title.marked or found[0].marked or not highlighter.leaves:
        return found
    background = highlighter.passages(summary(), "summary", limit=1)
    return (*found, *background) if background[0].marked else found
