"""Query trees as Tantivy's queries.

Scores are BM25 per field (Robertson and Zaragoza 2009; Tantivy's k1 1.2 and b 0.75), weighted by the field
table and summed. What only restricts a search adds nothing to the score.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from tantivy import FieldType, Occur, Query, Schema

from search_app.engines.layout import INEXACT, concept_field, day_number
from search_app.engines.tantivy.schema import DAY, TICKS, tick, twin_tick
from search_app.fields import FIELDS
from search_app.query import tree
from search_app.query.concepts import identifier
from search_app.query.request import Filter

NearPhrase = Callable[[tree.Phrase, str], Query]
"""Makes the query for a phrase with slop in a field."""


def unscored(query: Query) -> Query:
    """The query as a restriction."""
    return Query.const_score_query(query, 0.0)


def everything() -> Query:
    """All documents, with no score."""
    return unscored(Query.all_query())


def all_of(queries: Iterable[Query]) -> Query:
    """Documents that match all of the queries; their scores add up."""
    clauses = [(Occur.Must, query) for query in queries]
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses)


def any_of(queries: Iterable[Query], minimum: int = 1) -> Query:
    """Documents that match at least `minimum` of the queries; their scores add up."""
    clauses = [(Occur.Should, query) for query in queries]
    if minimum > len(clauses):
        return Query.empty_query()
    return clauses[0][1] if len(clauses) == 1 else Query.boolean_query(clauses, minimum)


def is_costly(node: tree.Node) -> bool:
    """Whether matching the node is much more work than reading the lists of its words.

    Where it is, one pass that sorts out several restrictions is better than a pass for each.
    """
    match node:
        case tree.Phrase():
            return True
        case tree.Or():
            return node.minimum > 1 or any(map(is_costly, node.nodes))
        case tree.And() | tree.DisMax():
            return any(map(is_costly, node.nodes))
        case tree.Not() | tree.Constant():
            return is_costly(node.node)
        case tree.AndMaybe():
            return is_costly(node.required)
    return False


class Compiler:
    """Compiles trees for one schema; `near` is asked for phrases with slop."""

    def __init__(self, schema: Schema, near: NearPhrase) -> None:
        self._schema = schema
        self._near = near

    def query(self, node: tree.Node) -> Query:
        """The query that matches what the node does."""
        match node:
            case tree.Word() | tree.Phrase() | tree.Concept() | tree.Prefix() | tree.Fuzzy():
                return any_of(self._in_field(node, field) for field in node.fields)
            case tree.And() | tree.Or() | tree.DisMax() | tree.Constant() | tree.Not() | tree.AndMaybe():
                return self._operator(node)
        return self._restriction(node)

    def _restriction(
        self, node: tree.Everything | tree.Nothing | tree.Dates | tree.Value | tree.Twins
    ) -> Query:
        match node:
            case tree.Everything():
                return everything()
            case tree.Nothing():
                return Query.empty_query()
            case tree.Dates():
                return self._dates(node)
            case tree.Value():
                return unscored(self._any_value(node.facet, node.values))
        return unscored(self._any_tick(map(twin_tick, node.keys)))

    def ticked(self, one: Filter) -> Query:
        """The decisions that have any of the ticked values."""
        return unscored(self._any_value(one.field, one.values))

    def _any_value(self, facet: str, values: Iterable[str]) -> Query:
        return self._any_tick(tick(facet, value) for value in values)

    def _any_tick(self, ticks: Iterable[int]) -> Query:
        return any_of(Query.term_query(self._schema, TICKS, number, "basic") for number in ticks)

    def _operator(
        self, node: tree.And | tree.Or | tree.DisMax | tree.Constant | tree.Not | tree.AndMaybe
    ) -> Query:
        match node:
            case tree.And():
                return self._and(node)
            case tree.Constant():
                return Query.const_score_query(self.query(node.node), node.score)
            case tree.Or():
                return any_of(map(self.query, node.nodes), node.minimum)
            case tree.DisMax():
                return Query.disjunction_max_query(list(map(self.query, node.nodes)))
            case tree.Not():
                return self._and(tree.And((node,)))
        required, optional = self.query(node.required), self.query(node.optional)
        return Query.boolean_query([(Occur.Must, required), (Occur.Should, optional)])

    def _and(self, node: tree.And) -> Query:
        wanted = [self.query(child) for child in node.nodes if not isinstance(child, tree.Not)]
        excluded = [self.query(child.node) for child in node.nodes if isinstance(child, tree.Not)]
        if not excluded:
            return all_of(wanted)
        clauses = [(Occur.Must, query) for query in wanted or [everything()]]
        return Query.boolean_query([*clauses, *((Occur.MustNot, query) for query in excluded)])

    def _dates(self, node: tree.Dates) -> Query:
        first, last = day_number(node.first) or 1, day_number(node.last) or None
        return unscored(Query.range_query(self._schema, DAY, FieldType.Unsigned, first, last))

    def _in_field(self, leaf: tree.Leaf, field: str) -> Query:
        weight = FIELDS[field].weight or 1.0
        match leaf:
            case tree.Word():
                return Query.boost_query(self._term(field, leaf.token), weight * leaf.weight)
            case tree.Phrase():
                return Query.boost_query(self._phrase(leaf, field), weight * leaf.weight)
            case tree.Concept():
                found = self._term(concept_field(field), identifier(leaf.name))
                return Query.boost_query(found, weight * leaf.weight)
            case tree.Prefix():
                terms = Query.regex_query(self._schema, field, re.escape(leaf.prefix) + ".*")
                found = any_of([terms, self._term(field, leaf.stem, "basic")])
            case tree.Fuzzy():
                found = Query.fuzzy_term_query(self._schema, field, leaf.token, leaf.distance)
        return Query.const_score_query(found, INEXACT * weight)

    def _phrase(self, leaf: tree.Phrase, field: str) -> Query:
        if leaf.slop:
            return self._near(leaf, field)
        return Query.phrase_query(self._schema, field, list(leaf.tokens))

    def _term(self, field: str, token: str, record: str = "freq") -> Query:
        return Query.term_query(self._schema, field, token, record)
