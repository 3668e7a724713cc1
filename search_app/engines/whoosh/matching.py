"""Which documents a query tree matches, as a set of `bits`, and with what scores.

The two are worked out apart: sets are cheap, and what is matched, counted and ticked needs no score.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import reduce
from operator import and_, or_
from typing import TypeAlias

from search_app import deadline
from search_app.engines.layout import day_number
from search_app.engines.whoosh.bits import bits_of, documents_in
from search_app.engines.whoosh.leaves import UNIT, Leaves
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.query import tree

_Operator: TypeAlias = tree.And | tree.Or | tree.DisMax | tree.Constant | tree.Not | tree.AndMaybe


class Matching:
    """Matches trees against one snapshot."""

    def __init__(self, snapshot: Snapshot) -> None:
        self.snapshot = snapshot
        self._leaves = Leaves(snapshot)

    def bits(self, node: tree.Node) -> int:
        """The documents that match."""
        match node:
            case tree.Word() | tree.Phrase() | tree.Concept() | tree.Prefix() | tree.Fuzzy():
                return self._leaves.find(node).bits
            case tree.And() | tree.Or() | tree.DisMax() | tree.Constant() | tree.Not() | tree.AndMaybe():
                return self._operator(node)
        return self._restriction(node)

    def _restriction(
        self, node: tree.Everything | tree.Nothing | tree.Dates | tree.Value | tree.Twins
    ) -> int:
        match node:
            case tree.Dates():
                return self._dates(node)
            case tree.Value():
                having = self.snapshot.facet(node.facet)
                return self.snapshot.live & reduce(or_, (having.get(value, 0) for value in node.values), 0)
            case tree.Twins():
                return self.snapshot.twins(node.keys)
        return self.snapshot.live if isinstance(node, tree.Everything) else 0

    def scores(self, node: tree.Node) -> Sequence[int]:
        """The scores of all documents, in millionths; they mean something for those that match."""
        scores = [0] * self.snapshot.size
        self._add(node, scores)
        return scores

    def _operator(self, node: _Operator) -> int:
        match node:
            case tree.And():
                return reduce(and_, map(self.bits, node.nodes))
            case tree.Or():
                return _at_least(node.minimum, map(self.bits, node.nodes))
            case tree.DisMax():
                return reduce(or_, map(self.bits, node.nodes))
            case tree.Not():
                return self.snapshot.live & ~self.bits(node.node)
            case tree.Constant():
                return self.bits(node.node)
        return self.bits(node.required)

    def _dates(self, node: tree.Dates) -> int:
        days = self.snapshot.days
        first = day_number(node.first) or 1
        last = day_number(node.last) or max(days, default=0)
        within = (document for document, day in enumerate(days) if first <= day <= last)
        return bits_of(within, self.snapshot.size) & self.snapshot.live

    def _add(self, node: tree.Node, scores: list[int]) -> None:
        """Add the scores of a node to those of the documents that it matches; maybe to others' too."""
        deadline.check()
        match node:
            case tree.And() | tree.Or():
                for child in node.nodes:
                    self._add_matching(child, scores)
            case tree.AndMaybe():
                self._add_matching(node.required, scores)
                self._add_matching(node.optional, scores)
            case tree.DisMax():
                self._add_best(node, scores)
            case tree.Constant():
                for document in documents_in(self.bits(node.node)):
                    scores[document] += round(node.score * UNIT)
            case tree.Word() | tree.Phrase() | tree.Concept() | tree.Prefix() | tree.Fuzzy():
                self._add_leaf(node, scores)

    def _add_leaf(self, leaf: tree.Leaf, scores: list[int]) -> None:
        found = self._leaves.find(leaf)
        for document, score in zip(found.documents, found.scores, strict=True):
            scores[document] += score

    def _add_matching(self, node: tree.Node, scores: list[int]) -> None:
        """Add the scores of a node to those of the documents that it matches, and to no others'."""
        if isinstance(node, (tree.And, tree.Or, tree.AndMaybe)):
            own = self.scores(node)
            for document in documents_in(self.bits(node)):
                scores[document] += own[document]
        else:
            self._add(node, scores)

    def _add_best(self, node: tree.DisMax, scores: list[int]) -> None:
        each = []
        for child in node.nodes:
            own = [0] * self.snapshot.size
            self._add_matching(child, own)
            each.append(own)
        for document in documents_in(self.bits(node)):
            scores[document] += max(own[document] for own in each)


def _at_least(minimum: int, sets: Iterable[int]) -> int:
    """The documents that are in so many of the sets; in one if the minimum is lower."""
    in_more_than = [0] * max(minimum, 1)
    for bits in sets:
        for number in range(len(in_more_than) - 1, 0, -1):
            in_more_than[number] |= in_more_than[number - 1] & bits
        in_more_than[0] |= bits
    return in_more_than[-1]
