"""Where the leaves of a query are found in a text.

A page of results looks through the texts of all its hits, so words are not looked at one by one: texts are
taken run by run, and only the places of runs with a wanted token are worked out.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from typing import NamedTuple, TypeAlias

from search_app.query.concepts import Run, concepts
from search_app.query.distance import accepted
from search_app.query.phrase import occurrences
from search_app.query.runs import spans_of_run, tokens_of_run
from search_app.query.tree import Concept, Fuzzy, Leaf, Phrase, Prefix, Word


class Mark(NamedTuple):
    """A place in a text, text[start:end], and what was found there."""

    start: int
    end: int
    what: str


class _Place(NamedTuple):
    """A token's number in its text, and where it stands: text[start:end]."""

    number: int
    start: int
    end: int


_Places: TypeAlias = Mapping[str, Sequence[_Place]]


class Marker:
    """Finds leaves in texts, all of one field."""

    def __init__(self, leaves: Iterable[Leaf]) -> None:
        self._leaves = tuple(leaves)
        self._wanted = {token for leaf in self._leaves for token in _named(leaf)}
        self._accepted: dict[Prefix | Fuzzy, set[str]] = {
            leaf: set() for leaf in self._leaves if isinstance(leaf, (Prefix, Fuzzy))
        }
        self._tested: set[str] = set()
        self._wordings = {leaf: _by_first(leaf) for leaf in self._leaves if isinstance(leaf, Concept)}

    def marks(self, text: str) -> list[Mark]:
        """What is found, in order and without overlaps: of two that overlap, the first and longest."""
        return _disjoint(mark for _, mark in self.each(text))

    def each(self, text: str) -> Iterator[tuple[Leaf, Mark]]:
        """Every place of every leaf, overlapping ones too."""
        places = self._places(text) if self._leaves else {}
        return ((leaf, mark) for leaf in self._leaves for mark in self._leaf_marks(leaf, places))

    def _places(self, text: str) -> _Places:
        """The places of the wanted tokens of a text."""
        runs = text.split(" ")
        run_tokens = list(map(tokens_of_run, runs))
        if self._accepted:
            self._test(set().union(*run_tokens) - self._tested)
        places: dict[str, list[_Place]] = {}
        start = number = last = 0
        for at in [at for at, none in enumerate(map(self._wanted.isdisjoint, run_tokens)) if not none]:
            start += sum(map(len, runs[last:at])) + at - last
            number += sum(map(len, run_tokens[last:at]))
            last = at
            for shift, span in enumerate(spans_of_run(runs[at])):
                if span.token in self._wanted:
                    place = _Place(number + shift, start + span.start, start + span.end)
                    places.setdefault(span.token, []).append(place)
        return places

    def _test(self, fresh: set[str]) -> None:
        """Ask the leaves that accept tokens by their look about tokens that no text had yet."""
        self._tested |= fresh
        for leaf, known in self._accepted.items():
            known.update(accepted(leaf, fresh))
            self._wanted |= known

    def _leaf_marks(self, leaf: Leaf, places: _Places) -> Iterator[Mark]:
        match leaf:
            case Phrase():
                yield from _phrase_marks(leaf, places)
            case Word():
                yield from _token_marks(leaf.token, places)
            case Concept():
                yield from _concept_marks(leaf, self._wordings[leaf], places)
            case _:
                for token in self._accepted[leaf] & places.keys():
                    yield from _token_marks(token, places)


def _named(leaf: Leaf) -> Iterable[str]:
    """The tokens that a leaf names."""
    match leaf:
        case Word():
            return (leaf.token,)
        case Phrase():
            return leaf.tokens
        case Concept():
            return chain.from_iterable(concepts().wordings(leaf.name))
    return ()


def _by_first(leaf: Concept) -> Mapping[str, Sequence[Run]]:
    """The wordings of a concept by their first token."""
    by_first: dict[str, list[Run]] = {}
    for run in concepts().wordings(leaf.name):
        by_first.setdefault(run[0], []).append(run)
    return by_first


def _token_marks(token: str, places: _Places) -> Iterator[Mark]:
    return (Mark(place.start, place.end, token) for place in places.get(token, ()))


def _concept_marks(leaf: Concept, wordings: Mapping[str, Sequence[Run]], places: _Places) -> Iterator[Mark]:
    there = places.keys()
    found = [run for first in wordings.keys() & there for run in wordings[first] if there >= set(run)]
    at = {place.number: (token, place.end) for token in set(chain(*found)) for place in places[token]}
    for run in found:
        for place in places[run[0]]:
            ends = [at.get(number) for number in range(place.number, place.number + len(run))]
            if all(end and end[0] == token for end, token in zip(ends, run, strict=True)) and ends[-1]:
                yield Mark(place.start, ends[-1][1], leaf.name)


def _phrase_marks(leaf: Phrase, places: _Places) -> Iterator[Mark]:
    by_number = {place.number: place for token in leaf.tokens for place in places.get(token, ())}
    numbers = [[place.number for place in places.get(token, ())] for token in leaf.tokens]
    what = " ".join(leaf.tokens)
    for found in occurrences(numbers, leaf.slop):
        if leaf.slop == 0:
            yield Mark(by_number[found[0]].start, by_number[found[-1]].end, what)
        else:
            yield from (Mark(by_number[at].start, by_number[at].end, what) for at in found)


def _disjoint(marks: Iterable[Mark]) -> list[Mark]:
    kept: list[Mark] = []
    for mark in sorted(marks, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
