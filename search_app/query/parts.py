"""Pieces of a query as they are read: the node and, in words, what it says."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from search_app.query.tree import And, AndMaybe, Node, Or


@dataclass(frozen=True, slots=True)
class Part:
    """A node and what it says; `joined` names what joins several parts in it, "" for a single one.

    `subject` ranks it among what a decision can be about (see `everyday.SUBJECTS`); 0 for circumstances.
    `looser` finds more than the node, for where that finds little; None if nothing does. `words` are those as
    typed, where the node finds what they mean.
    """

    node: Node
    says: str
    joined: str = ""
    subject: int = 0
    looser: Node | None = None
    words: str = ""


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


def any_of(parts: Sequence[Part]) -> Part | None:
    """Any of the parts; None if there are none."""
    if len(parts) < 2:
        return parts[0] if parts else None
    subject = min(part.subject for part in parts)
    node = Or(tuple(part.node for part in parts))
    return Part(
        node,
        listed(parts, "or"),
        "or",
        subject,
        looser=Or(tuple(map(_loose, parts))),
        words=" ".join(part.words for part in parts),
    )


def understood(parts: Sequence[Part]) -> Part:
    """Most of what a query is about and most of the circumstances that it names.

    Its `looser` node finds anything that the query is about, better with the circumstances; or any of the
    parts where they are all of one kind.
    """
    about, circumstances = _apart(parts)
    if about and circumstances:
        strict = all_of([most_of(about), most_of(circumstances)])
        loose: Node = AndMaybe(_any(about), _any(circumstances))
    else:
        strict, loose = most_of(parts), _any(parts)
    assert strict is not None
    return Part(strict.node, strict.says, strict.joined, looser=loose if loose != strict.node else None)


def _apart(parts: Sequence[Part]) -> tuple[list[Part], list[Part]]:
    """What the query is about, of the highest rank that there is, and the circumstances that it names."""
    rank = max(part.subject for part in parts)
    about = [part for part in parts if rank and part.subject == rank]
    return about, [part for part in parts if part not in about]


def _any(parts: Sequence[Part]) -> Node:
    return Or(tuple(map(_loose, parts))) if len(parts) > 1 else _loose(parts[0])


def _loose(part: Part) -> Node:
    return part.looser or part.node


def listed(parts: Sequence[Part], word: str) -> str:
    """The parts in words, joined by a word, or by commas for ""."""
    return (f" {word} " if word else ", ").join(nested(part, word) for part in parts)


def nested(part: Part, word: str) -> str:
    """What a part says inside of something joined by `word`."""
    return f"({part.says})" if part.joined not in ("", word) else part.says
