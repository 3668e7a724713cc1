"""Compares an engine's answers with the oracle's."""

from __future__ import annotations

from dataclasses import replace

from search_app.engines.base import Engine, Hit
from search_app.query.request import MAX_LIMIT, SearchRequest
from tests.contract.oracle import Oracle


def all_hits(engine: Engine, request: SearchRequest, size: int = MAX_LIMIT) -> list[Hit]:
    """The hits of all pages of `size`, until one is empty."""
    hits: list[Hit] = []
    offset = 0
    while page := engine.search(replace(request, offset=offset, limit=size, facets=())).hits:
        assert len(page) <= size
        hits += page
        offset += size
    return hits


def assert_same(engine: Engine, oracle: Oracle, request: SearchRequest) -> None:
    """Same total, same hits, same facets: names, order, counts, ticks and what is left out."""
    page = engine.search(replace(request, offset=0, limit=MAX_LIMIT))
    expected = oracle.search(request)
    assert page.total == len(expected.ids)
    found = [hit.id for hit in (page.hits if page.total <= MAX_LIMIT else all_hits(engine, request))]
    assert sorted(found) == sorted(expected.ids)
    assert page.facets == expected.facets
