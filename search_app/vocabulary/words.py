"""Words of a text with their places, and a table that finds many phrases in one pass over them."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, NamedTuple, TypeVar

Value = TypeVar("Value")

# Runs of letters, runs of digits, and the two signs that carry meaning in a request ("5%", "#60"),
# so that "10/325mg" gives 10, 325, mg and "X-Ray" gives x, ray.
_WORD = re.compile(r"[^\W\d_]+|\d+|[%#]")


class Word(NamedTuple):
    """A word in lower case with its first and past-the-end character in the text it was cut from."""

    text: str
    start: int
    end: int


def cut(text: str) -> list[Word]:
    """Return the words of a text in order: "Norco 10/325mg" gives norco, 10, 325, mg."""
    return [Word(match[0].casefold(), match.start(), match.end()) for match in _WORD.finditer(text)]


def key(text: str) -> tuple[str, ...]:
    """Return what two spellings of one name share: its words in lower case, without punctuation."""
    return tuple(word.casefold() for word in _WORD.findall(text))


def _itself(word: str) -> tuple[str, ...]:
    return (word,)


@dataclass(slots=True)
class _Node(Generic[Value]):
    branches: dict[str, "_Node[Value]"] = field(default_factory=dict)
    value: Value | None = None


class Match(NamedTuple, Generic[Value]):
    """A phrase found: its value, its first word and the word past its last."""

    value: Value
    first: int
    past: int


class PhraseTable(Generic[Value]):
    """Phrases and what they stand for, as a tree of words: a scan costs the same for ten or ten thousand.

    `forms` says under which keys a word of a text is looked up (itself, by default).
    """

    def __init__(self, forms: Callable[[str], tuple[str, ...]] = _itself) -> None:
        self._root: _Node[Value] = _Node()
        self._forms = forms

    def add(self, phrase: Sequence[str], value: Value) -> Value:
        """Enter a phrase; returns the value that stands for it, an earlier one if the phrase was known."""
        node = self._root
        for word in phrase:
            node = node.branches.setdefault(word, _Node())
        if node.value is None:
            node.value = value
        return node.value

    def get(self, phrase: Sequence[str]) -> Value | None:
        """Return what exactly this phrase stands for, or None."""
        node = self._root
        for word in phrase:
            step = node.branches.get(word)
            if step is None:
                return None
            node = step
        return node.value

    def _from(self, words: Sequence[str], first: int) -> list[Match[Value]]:
        """Return each phrase that begins at a word, shorter ones first."""
        forms = self._forms(words[first])
        if self._root.branches.keys().isdisjoint(forms):  # true of most words
            return []
        found: list[Match[Value]] = []
        nodes = [self._root]
        for past in range(first, len(words)):
            forms = self._forms(words[past])
            nodes = [node.branches[form] for node in nodes for form in forms if form in node.branches]
            if not nodes:
                break
            found += [Match(node.value, first, past + 1) for node in nodes if node.value is not None]
        return found

    def every(self, words: Sequence[str]) -> Iterator[Match[Value]]:
        """Yield every phrase in the words, overlapping ones too, in the order of their first words."""
        for first in range(len(words)):
            yield from self._from(words, first)

    def longest(self, words: Sequence[str]) -> Iterator[Match[Value]]:
        """Yield phrases from left to right, at each place the longest, none overlapping another."""
        first = 0
        while first < len(words):
            found = self._from(words, first)
            if found:
                best = max(found, key=lambda match: match.past)
                yield best
                first = best.past
            else:
                first += 1
