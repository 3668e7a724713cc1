"""Cases whose number begins as typed."""

from __future__ import annotations

from collections.abc import Iterator

from search_app.engines.base import Engine
from search_app.engines.cases import typed_case
from search_app.model import Determination
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import And, Prefix, Word
from search_app.vocabulary.case_numbers import beginning

MOST = 3
"""Cases suggested at once: whoever types a number types it to its end."""

_PLACE = ("case",)
_READ = 20
"""Decisions looked at for so many cases; a case has some three."""


def cases_beginning(engine: Engine, typed: str) -> tuple[Determination, ...]:
    """The case whose whole number was typed, then the latest of those whose number begins so."""
    whole = typed_case(engine, typed)
    ids = dict.fromkeys([whole] if whole else [])
    ids.update(dict.fromkeys(_beginning(engine, typed)))
    found = (engine.case(case_id) for case_id in list(ids)[:MOST])
    return tuple(case for case in found if case is not None)


def _beginning(engine: Engine, typed: str) -> Iterator[str]:
    begun = beginning(typed)
    if begun is None:
        return
    year, digits = begun
    tree = And((Word(f"cm{year}", _PLACE), Prefix(digits, digits, _PLACE)))
    request = SearchRequest(tree=tree, limit=_READ, facets=(), sort=Sort.NEWEST)
    yield from (hit.case.id for hit in engine.search(request).hits)
