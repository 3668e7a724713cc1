"""Plain words typed side by side: cut into the things that they name, without what says nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from whoosh.qparser import syntax

from search_app.query.analysis import tokens, words
from search_app.query.concepts import Run, concepts
from search_app.query.recipe import Recipe
from search_app.query.stopwords import STOPWORDS

Item: TypeAlias = "str | syntax.SyntaxNode"
"""A word as typed, or one with a mark such as an asterisk."""

_OR = "or"


@dataclass(frozen=True, slots=True)
class Things:
    """What is searched, each with its alternatives ("neck or back"), and the words that were left out."""

    kept: tuple[tuple[Item, ...], ...]
    left_out: tuple[str, ...]


def things(items: Sequence[Item], recipe: Recipe) -> Things:
    """The things that plain words name.

    Common words, and those that only frame a question ("cases where the patient"), are left out unless
    nothing else is left.
    """
    spread = [
        part for item in items for part in _apart(item, recipe) if not isinstance(part, str) or tokens(part)
    ]
    found = list(_cut(spread, recipe))
    common = [ways for ways in found if all(_says_nothing(one, recipe) for one in ways)]
    if len(common) == len(found):
        common = []
    left_out = dict.fromkeys(str(one) for ways in common for one in ways)
    return Things(tuple(ways for ways in found if ways not in common), tuple(left_out))


def _says_nothing(item: Item, recipe: Recipe) -> bool:
    return isinstance(item, str) and (item.lower() in STOPWORDS or (recipe.framing and _frames(item)))


def _frames(text: str) -> bool:
    known = concepts()
    return any(known.groups[name].kind == "framing" for way in known.meanings(text) for name in way)


def _cut(items: Sequence[Item], recipe: Recipe) -> Iterator[tuple[Item, ...]]:
    """The things side by side, each with those that an "or" offers instead of it."""
    at = 0
    while at < len(items):
        thing, at = _thing(items, at, recipe)
        ways = [thing]
        while (
            recipe.alternatives and items[at : at + 1] == [_OR] and _can_be_chosen(items, at, thing, recipe)
        ):
            thing, past = _thing(items, at + 1, recipe)
            ways[-1] = _with_rest(ways[-1], items[at + 2 : past], recipe)
            ways.append(thing)
            at = past
        yield tuple(dict.fromkeys(ways))


def _thing(items: Sequence[Item], at: int, recipe: Recipe) -> tuple[Item, int]:
    """The thing that begins at a word, and where the next one does."""
    past = at + _length(items, at, recipe)
    return (items[at] if past == at + 1 else " ".join(map(str, items[at:past]))), past


def _can_be_chosen(items: Sequence[Item], at: int, before: Item, recipe: Recipe) -> bool:
    after = items[at + 1 : at + 2]
    return bool(after) and not any(_says_nothing(one, recipe) for one in (before, *after))


def _with_rest(thing: Item, rest: Sequence[Item], recipe: Recipe) -> Item:
    """A thing with the words that its alternative has too, if that names something: neck or back pain."""
    whole = " ".join(map(str, (thing, *rest)))
    return whole if rest and _known(whole, recipe) else thing


def _length(items: Sequence[Item], at: int, recipe: Recipe) -> int:
    """How many of the words from `at` on make a name together, the most that do; else 1."""
    if not (recipe.drugs or recipe.everyday):
        return 1
    run: Run = ()
    longest = 1
    for length, item in enumerate(items[at : at + concepts().longest], 1):
        if not isinstance(item, str):
            break
        run += tuple(tokens(item))
        if length > 1 and concepts().understands(run):
            longest = length
    return longest


def _apart(item: Item, recipe: Recipe) -> Iterator[Item]:
    """What looks like one word as several, if it is no name but each part of it is one: EMG/NCV."""
    if isinstance(item, str) and not _known(item, recipe):
        parts = words(item)
        if len(parts) > 1 and all(_known(part, recipe) for part in parts):
            yield from parts
            return
    yield item


def _known(text: str, recipe: Recipe) -> bool:
    return (recipe.drugs or recipe.everyday) and bool(concepts().meanings(text))
