"""Query trees as tantivy-py's queries, the way its documentation shows them."""

from __future__ import annotations

import re

import tantivy
from tantivy import FieldType, Occur, Query

from bench.peers.documents import day_number
from search_app.fields import FIELDS
from search_app.query import tree


class Compiler:
    """Makes queries for one schema."""

    def __init__(self, schema: tantivy.Schema) -> None:
        self._schema = schema

    def query(self, node: tree.Node) -> Query:
        """The query of a tree."""
        match node:
            case tree.Everything():
                return Query.all_query()
            case tree.Nothing():
                return Query.empty_query()
            case tree.And() | tree.Or() | tree.DisMax() | tree.Not() | tree.AndMaybe():
                return self._operator(node)
            case tree.Dates():
                return self._dates(node)
        return _any([self._in_field(node, field) for field in node.fields])

    def _operator(self, node: tree.And | tree.Or | tree.DisMax | tree.Not | tree.AndMaybe) -> Query:
        match node:
            case tree.And():
                return Query.boolean_query([self._clause(child) for child in node.nodes])
            case tree.Or():
                clauses = [(Occur.Should, self.query(child)) for child in node.nodes]
                return Query.boolean_query(clauses, minimum_number_should_match=node.minimum)
            case tree.DisMax():
                return Query.disjunction_max_query([self.query(child) for child in node.nodes])
            case tree.Not():
                return Query.boolean_query([(Occur.Must, Query.all_query()), self._clause(node)])
        return Query.boolean_query(
            [(Occur.Must, self.query(node.required)), (Occur.Should, self.query(node.optional))]
        )

    def _clause(self, node: tree.Node) -> tuple[Occur, Query]:
        if isinstance(node, tree.Not):
            return Occur.MustNot, self.query(node.node)
        return Occur.Must, self.query(node)

    def _dates(self, node: tree.Dates) -> Query:
        first, last = day_number(node.first) or 1, day_number(node.last) or 99991231
        return Query.range_query(self._schema, node.field, FieldType.Unsigned, first, last)

    def _in_field(self, leaf: tree.Leaf, field: str) -> Query:
        match leaf:
            case tree.Word():
                found = Query.term_query(self._schema, field, leaf.token)
            case tree.Phrase():
                found = Query.phrase_query(self._schema, field, list(leaf.tokens), leaf.slop)
            case tree.Prefix():
                pattern = f"({re.escape(leaf.prefix)}.*|{re.escape(leaf.stem)})"
                found = Query.regex_query(self._schema, field, pattern)
            case tree.Fuzzy():
                found = Query.fuzzy_term_query(self._schema, field, leaf.token, leaf.distance)
        weight = FIELDS[field].weight
        return found if weight in (None, 1.0) else Query.boost_query(found, weight)


def _any(queries: list[Query]) -> Query:
    if len(queries) == 1:
        return queries[0]
    return Query.boolean_query([(Occur.Should, query) for query in queries])
