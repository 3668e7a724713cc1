"""The tree that a query becomes: what every engine must match, in the engine-neutral terms of tokens.

Leaves hold analysed tokens (see `analysis`) and the text fields in which to look; a leaf matches a
decision if it matches in any one of them. `weight` scales a leaf's share of the score.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias


@dataclass(frozen=True, slots=True)
class Everything:
    """Matches every decision."""


@dataclass(frozen=True, slots=True)
class Nothing:
    """Matches no decision."""


@dataclass(frozen=True, slots=True)
class Word:
    """Matches where `token` occurs."""

    token: str
    fields: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Phrase:
    """Matches where the tokens stand together in this order, or nearly so.

    With positions p(i) of distinct occurrences of the tokens, the largest p(i) - i minus the smallest is
    at most `slop`: 0 is the exact phrase, 1 lets one other token in between, 2 lets two neighbours swap.
    This is what Lucene calls a sloppy phrase.
    """

    tokens: tuple[str, ...]
    fields: tuple[str, ...]
    slop: int = 0
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Concept:
    """Matches where a wording of the concept stands, or of one that it includes (see `concepts`)."""

    name: str
    fields: tuple[str, ...]
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prefix:
    """Matches tokens that begin with `prefix`, and the token `stem` (what the prefix itself stems to)."""

    prefix: str
    stem: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Matches tokens at most `distance` edits away; swapping two neighbours is one edit (Damerau 1964)."""

    token: str
    distance: int
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dates:
    """Matches decisions dated from `first` to `last`, both included; None leaves an end open."""

    field: str
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Value:
    """Matches decisions that have any of the values in a facet; adds nothing to the score."""

    facet: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Twins:
    """Matches decisions whose rationale has any of the keys: near-twins of each other (see `twins`)."""

    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class And:
    """Matches where all of the nodes do."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Or:
    """Matches where at least `minimum` of the nodes do."""

    nodes: tuple[Node, ...]
    minimum: int = 1


@dataclass(frozen=True, slots=True)
class DisMax:
    """Matches where any of the nodes does; only the best of their scores counts (names of one thing)."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Constant:
    """Matches where the node does, and adds `score`, whatever the node's own score is."""

    node: Node
    score: float


@dataclass(frozen=True, slots=True)
class Not:
    """Matches where the node does not."""

    node: Node


@dataclass(frozen=True, slots=True)
class AndMaybe:
    """Matches where `required` does; `optional` only adds to the score."""

    required: Node
    optional: Node


def restricted(node: Node, restrictions: Sequence[Node]) -> Node:
    """What matches the node and all of the restrictions."""
    if not restrictions:
        return node
    return And((*(() if isinstance(node, Everything) else (node,)), *restrictions))


Leaf: TypeAlias = Word | Phrase | Concept | Prefix | Fuzzy
Node: TypeAlias = (
    Everything | Nothing | Leaf | Dates | Value | Twins | And | Or | DisMax | Constant | Not | AndMaybe
)


def positive_leaves(node: Node) -> Iterator[Leaf]:
    """The leaves that a match can be seen by: all but those under a Not, from left to right."""
    match node:
        case Word() | Phrase() | Concept() | Prefix() | Fuzzy():
            yield node
        case And() | Or() | DisMax():
            for child in node.nodes:
                yield from positive_leaves(child)
        case Constant():
            yield from positive_leaves(node.node)
        case AndMaybe():
            yield from positive_leaves(node.required)
            yield from positive_leaves(node.optional)
