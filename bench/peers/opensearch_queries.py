"""Query trees in OpenSearch's query language, the way its documentation shows it."""

from __future__ import annotations

from typing import Any

from bench.peers.documents import day_number
from search_app.fields import FIELDS
from search_app.query import tree


def query(node: tree.Node) -> dict[str, Any]:
    """The query of a tree."""
    match node:
        case tree.Everything():
            return {"match_all": {}}
        case tree.Nothing():
            return {"match_none": {}}
        case tree.And() | tree.Or() | tree.DisMax() | tree.Not() | tree.AndMaybe():
            return _operator(node)
        case tree.Dates():
            first, last = day_number(node.first) or 1, day_number(node.last) or 99991231
            return {"range": {node.field: {"gte": first, "lte": last}}}
    return _any([_in_field(node, field) for field in node.fields])


def _operator(node: tree.And | tree.Or | tree.DisMax | tree.Not | tree.AndMaybe) -> dict[str, Any]:
    match node:
        case tree.And():
            return _all(list(node.nodes))
        case tree.Or():
            return _any(list(map(query, node.nodes)), node.minimum)
        case tree.DisMax():
            return {"dis_max": {"queries": list(map(query, node.nodes))}}
        case tree.Not():
            return _all([node])
    return {"bool": {"must": [query(node.required)], "should": [query(node.optional)]}}


def _all(nodes: list[tree.Node]) -> dict[str, Any]:
    excluded = [query(one.node) for one in nodes if isinstance(one, tree.Not)]
    return {
        "bool": {
            "must": [query(one) for one in nodes if not isinstance(one, tree.Not)],
            "must_not": excluded,
        }
    }


def _any(queries: list[dict[str, Any]], minimum: int = 1) -> dict[str, Any]:
    if len(queries) == 1:
        return queries[0]
    return {"bool": {"should": queries, "minimum_should_match": minimum}}


def _in_field(leaf: tree.Leaf, field: str) -> dict[str, Any]:
    boost = FIELDS[field].weight or 1.0
    match leaf:
        case tree.Word():
            return {"term": {field: {"value": leaf.token, "boost": boost}}}
        case tree.Phrase():
            words = {"query": " ".join(leaf.tokens), "slop": leaf.slop, "analyzer": "whitespace"}
            return {"match_phrase": {field: {**words, "boost": boost}}}
        case tree.Prefix():
            begins = {"prefix": {field: {"value": leaf.prefix}}}
            return _any([begins, {"term": {field: leaf.stem}}])
        case tree.Fuzzy():
            return {"fuzzy": {field: {"value": leaf.token, "fuzziness": leaf.distance}}}
    raise NotImplementedError(f"a {type(leaf).__name__} in the mix")
