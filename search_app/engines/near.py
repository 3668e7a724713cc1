"""What engines do alike with near phrases that their libraries don't find exactly: candidates are read."""

from __future__ import annotations

from collections.abc import Sequence

from search_app.errors import TooCostly
from search_app.fields import FIELDS
from search_app.query.phrase import occurrences
from search_app.query.tree import Phrase

MOST_READ = 3_000
"""Candidates in one field; reading one takes some 0.2 ms."""


def check_candidates(field: str, total: int) -> None:
    """Raise TooCostly for more candidates than may be read."""
    if total > MOST_READ:
        raise TooCostly(
            f"Words of a phrase with ~ come near each other in the {FIELDS[field].label.lower()} of "
            f"{total:,} decisions. Where it has three words or more, or one word twice, each of them "
            f"must be read, and at most {MOST_READ:,} can be.",
            "Search for two of the words, or rarer ones, or nearer to each other.",
        )


def occurs(leaf: Phrase, run: Sequence[str]) -> bool:
    """Whether the phrase occurs in the tokens of a text."""
    places = [[at for at, token in enumerate(run) if token == wanted] for wanted in leaf.tokens]
    return next(occurrences(places, leaf.slop), None) is not None
