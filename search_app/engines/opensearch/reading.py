"""Pages and whole lists of one commit."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import islice
from time import perf_counter
from typing import Any

from search_app.engines.base import Hit, Listed, ResultPage
from search_app.engines.hits import hit
from search_app.engines.opensearch.compiling import Compiler, Query, all_of
from search_app.engines.opensearch.counting import aggregations, listed_facets, passing
from search_app.engines.opensearch.near import Near
from search_app.engines.opensearch.schema import HIT, NEWEST, OLDEST, case_of
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store
from search_app.engines.opensearch.stream import Stream
from search_app.engines.ranking import WINDOW, Place, Read, by_relevance, places
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import Twins

_K1 = 1.2
"""BM25's, by which OpenSearch 3 divides scores (less one constant factor) and version 2 does not."""

Document = Mapping[str, Any]


class Reader:
    """Answers requests over one index."""

    def __init__(self, store: Store, version: tuple[int, ...]) -> None:
        self._store = store
        self._scale = 1.0 if version < (3,) else _K1 + 1

    def page(self, request: SearchRequest, state: State, started: float) -> ResultPage:
        """One page."""
        finding = self._finding(request, state)
        found = places(request, finding.find, _read)
        hits = _Hits(self._store, state, request, [place.document for place in found.shown])
        twins = self._twins(finding, found.shown)
        total = finding.total
        return ResultPage(
            total=total,
            places=total - found.folded,
            hits=tuple(hits.hit(place, twins.get(at, 0)) for at, place in enumerate(found.shown)),
            facets=listed_facets(finding.aggregations, request),
            seconds=perf_counter() - started,
        )

    def each(self, request: SearchRequest, state: State) -> Iterator[Listed]:
        """The list from the request's offset on."""
        finding = self._finding(replace(request, facets=(), fold=False), state)
        with Stream(self._store, finding.body()) as stream:
            documents: Iterator[Document] = iter(stream)
            if by_relevance(request):
                window = [(document["sort"][0], document) for document in islice(documents, WINDOW)]
                whole = replace(request, offset=0, limit=WINDOW, fold=False)
                ranked = places(whole, lambda offset, limit: window[offset : offset + limit], _read)
                documents = _chained([place.document for place in ranked.shown], documents)
            for document in islice(documents, request.offset, request.offset + request.limit):
                yield Listed(*_decision(document))

    def _finding(self, request: SearchRequest, state: State) -> _Finding:
        compiler = Compiler(Near(self._store, state, self._scale), self._scale)
        return _Finding(self._store, state, request, compiler.query(request.tree), compiler)

    def _twins(self, finding: _Finding, shown: Sequence[Place[Document]]) -> dict[int, int]:
        """How many near-twins are folded into each place that has any."""
        asked = {
            f"{at}": finding.compiler.query(Twins(place.keys))
            for at, place in enumerate(shown)
            if place.has_twins
        }
        return {at: count - 1 for at, count in finding.counts(asked).items()}


class _Finding:
    """One request to the cluster: a stretch of the list, and with the first also the total and the facets."""

    def __init__(
        self, store: Store, state: State, request: SearchRequest, query: Query, compiler: Compiler
    ) -> None:
        self.compiler = compiler
        self.total = 0
        self.aggregations: Mapping[str, Any] = {}
        self._store = store
        self._state = state
        self._request = request
        self._query = query
        self._asked = False

    def find(self, offset: int, limit: int) -> list[tuple[float, Document]]:
        """Scores and documents from an offset on."""
        body = {**self.body(), "from": offset, "size": limit}
        if not self._asked:
            body |= {"track_total_hits": True, "aggs": aggregations(self._request)}
        else:
            body["track_total_hits"] = False
        found = self._store.search(body, repr(self._request.tree))
        if not self._asked:
            self._asked = True
            self.total = int(found["hits"]["total"]["value"])
            self.aggregations = found.get("aggregations", {})
        ranks = by_relevance(self._request)
        return [(float(one["sort"][0]) if ranks else 0.0, one) for one in found["hits"]["hits"]]

    def body(self) -> dict[str, Any]:
        """The query, what is ticked, and the order, in which every decision has a place of its own."""
        order: list[Mapping[str, str]] = [{OLDEST if self._request.sort is Sort.OLDEST else NEWEST: "asc"}]
        if by_relevance(self._request):
            order = [{"_score": "desc"}, {NEWEST: "asc"}]
        return {
            "query": {"bool": {"must": [self._query], "filter": [self._state.living]}},
            "post_filter": {"bool": {"filter": list(passing(self._request))}},
            "sort": order,
            "_source": [HIT],
        }

    def counts(self, asked: Mapping[str, Query]) -> dict[int, int]:
        """How many of the decisions found match each of the queries, by its number."""
        if not asked:
            return {}
        restricted = all_of([self._query, *passing(self._request)])
        found = self._store.search(
            {
                "query": {"bool": {"filter": [restricted, self._state.living]}},
                "size": 0,
                "aggs": {"twins": {"filters": {"filters": dict(asked)}}},
            }
        )
        buckets = found["aggregations"]["twins"]["buckets"]
        return {int(name): bucket["doc_count"] for name, bucket in buckets.items()}


class _Hits:
    """Makes the hits of a page; the summaries are read together, and only if one is needed."""

    def __init__(
        self, store: Store, state: State, request: SearchRequest, documents: Sequence[Document]
    ) -> None:
        self._store = store
        self._state = state
        self._documents = documents
        self._highlighter = Highlighter(request.tree)

    @cached_property
    def _summaries(self) -> Mapping[str, str]:
        cases = {str(document["_source"][HIT]["case"]["id"]) for document in self._documents}
        return self._store.summaries(sorted(cases), self._state)

    def hit(self, place: Place[Document], twins: int) -> Hit:
        """The hit of a place."""
        case, number = _decision(place.document)
        made = hit(case, number, place.score, self._highlighter, lambda: self._summaries[case.id])
        return replace(made, twins=twins)


def _chained(first: Sequence[Document], rest: Iterator[Document]) -> Iterator[Document]:
    yield from first
    yield from rest


def _decision(document: Document) -> tuple[Determination, int]:
    found = document["_source"][HIT]
    return case_of(found["case"], [found["decision"]]), found["number"]


def _read(document: Document) -> Read:
    found = document["_source"][HIT]
    return Read(found["decision"]["rationale"], tuple(found["twins"]))
