"""Spelling: what a typed word that letters hardly have was meant to be.

A word is measured against the index's own words and the vocabularies by the edits between them (Damerau
1964); both begin with the same letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import OSA

from search_app.engines.base import Engine
from search_app.fields import DEFAULT_FIELDS
from search_app.query.analysis import spans, stem
from search_app.query.concepts import concepts
from search_app.query.reading import Reading
from search_app.query.request import SearchRequest
from search_app.query.tree import Word

SHORTEST = 5
"""Letters of a word that can be misspelt; of shorter ones too many are near."""

LONG = 8
"""Letters from which on two edits may part a word from what was meant, below that one."""

TIMES_AS_COMMON = 20
"""How much more common a word must be than one that letters do have, to be what was meant by it."""

_LETTERS = 3
"""Decisions that are read for the spelling of a word."""

_PLACES = ("rationale", "request")


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word and the word that was probably meant; `found` tells whether letters have the typed one."""

    typed: str
    meant: str
    found: bool


def corrections(reading: Reading, engine: Engine) -> tuple[Correction, ...]:
    """The words of a query that are probably misspelt."""
    return tuple(
        found for word in dict.fromkeys(reading.unknown) if (found := _correction(word, engine)) is not None
    )


def corrected(typed: str, changes: tuple[Correction, ...]) -> str:
    """A query with its misspelt words corrected."""
    for one in changes:
        typed = re.sub(rf"(?<!\w){re.escape(one.typed)}(?!\w)", one.meant, typed)
    return typed


def _correction(word: str, engine: Engine) -> Correction | None:
    if len(word) < SHORTEST or not word.isalpha():
        return None
    token = stem(word)
    known = engine.vocabulary(token[:1])
    best = max(_candidates(word, token, known), key=lambda one: (-one[1], one[2]), default=None)
    if best is None:
        return None
    common = engine.search(SearchRequest(tree=Word(token, DEFAULT_FIELDS), limit=1, facets=())).total
    if best[2] < TIMES_AS_COMMON * common:
        return None
    ways = _spelt().get(best[0]) or _spelt_in_letters(best[0], engine)
    meant = min(ways, key=lambda way: (OSA.distance(word.lower(), way), way), default=None)
    return Correction(word, meant, common > 0) if meant and meant != word.lower() else None


def _candidates(word: str, token: str, known: Mapping[str, int]) -> Iterator[tuple[str, int, int]]:
    """Tokens near to a word or its own token, their distance, and how many decisions have them."""
    most = 1 if len(word) < LONG else 2
    spelt = _spelt()
    for other in dict.fromkeys((*known, *(one for one in spelt if one[:1] == token[:1]))):
        if other == token or not other.isalpha():
            continue
        distance = min(OSA.distance(one, other, score_cutoff=most) for one in (token, word.lower()))
        if distance <= most:
            yield other, distance, known.get(other, 0) + (other in spelt)


@cache
def _spelt() -> Mapping[str, frozenset[str]]:
    """The words of the vocabularies by their tokens."""
    spelt: dict[str, set[str]] = defaultdict(set)
    for wording in concepts().written:
        for span in spans(wording):
            spelt[span.token].add(wording[span.start : span.end].lower())
    return {token: frozenset(ways) for token, ways in spelt.items()}


def _spelt_in_letters(token: str, engine: Engine) -> frozenset[str]:
    """How letters spell a token."""
    hits = engine.search(SearchRequest(tree=Word(token, _PLACES), limit=_LETTERS, facets=())).hits
    texts = (text for hit in hits for text in (hit.decision.rationale, hit.decision.request))
    return frozenset(
        text[span.start : span.end].lower() for text in texts for span in spans(text) if span.token == token
    )
