"""Query trees for libraries that lack an operator."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from search_app.query.tree import And, AndMaybe, DisMax, Node, Not, Or


def without_minimum(node: Node) -> Node:
    """The same tree with every "at least k of n" written out in AND and OR.

    At least k of n is: the first and at least k - 1 of the rest, or at least k of the rest. That has fewer
    leaves than one AND for each choice of k.
    """
    match node:
        case And() | DisMax():
            return replace(node, nodes=tuple(map(without_minimum, node.nodes)))
        case Or():
            return _at_least(node.minimum, tuple(map(without_minimum, node.nodes)))
        case Not():
            return Not(without_minimum(node.node))
        case AndMaybe():
            return AndMaybe(without_minimum(node.required), without_minimum(node.optional))
    return node


def _at_least(minimum: int, nodes: Sequence[Node]) -> Node:
    if minimum <= 1:
        return Or(tuple(nodes))
    if minimum >= len(nodes):
        return And(tuple(nodes))
    first, *rest = nodes
    return Or((And((first, _at_least(minimum - 1, rest))), _at_least(minimum, rest)))


def any_of(node: Node) -> Node:
    """The same tree with every "at least k of n" loosened to any of n: for scores and marks."""
    match node:
        case And() | DisMax():
            return replace(node, nodes=tuple(map(any_of, node.nodes)))
        case Or():
            return Or(tuple(map(any_of, node.nodes)))
        case Not():
            return Not(any_of(node.node))
        case AndMaybe():
            return AndMaybe(any_of(node.required), any_of(node.optional))
    return node
