"""Answers a search as a person means it: misspelt words mended, and nearly right where little is right."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search_app.engines.base import Engine, Facet, ResultPage
from search_app.engines.cases import find_decision
from search_app.engines.spelling import Correction, corrected, corrections
from search_app.errors import TooCostly, TookTooLong
from search_app.query.parameters import Search
from search_app.query.reading import Reading, read
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import And, Node, Twins, restricted
from search_app.query.twins import twin_keys

FEW = 20
"""Decisions below which those that have only what the query is about are shown too: a page of them."""


MOST_VALUES = 50_000
"""Values of a facet that are looked through; no facet of the state's letters has as many."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What was found, and how the search was changed to find it.

    `reading` and `request` are those that were answered. Words that no decision has are searched for as what
    was probably meant (`corrected`); for words that some have it is only suggested (`meant`, a query).
    `strict` is the number of decisions that have most of what was asked for, where others are shown too.
    """

    reading: Reading
    request: SearchRequest
    page: ResultPage
    corrected: tuple[Correction, ...] = ()
    meant: str | None = None
    strict: int | None = None


def answer(engine: Engine, search: Search) -> Answer:
    """Answer a search; raises CaseNotFound if it asks for the near-twins of a decision that is not there."""
    recipe, reading = search.request.recipe, search.reading
    changes = corrections(reading, engine) if search.expand and recipe.spelling else ()
    missing = tuple(one for one in changes if not one.found)
    if missing:
        reading = read(corrected(reading.typed, missing), recipe)
    near = search.near and search.request.sort is Sort.RELEVANCE
    looser = restricted(reading.looser, search.restrictions) if near and reading.looser else None
    strict = replace(search.request, tree=restricted(reading.tree, search.restrictions))
    found = _with_near_misses(engine, reading, looser, strict)
    if search.twins:
        found = _among_twins(engine, found, search.twins)
    meant = corrected(reading.typed, changes) if len(missing) < len(changes) else None
    return replace(found, corrected=missing, meant=meant)


def all_values(engine: Engine, found: Answer, field: str) -> tuple[Facet, int]:
    """All values of a facet in what a search found, and the number of decisions that it found."""
    request = replace(found.request, offset=0, limit=1, facets=(field,), facet_limit=MOST_VALUES, fold=False)
    page = engine.search(request)
    (facet,) = page.facets
    return facet, page.total


def asked_tree(engine: Engine, search: Search) -> Node:
    """All that a search looks for, for marking it in a text."""
    request = replace(search.request, offset=0, limit=1, facets=())
    found = answer(engine, replace(search, request=request, twins=""))
    return found.request.tree


def _with_near_misses(
    engine: Engine, reading: Reading, looser: Node | None, request: SearchRequest
) -> Answer:
    page = engine.search(request)
    if page.total >= FEW or looser is None:
        return Answer(reading=reading, request=request, page=page)
    near = replace(request, tree=looser)
    try:
        return Answer(reading=reading, request=near, page=engine.search(near), strict=page.total)
    except (TooCostly, TookTooLong):
        return Answer(reading=reading, request=request, page=page)


def _among_twins(engine: Engine, found: Answer, decision_id: str) -> Answer:
    """Only the near-twins of a decision among what was found."""
    keys = twin_keys(find_decision(engine, decision_id).rationale)
    request = replace(found.request, tree=And((found.request.tree, Twins(keys))))
    return replace(found, request=request, page=engine.search(request))
