"""Which documents the leaves of a tree match, and with what score.

Scores are BM25 (Robertson and Zaragoza 2009) per field, weighted by the field table and summed. What was
found lately is remembered: people tick facets, turn pages and change a word of a query.
"""

from __future__ import annotations

from array import array
from collections import Counter, OrderedDict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from math import log
from operator import and_

from search_app import deadline
from search_app.engines.layout import INEXACT, concept_field
from search_app.engines.whoosh import postings
from search_app.engines.whoosh.bits import bits_of
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.fields import FIELDS
from search_app.query import tree
from search_app.query.concepts import identifier
from search_app.query.distance import accepted
from search_app.query.phrase import occurrences

K1 = 1.2
B = 0.75
"""BM25's usual constants, those of Lucene and Tantivy, so that engines rank alike."""

UNIT = 1_000_000
"""Scores are whole millionths, so that the order of additions can't part equal ones."""

_REMEMBERED = 2_000_000
"""Documents of all leaves remembered, at 16 bytes each: 200 words that are in each of 10,000 decisions."""


@dataclass(frozen=True, slots=True)
class Found:
    """The documents that a leaf matches: as a set of `bits`, and one by one beside their scores."""

    bits: int
    documents: Sequence[int]
    scores: Sequence[int]


class Leaves:
    """Finds leaves in one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot
        self._reader = snapshot.reader
        self._norms: dict[str, Sequence[float]] = {}
        self._remembered: OrderedDict[tree.Leaf, Found] = OrderedDict()
        self._held = 0

    def find(self, leaf: tree.Leaf) -> Found:
        """What the leaf matches in any of its fields."""
        if leaf not in self._remembered:
            self._remember(leaf, self._find(leaf))
        self._remembered.move_to_end(leaf)
        return self._remembered[leaf]

    def _remember(self, leaf: tree.Leaf, found: Found) -> None:
        self._remembered[leaf] = found
        self._held += len(found.documents)
        while self._held > _REMEMBERED and len(self._remembered) > 1:
            self._held -= len(self._remembered.popitem(last=False)[1].documents)

    def _find(self, leaf: tree.Leaf) -> Found:
        sums: Counter[int] = Counter()
        for field in leaf.fields:
            deadline.check()
            sums.update(self._in_field(leaf, field))
        return Found(bits_of(sums, self._snapshot.size), array("I", sums), array("Q", sums.values()))

    def _in_field(self, leaf: tree.Leaf, field: str) -> Mapping[int, int]:
        weight = FIELDS[field].weight or 1.0
        match leaf:
            case tree.Word():
                return self._bm25(field, self._term(field, leaf.token), weight * leaf.weight)
            case tree.Phrase():
                # A phrase weighs as much as its words.
                return self._bm25(field, self._phrase(field, leaf), weight * leaf.weight * len(leaf.tokens))
            case tree.Concept():
                own = concept_field(field)
                return self._bm25(own, self._term(own, identifier(leaf.name)), weight * leaf.weight)
        terms = accepted(leaf, self._snapshot.terms(field))
        found = {document for term in terms for document in self._documents(field, term)}
        return dict.fromkeys(found, round(INEXACT * weight * UNIT))

    def _documents(self, field: str, token: str) -> Iterable[int]:
        return self._snapshot.alive(postings.documents_of(self._reader, field, token.encode()))

    def _term(self, field: str, term: str) -> dict[int, float]:
        """How often the term occurs in each document."""
        return postings.frequencies(self._reader, field, term.encode())

    def _phrase(self, field: str, leaf: tree.Phrase) -> dict[int, float]:
        """How often the phrase occurs in each document."""
        places = {token: postings.places(self._reader, field, token.encode()) for token in leaf.tokens}
        found = {}
        for document in reduce(and_, map(dict.keys, places.values())):
            deadline.check()
            values = (places[token][document] for token in leaf.tokens)
            if number := sum(1 for _ in occurrences([*map(postings.positions, values)], leaf.slop)):
                found[document] = float(number)
        return found

    def _bm25(self, field: str, frequencies: Mapping[int, float], weight: float) -> Mapping[int, int]:
        documents = self._snapshot.alive(list(frequencies))
        total, found = self._snapshot.live.bit_count(), len(documents)
        scale = weight * (K1 + 1) * log(1 + (total - found + 0.5) / (found + 0.5)) * UNIT
        norms = self._norms_of(field)
        return {
            document: round(scale * often / (often + norms[document]))
            for document in documents
            for often in (frequencies[document],)
        }

    def _norms_of(self, field: str) -> Sequence[float]:
        """BM25's divisor of each document, but for the frequency."""
        if field not in self._norms:
            average = self._reader.field_length(field) / max(self._snapshot.size, 1) or 1
            lengths = self._snapshot.lengths(field)
            self._norms[field] = [K1 * (1 - B + B * length / average) for length in lengths]
        return self._norms[field]
