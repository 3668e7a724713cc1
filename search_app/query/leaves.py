"""Words and phrases as leaves of the tree."""

from __future__ import annotations

from search_app.query.analysis import tokens
from search_app.query.tree import Phrase, Word


def leaf(text: str, fields: tuple[str, ...], slop: int = 0) -> Word | Phrase | None:
    """The leaf for a word or phrase as typed; None if nothing in it is a token.

    What looks like one word but has several tokens (L4-L5, 10/325mg) is a phrase of them.
    """
    found = tuple(tokens(text))
    if not found:
        return None
    return Word(found[0], fields) if len(found) == 1 else Phrase(found, fields, slop)
