"""Query trees in OpenSearch's query language.

Scores are BM25 per field (k1 1.2 and b 0.75), weighted by the field table and summed. What only restricts a
search adds nothing to the score.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, TypeAlias

from search_app.engines.layout import INEXACT, concept_field, day_number, facet_column
from search_app.engines.opensearch.schema import DAY, TWINS
from search_app.fields import FIELDS
from search_app.query import tree
from search_app.query.concepts import identifier
from search_app.query.request import Filter

Query: TypeAlias = Mapping[str, Any]

Repeating = Callable[[tree.Phrase, str], Query]
"""Makes the query for a phrase with slop that has a word twice."""

EVERYTHING: Query = {"match_all": {"boost": 0.0}}
NOTHING: Query = {"match_none": {}}


def scored(query: Query, score: float) -> Query:
    """The query with the same score wherever it matches."""
    return {"constant_score": {"filter": query, "boost": score}}


def all_of(queries: Iterable[Query]) -> Query:
    """Documents that match all of the queries; their scores add up."""
    clauses = list(queries)
    return clauses[0] if len(clauses) == 1 else {"bool": {"must": clauses}}


def any_of(queries: Iterable[Query], minimum: int = 1) -> Query:
    """Documents that match at least `minimum` of the queries; their scores add up."""
    clauses = list(queries)
    if minimum > len(clauses):
        return NOTHING
    if len(clauses) == 1:
        return clauses[0]
    return {"bool": {"should": clauses, "minimum_should_match": minimum}}


def ticked(one: Filter) -> Query:
    """The decisions that have any of the ticked values."""
    return {"terms": {facet_column(one.field): list(one.values)}}


class Compiler:
    """Compiles trees; `scale` evens out what versions of OpenSearch make of BM25."""

    def __init__(self, repeating: Repeating, scale: float = 1.0) -> None:
        self._repeating = repeating
        self._scale = scale

    def query(self, node: tree.Node) -> Query:
        """The query that matches what the node does."""
        match node:
            case tree.Word() | tree.Phrase() | tree.Concept() | tree.Prefix() | tree.Fuzzy():
                return any_of(self._in_field(node, field) for field in node.fields)
            case tree.And() | tree.Or() | tree.DisMax() | tree.Constant() | tree.Not() | tree.AndMaybe():
                return self._operator(node)
        return _restriction(node)

    def _operator(
        self, node: tree.And | tree.Or | tree.DisMax | tree.Constant | tree.Not | tree.AndMaybe
    ) -> Query:
        match node:
            case tree.And():
                return self._and(node)
            case tree.Constant():
                return scored(self.query(node.node), node.score)
            case tree.Or():
                return any_of(map(self.query, node.nodes), node.minimum)
            case tree.DisMax():
                return {"dis_max": {"queries": list(map(self.query, node.nodes))}}
            case tree.Not():
                return self._and(tree.And((node,)))
        required, optional = self.query(node.required), self.query(node.optional)
        return {"bool": {"must": [required], "should": [optional]}}

    def _and(self, node: tree.And) -> Query:
        wanted = [self.query(child) for child in node.nodes if not isinstance(child, tree.Not)]
        excluded = [self.query(child.node) for child in node.nodes if isinstance(child, tree.Not)]
        if not excluded:
            return all_of(wanted)
        return {"bool": {"must": wanted or [EVERYTHING], "must_not": excluded}}

    def _in_field(self, leaf: tree.Leaf, field: str) -> Query:
        weight = FIELDS[field].weight or 1.0
        match leaf:
            case tree.Word():
                return _term(field, leaf.token, weight * leaf.weight * self._scale)
            case tree.Phrase():
                return self._phrase(leaf, field, weight * leaf.weight * self._scale)
            case tree.Concept():
                boost = weight * leaf.weight * self._scale
                return _term(concept_field(field), identifier(leaf.name), boost)
            case tree.Prefix():
                begins: Query = {"prefix": {field: {"value": leaf.prefix, "rewrite": "constant_score"}}}
                return scored(any_of([begins, _term(field, leaf.stem)]), INEXACT * weight)
        return scored(_fuzzy(leaf, field), INEXACT * weight)

    def _phrase(self, leaf: tree.Phrase, field: str, boost: float) -> Query:
        if not leaf.slop:
            return {"match_phrase": {field: {"query": " ".join(leaf.tokens), "boost": boost}}}
        if len(set(leaf.tokens)) < len(leaf.tokens):
            return self._repeating(leaf, field)
        return near(field, leaf.tokens, leaf.slop, boost)


def near(field: str, tokens: Sequence[str], slop: int, boost: float = 1.0) -> Query:
    """The words near each other; Lucene's slop, of different tokens, is that of `tree.Phrase`.

    They score as words do. Lucene would count a near phrase for less the farther apart its words are, which
    is for `ranking` to say, the same in each engine.
    """
    if len(tokens) == 1:
        return _term(field, tokens[0], boost)
    words = [_term(field, token, boost) for token in tokens]
    phrase = {"match_phrase": {field: {"query": " ".join(tokens), "slop": slop}}}
    return {"bool": {"must": words, "filter": [phrase]}}


def _term(field: str, token: str, boost: float = 1.0) -> Query:
    return {"term": {field: {"value": token, "boost": boost}}}


def _fuzzy(leaf: tree.Fuzzy, field: str) -> Query:
    if not leaf.distance:
        return _term(field, leaf.token)
    how = {"fuzziness": leaf.distance, "transpositions": True, "rewrite": "constant_score"}
    return {"fuzzy": {field: {"value": leaf.token, **how}}}


def _restriction(node: tree.Everything | tree.Nothing | tree.Dates | tree.Value | tree.Twins) -> Query:
    match node:
        case tree.Everything():
            return EVERYTHING
        case tree.Nothing():
            return NOTHING
        case tree.Dates():
            last = {"lte": day_number(node.last)} if node.last else {}
            return scored({"range": {DAY: {"gte": day_number(node.first) or 1, **last}}}, 0.0)
        case tree.Value():
            return scored(ticked(Filter(node.facet, node.values)), 0.0)
    return scored({"terms": {TWINS: list(node.keys)}}, 0.0)
