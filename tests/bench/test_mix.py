"""The query mix has every class, with and without ticks, and reads as what its class says."""

from __future__ import annotations

from collections import Counter

import pytest

from bench.mix import query_mix
from search_app.query.tree import Everything, Fuzzy, Phrase, Prefix, positive_leaves

KINDS = {
    *("rare word", "common word", "two words", "many words", "phrase", "frequent phrase"),
    *("prefix", "fuzzy", "boolean", "field", "match all"),
}


def test_at_least_sixty_queries_in_every_class() -> None:
    """No class is thin."""
    mix = query_mix()
    counts = Counter(query.kind for query in mix)
    assert set(counts) == KINDS
    assert len(set(mix)) == len(mix) >= 60
    assert min(counts.values()) >= 5


def test_none_to_four_facets_are_ticked() -> None:
    """Each number of ticked facets occurs."""
    assert {len(query.request.filters) for query in query_mix()} == {0, 1, 2, 3, 4}


@pytest.mark.parametrize(
    ("kind", "leaf"), [("phrase", Phrase), ("frequent phrase", Phrase), ("prefix", Prefix), ("fuzzy", Fuzzy)]
)
def test_classes_are_what_they_say(kind: str, leaf: type) -> None:
    """A query is read as its class."""
    trees = [query.request.tree for query in query_mix() if query.kind == kind]
    assert all(isinstance(found, leaf) for tree in trees for found in positive_leaves(tree))


def test_match_all_has_no_words() -> None:
    """The class without a query."""
    trees = [query.request.tree for query in query_mix() if query.kind == "match all"]
    assert all(isinstance(tree, Everything) for tree in trees)
