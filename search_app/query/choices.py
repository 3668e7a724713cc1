"""A small "or" between things typed side by side, where one of them is more than plain words."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from whoosh.qparser import syntax

from search_app.query import grammar
from search_app.query.concepts import concepts

_OR = "or"

IsPlain = Callable[[syntax.SyntaxNode], bool]


def with_choices(nodes: Sequence[syntax.SyntaxNode], is_plain: IsPlain) -> list[syntax.SyntaxNode]:
    """The nodes with what such an "or" joins made one group: "LSO" or back brace.

    Between plain words it is left where it is: what they name is known when they are cut into things.
    """
    made = list(nodes)
    at = 1
    while at < len(made) - 1:
        before, after = made[at - 1], made[at + 1]
        if _is_or(made[at]) and not (is_plain(before) and is_plain(after)) and _can_be_chosen(before, after):
            first = at - _words_before(made, at, is_plain)
            past = at + 1 + _words_from(made, at + 1, is_plain)
            made[first:past] = [syntax.OrGroup([*_ways(made[first:at]), _one(made[at + 1 : past])])]
            at = first + 1
        else:
            at += 1
    return made


def _is_or(node: syntax.SyntaxNode) -> bool:
    return type(node) is syntax.WordNode and node.text == _OR and not node.fieldname


def _can_be_chosen(*nodes: syntax.SyntaxNode) -> bool:
    return not any(isinstance(node, syntax.NotGroup | grammar.MustGroup) or _is_or(node) for node in nodes)


def _ways(nodes: Sequence[syntax.SyntaxNode]) -> Sequence[syntax.SyntaxNode]:
    """What stands before an "or": the ways of an earlier one go on, so that three are one choice."""
    if len(nodes) == 1 and isinstance(nodes[0], syntax.OrGroup):
        return list(nodes[0])
    return [_one(nodes)]


def _one(nodes: Sequence[syntax.SyntaxNode]) -> syntax.SyntaxNode:
    return nodes[0] if len(nodes) == 1 else grammar.WordsGroup(nodes)


def _words_before(nodes: Sequence[syntax.SyntaxNode], end: int, is_plain: IsPlain) -> int:
    """How many of the nodes that end there make one name: the most that do, else one."""
    return max((size for size in _sizes(end) if _is_name(nodes[end - size : end], is_plain)), default=1)


def _words_from(nodes: Sequence[syntax.SyntaxNode], first: int, is_plain: IsPlain) -> int:
    sizes = _sizes(len(nodes) - first)
    return max((size for size in sizes if _is_name(nodes[first : first + size], is_plain)), default=1)


def _sizes(most: int) -> range:
    return range(1, min(most, concepts().longest) + 1)


def _is_name(nodes: Sequence[syntax.SyntaxNode], is_plain: IsPlain) -> bool:
    words = [node.text for node in nodes if type(node) is syntax.WordNode and is_plain(node)]
    return len(words) == len(nodes) and bool(concepts().meanings(" ".join(words)))
