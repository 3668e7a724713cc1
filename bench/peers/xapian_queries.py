"""Query trees as Xapian's queries.

Xapian 1.4 has no minimum of matching words, which is written out (see `trees`), and no fuzzy words.
"""

from __future__ import annotations

from typing import Any

from bench.peers.base import Unsupported
from bench.peers.documents import day_number
from bench.peers.trees import any_of, without_minimum
from bench.peers.xapian_terms import DECIDED, facet_term, term_prefix
from search_app.fields import FIELDS
from search_app.query import tree


class Compiler:
    """Makes queries with the module that it is given."""

    def __init__(self, xapian: Any) -> None:
        self._make = xapian.Query

    def query(self, node: tree.Node) -> Any:
        """The query of a tree; raises Unsupported."""
        if isinstance(node, tree.Or) and 1 < node.minimum < len(node.nodes):
            # Scored by the plain words: written out, a word that occurs twice would count twice.
            return self._make(
                self._make.OP_FILTER, self.query(any_of(node)), self.query(without_minimum(node))
            )
        match node:
            case tree.Everything():
                return self._make.MatchAll
            case tree.Nothing():
                return self._make.MatchNothing
            case tree.And() | tree.Or() | tree.DisMax() | tree.Not() | tree.AndMaybe():
                return self._operator(node)
            case tree.Dates():
                return self._dates(node)
        return self._joined(self._make.OP_OR, [self._in_field(node, field) for field in node.fields])

    def marks(self, node: tree.Node) -> Any:
        """The words to mark: snippets look for stems as Z and the stem, and know no other prefix."""
        tokens: list[str] = []
        for leaf in tree.positive_leaves(node):
            match leaf:
                case tree.Word():
                    tokens.append(leaf.token)
                case tree.Phrase():
                    tokens += leaf.tokens
        return self._make(self._make.OP_OR, [f"Z{token}" for token in tokens])

    def ticked(self, field: str, values: tuple[str, ...]) -> Any:
        """What a facet's ticked values let pass."""
        return self._make(self._make.OP_OR, [facet_term(field, value) for value in values])

    def _operator(self, node: tree.And | tree.Or | tree.DisMax | tree.Not | tree.AndMaybe) -> Any:
        make = self._make
        match node:
            case tree.And():
                return self._both(node)
            case tree.Or():
                operator = make.OP_AND if node.minimum >= len(node.nodes) else make.OP_OR
                return self._joined(operator, [self.query(child) for child in node.nodes])
            case tree.DisMax():
                return self._joined(make.OP_MAX, [self.query(child) for child in node.nodes])
            case tree.Not():
                return make(make.OP_AND_NOT, make.MatchAll, self.query(node.node))
        return make(make.OP_AND_MAYBE, self.query(node.required), self.query(node.optional))

    def _both(self, node: tree.And) -> Any:
        wanted = [self.query(one) for one in node.nodes if not isinstance(one, tree.Not)]
        query = self._joined(self._make.OP_AND, wanted or [self._make.MatchAll])
        for one in node.nodes:
            if isinstance(one, tree.Not):
                query = self._make(self._make.OP_AND_NOT, query, self.query(one.node))
        return query

    def _dates(self, node: tree.Dates) -> Any:
        first, last = day_number(node.first) or 1, day_number(node.last) or 99991231
        return self._make(self._make.OP_VALUE_RANGE, DECIDED, f"{first:08}", f"{last:08}")

    def _in_field(self, leaf: tree.Leaf, field: str) -> Any:
        make, prefix = self._make, term_prefix(field)
        match leaf:
            case tree.Word():
                found = make(prefix + leaf.token)
            case tree.Phrase():
                if leaf.slop:
                    raise Unsupported("Xapian's NEAR means something else")
                found = make(make.OP_PHRASE, [prefix + token for token in leaf.tokens])
            case tree.Prefix():
                begun = make(
                    make.OP_WILDCARD, prefix + leaf.prefix, 0, make.WILDCARD_LIMIT_ERROR, make.OP_SYNONYM
                )
                found = make(make.OP_OR, begun, make(prefix + leaf.stem))
            case tree.Fuzzy():
                raise Unsupported("Xapian 1.4 has no fuzzy words")
        return make(make.OP_SCALE_WEIGHT, found, FIELDS[field].weight or 1.0)

    def _joined(self, operator: int, queries: list[Any]) -> Any:
        return queries[0] if len(queries) == 1 else self._make(operator, queries)
