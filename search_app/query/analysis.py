"""The one definition of tokens, which every engine gets in its native form.

A token is a run of letters with the digits that follow it, or a run of digits; a possessive 's belongs to
its word. It is lower-cased and stemmed with the Snowball English stemmer (Porter 2):

>>> tokens("Norco 10/325mg for L4-L5, patient's radiculopathy")
['norco', '10', '325', 'mg', 'for', 'l4', 'l5', 'patient', 'radiculopathi']
"""

from __future__ import annotations

import re
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import snowballstemmer

LETTERS = (
    "A-Za-z"
    "\u00aa\u00b5\u00ba\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02af"  # Latin
    "\u0370-\u0373\u0376\u0377\u037b-\u037d\u037f\u0386\u0388-\u03f5\u03f7-\u03ff"  # Greek
    "\u0400-\u0481\u048a-\u052f\u0531-\u0556\u0561-\u0587"  # Cyrillic, Armenian
    "\u05d0-\u05ea\u0620-\u064a\u0904-\u0939"  # Hebrew, Arabic, Devanagari
    "\u1e00-\u1fbc\u2c60-\u2c7f"  # Latin and Greek with marks
    "\u3041-\u3096\u30a1-\u30fa\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3"  # East Asian
    "\uff21-\uff3a\uff41-\uff5a"  # full width
)
"""Ranges of a character class. What regular expressions take for a word character differs between languages
and versions of Unicode; these are the same letters everywhere."""

MAX_TOKEN = 100
"""Characters of a token that count; longer runs of letters are no words, and some engines refuse them."""


_TOKEN = re.compile(rf"[{LETTERS}]+[0-9]*(?:['\u2019][sS](?a:\b))?|[0-9]+")


class _Stemmer(threading.local):
    """A stemmer for each thread: it holds the word that it works on, and threads would share that."""

    def __init__(self) -> None:
        self.of = snowballstemmer.stemmer("english").stemWord


_stemmer = _Stemmer()


@dataclass(frozen=True, slots=True)
class Span:
    """A token and where it stands in the text, in characters: text[start:end]."""

    token: str
    start: int
    end: int


@lru_cache(maxsize=200_000)
def stem(word: str) -> str:
    """The token of one word that the pattern found."""
    plain = word[:MAX_TOKEN].replace("’", "'")
    stemmed: str = _stemmer.of(plain.lower() if plain.isascii() else "".join(map(str.lower, plain)))
    return stemmed


def spans(text: str) -> Iterator[Span]:
    """The tokens of a text in order, with their places."""
    for found in _TOKEN.finditer(text):
        yield Span(stem(found.group()), found.start(), found.end())


def tokens(text: str) -> list[str]:
    """The tokens of a text in order."""
    return [stem(word) for word in _TOKEN.findall(text)]


def words(text: str) -> list[str]:
    """The words of a text as typed, before folding and stemming; of long ones what counts."""
    return [word[:MAX_TOKEN] for word in _TOKEN.findall(text)]
