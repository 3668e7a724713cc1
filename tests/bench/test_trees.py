"""Trees for libraries that can't count matching words mean the same."""

from __future__ import annotations

from itertools import product

import pytest

from bench.peers.trees import any_of, without_minimum
from search_app.query.tree import And, AndMaybe, DisMax, Node, Not, Or, Word

WORDS = tuple(Word(name, ("rationale",)) for name in "abcde")


def _holds(node: Node, present: frozenset[Node]) -> bool:
    match node:
        case And():
            return all(_holds(child, present) for child in node.nodes)
        case Or():
            return sum(_holds(child, present) for child in node.nodes) >= node.minimum
        case DisMax():
            return any(_holds(child, present) for child in node.nodes)
        case Not():
            return not _holds(node.node, present)
        case AndMaybe():
            return _holds(node.required, present)
    return node in present


def _minimums(node: Node) -> list[int]:
    match node:
        case And() | Or() | DisMax():
            inner = [number for child in node.nodes for number in _minimums(child)]
            return [*inner, node.minimum] if isinstance(node, Or) else inner
        case Not():
            return _minimums(node.node)
        case AndMaybe():
            return [*_minimums(node.required), *_minimums(node.optional)]
    return []


@pytest.mark.parametrize("minimum", [1, 2, 3, 4, 5])
def test_written_out_it_means_the_same(minimum: int) -> None:
    """For every set of words that a decision may have, deep inside a tree too."""
    few = Or(WORDS, minimum)
    for node in (few, And((few, Not(few))), DisMax((few, WORDS[0])), AndMaybe(few, few)):
        plain = without_minimum(node)
        assert set(_minimums(plain)) <= {1}
        for chosen in product((False, True), repeat=len(WORDS)):
            present = frozenset(word for word, there in zip(WORDS, chosen, strict=True) if there)
            assert _holds(plain, present) == _holds(node, present)


def test_loosened_any_word_will_do() -> None:
    """For scores and marks."""
    node = AndMaybe(And((Or(WORDS, 3), Not(Or(WORDS, 2)))), DisMax((Or(WORDS, 2),)))
    assert set(_minimums(any_of(node))) == {1}
