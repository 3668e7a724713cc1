"""Pieces of a query as they are read: the node and, in words, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_app.query.tree import And, Node, Or


@dataclass(frozen=True, slots=True)
class Part:
    """A node and what it says; `joined` names what joins several parts in it, "" for a single one."""

    node: Node
    says: str
    joined: str = ""


def most_of(parts: Sequence[Part]) -> Part:
    """Both of two parts, or more than half of three or more."""
    nodes = tuple(part.node for part in parts)
    if len(nodes) == 1:
        return parts[0]
    if len(nodes) == 2:
        return Part(And(nodes), listed(parts, "and"), "and")
    minimum = len(nodes) // 2 + 1
    return Part(Or(nodes, minimum), f"at least {minimum} of {listed(parts, '')}", "of")


def all_of(parts: Iterable[Part | None]) -> Part | None:
    """All of the parts that there are; None if there are none."""
    kept = [part for part in parts if part]
    if len(kept) < 2:
        return kept[0] if kept else None
    return Part(And(tuple(part.node for part in kept)), listed(kept, "and"), "and")


def listed(parts: Sequence[Part], word: str) -> str:
    """The parts in words, joined by a word, or by commas for ""."""
    return (f" {word} " if word else ", ").join(nested(part, word) for part in parts)


def nested(part: Part, word: str) -> str:
    """What a part says inside of something joined by `word`."""
    return f"({part.says})" if part.joined not in ("", word) else part.says
