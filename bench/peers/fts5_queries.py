"""Query trees in FTS5's own query language.

It has AND, OR, NOT, phrases and prefixes, within columns. "At least k of n" is written out (see
`trees`); dates are a condition in SQL beside the MATCH.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bench.peers.base import Unsupported
from bench.peers.documents import day_number
from bench.peers.trees import any_of, without_minimum
from search_app.query import tree


@dataclass(frozen=True, slots=True)
class Asked:
    """A query: the text to MATCH ("" for none), a text that marks the same words, and the dates."""

    match: str
    marked: str
    first: int = 0
    last: int = 99991231


def asked_of(node: tree.Node) -> Asked:
    """The query of a tree; raises Unsupported."""
    nodes = node.nodes if isinstance(node, tree.And) else (node,)
    words = tuple(one for one in nodes if not isinstance(one, tree.Dates | tree.Everything))
    if len(nodes) - len(words) > 1:
        raise Unsupported("one range of dates at most")
    dates = next((one for one in nodes if isinstance(one, tree.Dates)), None)
    if not words:
        match = marked = ""
    else:
        rest = tree.And(words) if len(words) > 1 else words[0]
        match, marked = _text(without_minimum(rest)), _text(any_of(rest))
    if dates is None:
        return Asked(match, marked)
    return Asked(match, marked, day_number(dates.first) or 1, day_number(dates.last) or 99991231)


def _text(node: tree.Node) -> str:
    match node:
        case tree.And():
            return _both(node.nodes)
        case tree.Or() | tree.DisMax():
            return _joined(" OR ", [_text(child) for child in node.nodes])
        case tree.AndMaybe():
            required = _text(node.required)
            return f"({required} OR ({required} AND {_text(node.optional)}))"
        case tree.Word() | tree.Phrase() | tree.Prefix():
            return f"{{{' '.join(node.fields)}}} : {_leaf(node)}"
        case tree.Fuzzy():
            raise Unsupported("FTS5 has no fuzzy words")
    raise Unsupported(f"FTS5 has no {type(node).__name__} of its own")


def _both(nodes: Sequence[tree.Node]) -> str:
    wanted = [_text(one) for one in nodes if not isinstance(one, tree.Not)]
    unwanted = [_text(one.node) for one in nodes if isinstance(one, tree.Not)]
    if not wanted:
        raise Unsupported("FTS5's NOT needs something to take from")
    text = _joined(" AND ", wanted)
    return f"({text} NOT {_joined(' OR ', unwanted)})" if unwanted else text


def _joined(operator: str, texts: Sequence[str]) -> str:
    return texts[0] if len(texts) == 1 else f"({operator.join(texts)})"


def _leaf(leaf: tree.Word | tree.Phrase | tree.Prefix) -> str:
    match leaf:
        case tree.Word():
            return f'"{leaf.token}"'
        case tree.Prefix():
            return f'("{leaf.prefix}" * OR "{leaf.stem}")'
    if leaf.slop:
        raise Unsupported("FTS5's NEAR means something else")
    return f'"{" ".join(leaf.tokens)}"'
