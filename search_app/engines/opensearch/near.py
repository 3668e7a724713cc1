"""Phrases with slop that have a word twice.

Of different words, Lucene's sloppy phrase is exact. Where a word comes twice it may miss places; so what
has the different words near enough is read, and checked word by word.
"""

from __future__ import annotations

from search_app.engines.near import check_candidates, occurs
from search_app.engines.opensearch.compiling import NOTHING, Query, all_of, near, scored
from search_app.engines.opensearch.schema import HIT, NEWEST, SUMMARY, case_of
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store, living
from search_app.fields import FIELDS, texts
from search_app.query.analysis import tokens
from search_app.query.tree import Phrase


class Near:
    """Makes queries for such phrases, over one commit."""

    def __init__(self, store: Store, state: State, scale: float = 1.0) -> None:
        self._store = store
        self._state = state
        self._scale = scale

    def __call__(self, leaf: Phrase, field: str) -> Query:
        """The query for the phrase in a field."""
        candidates = self._candidates(leaf, field)
        keys = self._checked(candidates, leaf, field)
        if not keys:
            return NOTHING
        return all_of([candidates, scored({"terms": {NEWEST: keys}}, 0.0)])

    def _candidates(self, leaf: Phrase, field: str) -> Query:
        """The different words, near each other: what stood between them in the phrase is slop here."""
        different = tuple(dict.fromkeys(leaf.tokens))
        boost = (FIELDS[field].weight or 1.0) * leaf.weight * self._scale
        return near(field, different, leaf.slop + len(leaf.tokens) - len(different), boost)

    def _checked(self, candidates: Query, leaf: Phrase, field: str) -> list[str]:
        """The keys of the candidates in which the phrase occurs."""
        summaries: dict[str, str] = {}
        wanted = living(self._state, candidates)
        check_candidates(field, self._store.count(wanted))
        found = list(self._store.scan(wanted, (HIT, SUMMARY)))
        if field == "summary":
            cases = sorted({document["_source"][HIT]["case"]["id"] for document in found})
            summaries = self._store.summaries(cases, self._state)
        keys = []
        for document in found:
            hit = document["_source"][HIT]
            case = case_of(hit["case"], [hit["decision"]], summaries.get(hit["case"]["id"], ""))
            if any(occurs(leaf, tokens(text)) for text in texts(field, case, case.decisions[0])):
                keys.append(document["sort"][0])
        return keys
