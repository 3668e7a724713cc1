"""Walks trees."""

from __future__ import annotations

from collections.abc import Iterator

from search_app.query.tree import And, AndMaybe, Constant, DisMax, Node, Not, Or


def nodes_of(node: Node) -> Iterator[Node]:
    """The node and all below it."""
    yield node
    match node:
        case And() | Or() | DisMax():
            for child in node.nodes:
                yield from nodes_of(child)
        case Not() | Constant():
            yield from nodes_of(node.node)
        case AndMaybe():
            yield from nodes_of(node.required)
            yield from nodes_of(node.optional)
