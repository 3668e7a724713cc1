"""Phrases written with `*` for any letters, found in a text in the singular, the plural, or misspelt.

`*` stands at an end of a word ("arthroscop*", "*ectomy", "*acupunct*"). A misspelt word is read as the one
that the data file's table of spellings gives, else, from eight letters on, as the known word one slip away.
"""

from collections.abc import Mapping
from functools import lru_cache
from typing import TypeVar

from search_app.vocabulary.spelling import NearWords
from search_app.vocabulary.words import PhraseTable

Value = TypeVar("Value")


def singular(word: str) -> str:
    """Return a word without the ending of its plural; phrases and texts go through the same mill."""
    if len(word) <= 3 or not word.endswith("s") or word.endswith("ss"):
        return word
    if word.endswith("ies"):
        return word[:-3] + "y"
    if word.endswith(("ches", "shes", "xes", "sses")):
        return word[:-2]
    return word[:-1]


def milled(phrase: str) -> str:
    """Return a phrase as the table holds it: each word in the singular, patterns as they are."""
    return " ".join(word if "*" in word else singular(word) for word in phrase.split())


def _fits(pattern: str, word: str) -> bool:
    core = pattern.strip("*")
    if pattern.endswith("*"):
        return core in word if pattern.startswith("*") else word.startswith(core)
    return word.endswith(core)


class _Forms:
    """Under which keys a word of a text is looked up: its singular, the patterns it fits, its correction."""

    def __init__(self, known: frozenset[str], spellings: Mapping[str, str]) -> None:
        self._patterns = tuple(sorted(word for word in known if "*" in word))
        self._plain = known.difference(self._patterns)
        self._near = NearWords(self._plain)
        self._spellings = {singular(written): meant for written, meant in spellings.items()}

    def of(self, word: str) -> tuple[str, ...]:
        one = singular(word)
        meant = self._spellings.get(one)
        if meant is None:
            fitting = self._fitting(one, word)
            if fitting or one in self._plain:
                return (one, *fitting)
            meant = self._near.nearest(one)
        return (meant, *self._fitting(meant, meant)) if meant else (one,)

    def _fitting(self, one: str, word: str) -> tuple[str, ...]:
        return tuple(pattern for pattern in self._patterns if _fits(pattern, one) or _fits(pattern, word))


def pattern_table(entries: Mapping[str, Value], spellings: Mapping[str, str]) -> PhraseTable[Value]:
    """Return a table of milled phrases and what they stand for; `spellings` maps misspelt to right words."""
    known = frozenset(word for phrase in entries for word in phrase.split())
    table: PhraseTable[Value] = PhraseTable(lru_cache(maxsize=4096)(_Forms(known, spellings).of))
    for phrase, value in sorted(entries.items(), key=lambda entry: entry[0]):
        table.add(phrase.split(), value)
    return table
