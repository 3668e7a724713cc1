"""What one pass over a search costs, told before it is made: a search that Tantivy has begun can't be stopped.

The unit is reading one entry of a word's list while lists are joined and scored, some 20 ns on a core of 2026.
No more is read of a list than its length, and what must also match something rarer is only asked about there.
`python -m bench worst` measures the dearest of what is let through.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import lru_cache, partial

from search_app.engines.layout import concept_field
from search_app.errors import TooCostly
from search_app.query import tree
from search_app.query.concepts import identifier

MOST = 30_000_000
"""Entries of one pass: some 0.6 s. Forty words that a tenth of a million decisions have come to 9 million."""

_SIDE_BY_SIDE = 6.0
"""Entries that it costs to look whether two words of a decision stand as a phrase has them."""

_SEEK = 4.0
"""Entries that it costs to look up one decision in a list."""

_UNRANKED = 0.4
"""Entries that it costs to read one of a list that is not scored."""

_NEAR_SPELLINGS = 1.0
"""Entries for each decision, of the words that are near to one: together they are about as common."""

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
        """Raise TooCostly for a tree that costs more than `MOST`."""
        cost = self.of(node, self._decisions)
        if cost > MOST:
            raise TooCostly(
                f"This search is too much work: it would look at {cost / 1e6:,.0f} million places of the "
                f"index, and {MOST / 1e6:,.0f} million are allowed.",
                "Search for fewer or rarer words and phrases, or in one field, as in rationale:word.",
            )

    def of(self, node: tree.Node, asked: float) -> float:
        """The entries that are read for a tree that is asked about so many decisions."""
        match node:
            case tree.And():
                asked = min([asked, *map(self.matches, node.nodes)])
                return sum(self.of(child, asked) for child in node.nodes)
            case tree.Or() | tree.DisMax():
                return sum(self.of(child, asked) for child in node.nodes)
            case tree.AndMaybe():
                beside = min(asked, self.matches(node.required))
                return self.of(node.required, asked) + self.of(node.optional, beside)
            case tree.Not() | tree.Constant():
                return self.of(node.node, asked)
            case tree.Value():
                return _UNRANKED * min(asked * len(node.values), self._decisions)
            case tree.Everything() | tree.Nothing() | tree.Dates() | tree.Twins():
                return _UNRANKED * asked
        return sum(self._in_field(node, field, asked) for field in node.fields)

    def _in_field(self, leaf: tree.Leaf, field: str, asked: float) -> float:
        match leaf:
            case tree.Prefix():
                return _UNRANKED * sum(self._beginning(field, leaf.prefix))
            case tree.Fuzzy():
                return _NEAR_SPELLINGS * self._decisions
            case tree.Phrase():
                pairs = len(leaf.tokens) * (len(leaf.tokens) - 1) / 2 if leaf.slop else 1
                return _SIDE_BY_SIDE * pairs * min(self._in(leaf, field), asked)
        return min(self._in(leaf, field), _SEEK * asked)

    def matches(self, node: tree.Node) -> float:
        """The most decisions that a tree can match."""
        match node:
            case tree.And():
                return min(map(self.matches, node.nodes), default=0)
            case tree.Or():
                return min(self._decisions, sum(map(self.matches, node.nodes)) / max(node.minimum, 1))
            case tree.DisMax():
                return min(self._decisions, sum(map(self.matches, node.nodes)))
            case tree.AndMaybe():
                return self.matches(node.required)
            case tree.Constant():
                return self.matches(node.node)
            case tree.Word() | tree.Phrase() | tree.Concept():
                return min(self._decisions, sum(self._in(node, field) for field in node.fields))
        return self._decisions

    def _in(self, leaf: tree.Word | tree.Phrase | tree.Concept, field: str) -> int:
        """The most decisions that have the leaf in a field."""
        match leaf:
            case tree.Word():
                return self._having(field, leaf.token)
            case tree.Concept():
                return self._having(concept_field(field), identifier(leaf.name))
        return min(map(partial(self._having, field), leaf.tokens))
