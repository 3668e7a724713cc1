"""Phrases with slop: Tantivy's own for two words; for more, what it finds is checked word by word.

Tantivy spends the slop of a longer phrase as a budget between neighbours, and lets one place stand for a
word that the phrase has twice; `tree.Phrase` does neither. Where every two of the words stand near enough
is a question that Tantivy answers exactly; decisions where that holds are candidates, and are read.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from tantivy import DocAddress, Query, Schema, Searcher

from search_app import deadline
from search_app.engines.near import check_candidates, occurs
from search_app.engines.tantivy.compiling import all_of, unscored
from search_app.engines.tantivy.counting import Counting
from search_app.engines.tantivy.schema import NEWEST, sort_key
from search_app.engines.tantivy.stored import Stored
from search_app.fields import texts
from search_app.query.analysis import tokens
from search_app.query.tree import Phrase


class Near:
    """Makes queries for phrases with slop, over one commit."""

    def __init__(self, schema: Schema, searcher: Searcher, stored: Stored) -> None:
        self._schema = schema
        self._searcher = searcher
        self._stored = stored

    def __call__(self, leaf: Phrase, field: str) -> Query:
        """The query for the phrase in a field."""
        candidates = all_of(self._pairs(leaf, field))
        if len(leaf.tokens) == 2 and len(set(leaf.tokens)) == 2:
            return candidates
        found = Query.term_set_query(self._schema, NEWEST, list(self._checked(candidates, leaf, field)))
        return all_of([candidates, unscored(found)])

    def _pairs(self, leaf: Phrase, field: str) -> Iterator[Query]:
        """Every two of the words, each as near to its place in the phrase as the slop allows."""
        for pair in combinations(enumerate(leaf.tokens), 2):
            yield Query.phrase_query(self._schema, field, list(pair), leaf.slop)

    def _checked(self, candidates: Query, leaf: Phrase, field: str) -> Iterator[str]:
        """The keys of the candidates in which the phrase occurs."""
        read = self._stored.with_summary if field == "summary" else self._stored.decision
        for address in self._addresses(candidates, field):
            deadline.check()
            case, number = read(address)
            runs = map(tokens, texts(field, case, case.decisions[0]))
            if any(occurs(leaf, run) for run in runs):
                yield sort_key(case, number, newest=True)

    def _addresses(self, query: Query, field: str) -> Sequence[DocAddress]:
        total = Counting(self._searcher, query).total()
        check_candidates(field, total)
        hits = self._searcher.search(unscored(query), total, count=False).hits if total else []
        return [address for _, address in hits]
