"""Spelling: what a typed word that letters hardly have was meant to be.

A word is measured against the index's own words and the vocabularies by the edits between them (Damerau
1964); both begin with the same letter.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import islice

from rapidfuzz.distance import OSA

from search_app.engines.base import Engine
from search_app.fields import DEFAULT_FIELDS
from search_app.query.analysis import spans, stem
from search_app.query.concepts import concepts
from search_app.query.quoting import replaced
from search_app.query.reading import Reading, read
from search_app.query.request import SearchRequest
from search_app.query.tree import Word

SHORTEST = 5
"""Letters of a word that can be misspelt; of shorter ones too many are near."""

LONG = 8
"""Letters from which on two edits may part a word from what was meant, below that one."""

TIMES_AS_COMMON = 20
"""How much more common a word must be than one that letters do have, to be what was meant by it."""

MOST_WORDS = 10
"""Words of one query that are mended: for each, all that begin with its letter are looked through."""

_LETTERS = 3
"""Decisions that are read for the spelling of a word."""

_TRIED = 5
"""Tokens whose spelling is looked at, the nearest first."""

_OPPOSITES = (("hypo", "hyper"), ("ab", "ad"), ("inter", "intra"), ("pre", "post"), ("micro", "macro"))
"""Beginnings that part words which mean the opposite, or something else, but look alike."""

_PLACES = ("rationale", "request")


@dataclass(frozen=True, slots=True)
class Correction:
    """A typed word and the word that was probably meant; `found` tells whether letters have the typed one."""

    typed: str
    meant: str
    found: bool


def corrections(reading: Reading, engine: Engine) -> tuple[Correction, ...]:
    """The words of a query that are probably misspelt."""
    words = islice(dict.fromkeys(reading.unknown), MOST_WORDS)
    return tuple(found for word in words if (found := _correction(word, engine)) is not None)


def corrected(typed: str, changes: tuple[Correction, ...]) -> str:
    """A query with its misspelt words corrected."""
    for one in changes:
        typed = replaced(typed, one.typed, lambda _, meant=one.meant: meant)  # type: ignore[misc]
    return typed


def _correction(word: str, engine: Engine) -> Correction | None:
    if len(word) < SHORTEST or not word.isalpha():
        return None
    token = stem(word)
    common = engine.search(SearchRequest(tree=Word(token, DEFAULT_FIELDS), limit=1, facets=())).total
    near = sorted(_near(word, token, engine.vocabulary(token[:1])), key=lambda one: (one.edits, -one.count))
    for one in near[:_TRIED]:
        ways = _spelt().get(one.token) or _spelt_in_letters(one.token, engine)
        meant = min(ways, key=lambda way: (OSA.distance(word.lower(), way), way), default=word)
        if _is_meant(word.lower(), meant) and _count(one, meant, engine) >= max(1, TIMES_AS_COMMON * common):
            return Correction(word, meant, common > 0)
    return None


def _count(one: _Near, meant: str, engine: Engine) -> int:
    """The decisions that have a word; of one that only vocabularies have, those that have what it means."""
    if one.count:
        return one.count
    return engine.search(SearchRequest(tree=read(meant).tree, limit=1, facets=())).total


def _is_meant(word: str, other: str) -> bool:
    """Whether a spelling is so near that a slip parts them, and not the one letter that makes an opposite."""
    return 0 < OSA.distance(word, other) <= _most_edits(word) and not any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )


def _most_edits(word: str) -> int:
    return 1 if len(word) < LONG else 2


@dataclass(frozen=True, slots=True)
class _Near:
    """A token, its edits from a word or that word's own, and how many decisions have it."""

    token: str
    edits: int
    count: int


def _near(word: str, token: str, known: Mapping[str, int]) -> Iterator[_Near]:
    """The tokens near to a word, its own left out.

    A word is held against tokens, and against what the vocabularies spell; only a spelling tells in the end.
    """
    most, written, spelt = _most_edits(word), word.lower(), _spelt()
    for other in dict.fromkeys((*known, *(one for one in spelt if one[:1] == token[:1]))):
        if other == token or not other.isalpha():
            continue
        forms = (other, *spelt.get(other, ()))
        edits = min(
            OSA.distance(token, other, score_cutoff=most),
            *(OSA.distance(written, form, score_cutoff=most) for form in forms),
        )
        if edits <= most:
            yield _Near(other, edits, known.get(other, 0))


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
