"""Finds decisions like another one or like a text; engines share it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from search_app.engines.base import Engine, ResultPage
from search_app.query.likeness import Likeness, like, telling
from search_app.query.recipe import RECIPE
from search_app.query.request import Filter, SearchRequest

_RECIPE = replace(RECIPE, closeness=0.0)
"""Words of a whole text need not stand together."""


Having = Callable[[Mapping[str, int]], Mapping[str, int]]
"""Tells how many decisions have each of some words in their rationales."""


def similar(
    engine: Engine,
    likeness: Likeness,
    filters: tuple[Filter, ...],
    limit: int,
    having: Having | None = None,
) -> ResultPage:
    """The closest decisions that pass the filters, near-twins folded, facets not counted.

    `having` is for engines that can tell of many words at once.
    """
    words = telling(likeness.words, having(likeness.words) if having else _having(engine, likeness.words))
    request = SearchRequest(
        tree=like(likeness, words), filters=filters, limit=limit, facets=(), fold=True, recipe=_RECIPE
    )
    return engine.search(request)


def _having(engine: Engine, words: Mapping[str, int]) -> Mapping[str, int]:
    """How many decisions have each of the words."""
    return {word: engine.vocabulary(word).get(word, 0) for word in words if not word.isdigit()}
