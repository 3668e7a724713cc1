"""OpenSearch used by hand for the same page as ours: candidates are ranked, near-twins folded and counted.

The requests are written by hand, one for the candidates and the facets, and one for what the page shows of
the best of them; how candidates are ranked and folded is ours.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from bench.peers.base import Page
from bench.peers.opensearch_queries import query
from bench.peers.raw_opensearch import (
    HIGHLIGHT,
    NAME,
    SHOWN,
    TWINS,
    RawOpenSearch,
    RawOpenSearchOpen,
    asked,
    connected,
    page,
    ticked,
)
from search_app.engines.ranking import Place, Read, by_relevance, places
from search_app.model import Determination
from search_app.query.request import SearchRequest

Hit = Mapping[str, Any]


class RankedOpenSearch(RawOpenSearch):
    """The index of `RawOpenSearch`, with pages that take the same work as ours."""

    name = "ranked-opensearch"
    label = "OpenSearch by hand, the same work"

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make the index, if `RawOpenSearch` has not made it already."""
        client = connected()
        there = client.indices.exists(index=NAME)
        client.close()
        if not there:
            super().build(folder, determinations)

    def open(self, folder: Path) -> RankedOpenSearchOpen:
        """Open what `build` made."""
        return RankedOpenSearchOpen(connected())


class RankedOpenSearchOpen(RawOpenSearchOpen):
    """A client of the cluster."""

    def page(self, request: SearchRequest) -> Page:
        """Answer a search."""
        if not by_relevance(request):
            return super().page(request)
        answers: list[Mapping[str, Any]] = []
        best = places(request, partial(self._find, request, answers), _read).shown
        return page(answers[0], self._shown(request, best) if best else [])

    def _find(
        self, request: SearchRequest, answers: list[Mapping[str, Any]], offset: int, limit: int
    ) -> list[tuple[float, Hit]]:
        """Candidates from an offset on; the answer is kept."""
        body = asked(request) | {"from": offset, "size": limit, "_source": ["rationale", TWINS]}
        answers.append(self.search(body))
        return [(hit["_score"], hit) for hit in answers[-1]["hits"]["hits"]]

    def _shown(self, request: SearchRequest, best: Sequence[Place[Hit]]) -> list[Hit]:
        """The hits of the page, marked; how many near-twins they have is asked for beside."""
        ids = [place.document["_id"] for place in best]
        wanted = {"bool": {"must": [query(request.tree)], "filter": [{"ids": {"values": ids}}]}}
        bodies = [{"query": wanted, "size": len(ids), "_source": SHOWN, "highlight": HIGHLIGHT}]
        alike = {place.document["_id"]: place.keys for place in best if place.has_twins}
        if alike:
            filters = {one: {"terms": {TWINS: list(keys)}} for one, keys in alike.items()}
            restricted = {"bool": {"filter": [query(request.tree), *ticked(request).values()]}}
            twins = {"twins": {"filters": {"filters": filters}}}
            bodies.append({"query": restricted, "size": 0, "aggs": twins})
        found = self.client.msearch(index=NAME, body=[line for body in bodies for line in ({}, body)])
        hits = {one["_id"]: one for one in found["responses"][0]["hits"]["hits"]}
        return [hits[one] for one in ids]


def _read(hit: Hit) -> Read:
    return Read(hit["_source"]["rationale"][0], tuple(hit["_source"][TWINS]))
