"""How close together a text says what a query asks for, and in whose words.

A query falls into units: the things that it asks for, each with all its wordings. What counts is the best
sentence of a rationale: the more units stand in it, and the rarer ones, the better. Sentences that many of
the candidates share are the reviewers' boilerplate, or quoted from a guideline, and count less.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import log, log2
from operator import itemgetter

from search_app.query.marks import Marker
from search_app.query.recipe import Recipe
from search_app.query.tree import And, AndMaybe, Leaf, Node, Or, positive_leaves

DAMPING = 12
"""Doublings of the candidates that share a sentence at which it counts half."""

_SENTENCE_END = re.compile(r"(?<=[.!?;])\s+")
_WORD = re.compile(r"[^\W\d_]+")


def units(node: Node) -> tuple[frozenset[Leaf], ...]:
    """The leaves of each thing that a query asks for; what is excluded is none."""
    return tuple(dict.fromkeys(filter(None, map(frozenset, _parts(node)))))


def _parts(node: Node) -> Iterator[Iterator[Leaf]]:
    match node:
        case And() | Or():
            for child in node.nodes:
                yield from _parts(child)
        case AndMaybe():
            yield from _parts(node.required)
            yield from _parts(node.optional)
        case _:
            yield positive_leaves(node)


@dataclass(frozen=True, slots=True)
class _Sentence:
    key: int
    units: frozenset[int]


def closeness(tree: Node, texts: Sequence[str], recipe: Recipe) -> list[float]:
    """For each text, what its best sentence is worth: on the scale of BM25, 0 where it has nothing."""
    if not recipe.closeness:
        return [0.0] * len(texts)
    asked = units(tree)
    marker = Marker({leaf for unit in asked for leaf in unit if "rationale" in leaf.fields})
    read = [list(_sentences(text, marker, asked)) for text in texts]
    worth = _worth(len(asked), read)
    shared = Counter(key for sentences in read for key in {one.key for one in sentences})
    if not recipe.boilerplate:
        shared = Counter(shared.keys())
    return [
        recipe.closeness * max((_value(one, worth, shared) for one in sentences), default=0.0)
        for sentences in read
    ]


def sentences(text: str) -> Iterator[str]:
    """The sentences of a text, each with the space after it."""
    start = 0
    for end in [*(one.end() for one in _SENTENCE_END.finditer(text)), len(text)]:
        yield text[start:end]
        start = end


def sentence_key(sentence: str) -> int:
    """A number that sentences of the same words, but for numbers, share."""
    return hash(tuple(_WORD.findall(sentence.lower())))


def _sentences(text: str, marker: Marker, asked: Sequence[frozenset[Leaf]]) -> Iterator[_Sentence]:
    found = sorted(((mark.start, leaf) for leaf, mark in marker.each(text)), key=itemgetter(0))
    end = at = 0
    for sentence in sentences(text) if found else ():
        end += len(sentence)
        leaves = set()
        while at < len(found) and found[at][0] < end:
            leaves.add(found[at][1])
            at += 1
        if leaves:
            here = (number for number, unit in enumerate(asked) if not unit.isdisjoint(leaves))
            yield _Sentence(sentence_key(sentence), frozenset(here))


def _worth(count: int, read: Sequence[Sequence[_Sentence]]) -> list[float]:
    having = Counter(
        unit for sentences in read for unit in frozenset().union(*(one.units for one in sentences))
    )
    total = len(read)
    return [log(1 + (total - having[unit] + 0.5) / (having[unit] + 0.5)) + 0.5 for unit in range(count)]


def _value(one: _Sentence, worth: Sequence[float], shared: Counter[int]) -> float:
    return sum(worth[unit] for unit in one.units) / (1 + log2(shared[one.key]) / DAMPING)
