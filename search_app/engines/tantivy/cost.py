"""What one pass over a search costs, told before it is made: Tantivy can't stop what it has begun.

The unit is reading one entry of a word's list while lists are joined and scored. No more is read of a list
than its length, and what must also match something rarer is only asked about there. `python -m bench worst`
measures the dearest of what is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial
from typing import TypeAlias

from search_app import deadline
from search_app.engines.layout import concept_field
from search_app.errors import TooCostly
from search_app.query import tree
from search_app.query.concepts import identifier

ENTRIES_A_SECOND = 100e6
"""Of one core; measured over a million decisions in 2026 were 120 to 195 million, by kind of search."""

MOST = 80e6
"""Entries of one pass. Thirty words that each tenth decision has come to some 9 million over a million."""

_MOST_OF = 3.0
"""Times that an entry costs where several of many words must match: lists are merged in a heap."""

_SIDE_BY_SIDE = 12.0
"""Entries that it costs to look whether two words of a decision stand as a phrase has them."""

_SEEK = 4.0
"""Entries that it costs to look up one decision in a list."""

_UNRANKED = 0.4
"""Entries that it costs to read one of a list that is not scored."""

_NEAR_SPELLINGS = 0.5
"""Entries for each decision, of the words that are near to one: together they are about as common."""

_Operator: TypeAlias = tree.And | tree.Or | tree.DisMax | tree.Constant | tree.Not | tree.AndMaybe

Having = Callable[[str, str], int]
"""The number of decisions that have a token in a field, nearly."""

Beginning = Callable[[str, str], Iterable[int]]
"""The same of each token in a field that begins so."""


class Cost:
    """Estimates trees over one commit, which has so many decisions."""

    def __init__(self, decisions: int, having: Having, beginning: Beginning) -> None:
        self._decisions = decisions
        self._having = lru_cache(maxsize=4_096)(having)
        self._beginning = beginning

    def check(self, node: tree.Node) -> None:
        """Raise TooCostly for a tree that costs more than `MOST`, and TookTooLong where time is too short."""
        cost = self.of(node, self._decisions)
        if cost > MOST:
            raise TooCostly(
                f"This search is too much work: it would look at {cost / 1e6:,.0f} million places of the "
                f"index, and {MOST / 1e6:,.0f} million are allowed.",
                "Search for fewer or rarer words and phrases, or in one field, as in rationale:word.",
            )
        deadline.check(cost / ENTRIES_A_SECOND)

    def of(self, node: tree.Node, asked: float) -> float:
        """The entries that are read for a tree that is asked about so many decisions."""
        match node:
            case tree.Word() | tree.Phrase() | tree.Concept() | tree.Prefix() | tree.Fuzzy():
                return sum(self._in_field(node, field, asked) for field in node.fields)
            case tree.Value():
                return _UNRANKED * min(asked * len(node.values), self._decisions)
            case tree.Everything() | tree.Nothing() | tree.Dates() | tree.Twins():
                return _UNRANKED * asked
        return self._of_operator(node, asked)

    def _of_operator(self, node: _Operator, asked: float) -> float:
        match node:
            case tree.And():
                asked = min([asked, *map(self.matches, node.nodes)])
                return sum(self.of(child, asked) for child in node.nodes)
            case tree.AndMaybe():
                beside = min(asked, self.matches(node.required))
                return self.of(node.required, asked) + self.of(node.optional, beside)
            case tree.Not() | tree.Constant():
                return self.of(node.node, asked)
        times = _MOST_OF if isinstance(node, tree.Or) and node.minimum > 1 else 1.0
        return times * sum(self.of(child, asked) for child in node.nodes)

    def _in_field(self, leaf: tree.Leaf, field: str, asked: float) -> float:
        match leaf:
            case tree.Prefix():
                return _UNRANKED * sum(self._beginning(field, leaf.prefix))
            case tree.Fuzzy():
                return _NEAR_SPELLINGS * self._decisions
            case tree.Phrase():
                return _SIDE_BY_SIDE * _looks(leaf) * min(self._in(leaf, field), asked)
        return min(self._in(leaf, field), _SEEK * asked)

    def matches(self, node: tree.Node) -> float:
        """The most decisions that a tree can match."""
        match node:
            case tree.Word() | tree.Phrase() | tree.Concept():
                return min(self._decisions, sum(self._in(node, field) for field in node.fields))
            case tree.And():
                return min(map(self.matches, node.nodes), default=0)
            case tree.Or() | tree.DisMax():
                minimum = node.minimum if isinstance(node, tree.Or) else 1
                return min(self._decisions, sum(map(self.matches, node.nodes)) / max(minimum, 1))
            case tree.AndMaybe() | tree.Constant():
                return self.matches(node.required if isinstance(node, tree.AndMaybe) else node.node)
        return self._decisions

    def _in(self, leaf: tree.Word | tree.Phrase | tree.Concept, field: str) -> int:
        """The most decisions that have the leaf in a field."""
        match leaf:
            case tree.Word():
                return self._having(field, leaf.token)
            case tree.Concept():
                return self._having(concept_field(field), identifier(leaf.name))
        return min(map(partial(self._having, field), leaf.tokens))


def _looks(leaf: tree.Phrase) -> float:
    """How often it is looked whether words stand side by side: hardly more than once for those of a sentence.

    A word that comes twice is looked for twice, wherever the others are; with slop, every two words are.
    """
    words = len(leaf.tokens)
    return words * (words - 1) / 2 if leaf.slop else 1 + words - len(set(leaf.tokens))
