"""The passages that a hit shows: why it was found, in the letter's own words."""

from __future__ import annotations

from collections.abc import Callable

from search_app.model import Decision
from search_app.query.highlight import Highlighter, Snippet


def snippets(
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
