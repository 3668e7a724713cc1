"""Whether a decision matches a tree: the sentences of tree.py once more, slowly and without an index."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from search_app.fields import FIELDS, NOT_STATED, texts
from search_app.model import Decision, Determination
from search_app.query.analysis import tokens
from search_app.query.concepts import concepts
from search_app.query.tree import (
    And,
    AndMaybe,
    Concept,
    Constant,
    Dates,
    DisMax,
    Everything,
    Fuzzy,
    Leaf,
    Node,
    Not,
    Nothing,
    Or,
    Phrase,
    Prefix,
    Twins,
    Value,
    Word,
)
from search_app.query.twins import twin_keys


@dataclass(frozen=True, slots=True, eq=False)
class Item:
    """One decision with its determination; `number` counts from 1."""

    case: Determination
    number: int
    decision: Decision

    @property
    def id(self) -> str:
        return f"{self.case.id}/{self.number}"


@cache
def runs(item: Item, field: str) -> tuple[tuple[str, ...], ...]:
    """The tokens of each value of a field; a run of positions of its own for each value."""
    return tuple(tuple(tokens(text)) for text in texts(field, item.case, item.decision))


def matches(node: Node, item: Item) -> bool:
    match node:
        case Everything() | Nothing():
            return isinstance(node, Everything)
        case Word() | Phrase() | Concept() | Prefix() | Fuzzy():
            return any(_leaf_matches(node, run) for field in node.fields for run in runs(item, field))
        case Dates() | Value() | Twins():
            return _has(node, item)
    return _operator_matches(node, item)


def _has(node: Dates | Value | Twins, item: Item) -> bool:
    match node:
        case Value():
            return not values_of(item, node.facet).isdisjoint(node.values)
        case Twins():
            return not set(twin_keys(item.decision.rationale)).isdisjoint(node.keys)
    return _dated(node, item)


def values_of(item: Item, field: str) -> set[str]:
    get = FIELDS[field].facet
    assert get is not None
    return set(get(item.case, item.decision)) or {NOT_STATED}


def _operator_matches(node: And | Or | DisMax | Constant | Not | AndMaybe, item: Item) -> bool:
    match node:
        case Constant():
            return matches(node.node, item)
        case And():
            return all(matches(child, item) for child in node.nodes)
        case Or():
            return sum(matches(child, item) for child in node.nodes) >= node.minimum
        case DisMax():
            return any(matches(child, item) for child in node.nodes)
        case Not():
            return not matches(node.node, item)
    return matches(node.required, item)


def _dated(node: Dates, item: Item) -> bool:
    assert node.field == "decided"
    day = item.case.decision_date
    if day is None:
        return False
    return (node.first is None or node.first <= day) and (node.last is None or day <= node.last)


def _leaf_matches(leaf: Leaf, run: Sequence[str]) -> bool:
    match leaf:
        case Word():
            return leaf.token in run
        case Phrase():
            return any(True for _ in placements(leaf.tokens, run, leaf.slop))
        case Concept():
            return any(
                run[at : at + len(wording)] == wording
                for wording in concepts().wordings(leaf.name)
                for at in range(len(run))
            )
        case Prefix():
            return any(token[: len(leaf.prefix)] == leaf.prefix or token == leaf.stem for token in run)
        case Fuzzy():
            return any(edits(leaf.token, token) <= leaf.distance for token in set(run))


def placements(phrase: Sequence[str], run: Sequence[str], slop: int) -> Iterator[tuple[int, ...]]:
    """Every choice of distinct positions, one a token, whose offsets p(i) - i differ by `slop` at most."""

    def extend(chosen: tuple[int, ...]) -> Iterator[tuple[int, ...]]:
        i = len(chosen)
        if i == len(phrase):
            yield chosen
            return
        for position, token in enumerate(run):
            if token != phrase[i] or position in chosen:
                continue
            offsets = [p - at for at, p in enumerate((*chosen, position))]
            if max(offsets) - min(offsets) <= slop:
                yield from extend((*chosen, position))

    return extend(())


@cache
def edits(one: str, other: str) -> int:
    """Letters to insert, delete or change, or neighbours to swap, each letter edited once (Damerau 1964)."""
    if not one or not other:
        return len(one) + len(other)
    ways = [
        edits(one[:-1], other) + 1,
        edits(one, other[:-1]) + 1,
        edits(one[:-1], other[:-1]) + (one[-1] != other[-1]),
    ]
    if len(one) > 1 and len(other) > 1 and one[-2:] == other[-1] + other[-2]:
        ways.append(edits(one[:-2], other[:-2]) + 1)
    return min(ways)
