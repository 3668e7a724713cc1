"""The one definition of tokens, which every engine gets in its native form.

A token is a run of letters with the digits that follow it, or a run of digits; a possessive 's belongs to
its word. It is lower-cased and stemmed with the Snowball English stemmer (Porter 2):

>>> tokens("Norco 10/325mg for L4-L5, patient's radiculopathy")
['norco', '10', '325', 'mg', 'for', 'l4', 'l5', 'patient', 'radiculopathi']
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

TOKEN_PATTERN = r"[^\W\d_]+\d*(?:['’][sS]\b)?|\d+"
"""In the syntax that Python's `re` shares with other engines' regular expressions."""

MAX_TOKEN = 100
"""Characters of a token that count; longer runs of letters are no words, and some engines refuse them."""

_TOKEN = re.compile(TOKEN_PATTERN)
_STEMMER = snowballstemmer.stemmer("english")


@dataclass(frozen=True, slots=True)
class Span:
    """A token and where it stands in the text, in characters: text[start:end]."""

    token: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The token of one word that `TOKEN_PATTERN` found."""
    folded = word.lower().replace("’", "'")[:MAX_TOKEN]
    stemmed: str = _STEMMER.stemWord(folded)
    return stemmed


def spans(text: str) -> Iterator[Span]:
    """The tokens of a text in order, with their places."""
    for found in _TOKEN.finditer(text):
        yield Span(stem(found.group()), found.start(), found.end())


def tokens(text: str) -> list[str]:
    """The tokens of a text in order."""
    return [stem(word) for word in _TOKEN.findall(text)]


def words(text: str) -> list[str]:
    """The words of a text as typed, before folding and stemming."""
    return _TOKEN.findall(text)
