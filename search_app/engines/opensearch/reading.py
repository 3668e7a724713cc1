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
from search_app.engines.opensearch.schema import HIT, NEWEST, OLDEST, RANKED, SUMMARY, case_of, unpacked
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store, living
from search_app.engines.opensearch.stream import Stream
from search_app.engines.ranking import WINDOW, Place, Read, by_relevance, places
from search_app.model import Determination
from search_app.query.highlight import Highlighter
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import Twins

_K1 = 1.2
"""BM25's, by which OpenSearch 3 divides scores (less one constant factor) and version 2 does not."""

_TWINS = "twins"

_COLUMN: Mapping[str, Any] = {"stored_fields": "_none_", "docvalue_fields": [RANKED]}
_WHOLE: Mapping[str, Any] = {"_source": True}
"""Unfiltered, a cluster sends it as it is stored; to take parts out, it would read and write it."""

Document = Mapping[str, Any]
"""A document as the cluster returns it."""


class Reader:
    """Answers requests over one index."""

    def __init__(self, store: Store, version: tuple[int, ...]) -> None:
        self._store = store
        self._scale = 1.0 if version < (3,) else _K1 + 1

    def page(self, request: SearchRequest, state: State, started: float) -> ResultPage:
        """One page."""
        finding = self._finding(request, state)
        found = places(request, finding.find, _ranked)
        documents, twins = finding.whole(found.shown)
        hits = _Hits(self._store, state, request, documents)
        scores = [place.score for place in found.shown]
        return ResultPage(
            total=finding.total,
            places=finding.total - found.folded,
            hits=tuple(map(hits.hit, documents, scores, twins)),
            facets=listed_facets(finding.aggregations, request),
            seconds=perf_counter() - started,
        )

    def each(self, request: SearchRequest, state: State) -> Iterator[Listed]:
        """The list from the request's offset on."""
        finding = self._finding(replace(request, facets=(), fold=False), state)
        with Stream(self._store, {**finding.body, **_WHOLE}) as stream:
            documents: Iterator[Document] = iter(stream)
            if by_relevance(request):
                window = [(document["sort"][0], document) for document in islice(documents, WINDOW)]
                whole = replace(request, offset=0, limit=WINDOW, fold=False)
                ranked = places(whole, lambda offset, limit: window[offset : offset + limit], _listed)
                documents = _chained([place.document for place in ranked.shown], documents)
            for document in islice(documents, request.offset, request.offset + request.limit):
                yield Listed(*_decision(document))

    def _finding(self, request: SearchRequest, state: State) -> _Finding:
        compiler = Compiler(Near(self._store, state, self._scale), self._scale)
        return _Finding(self._store, state, request, compiler)


class _Finding:
    """What a request finds: stretches of the list, and with the first also the total and the facets."""

    def __init__(self, store: Store, state: State, request: SearchRequest, compiler: Compiler) -> None:
        self.total = 0
        self.aggregations: Mapping[str, Any] = {}
        self._store = store
        self._state = state
        self._request = request
        self._compiler = compiler
        self._query = compiler.query(request.tree)
        self._ranks = by_relevance(request)
        self._asked = False

    def find(self, offset: int, limit: int) -> list[tuple[float, Document]]:
        """Scores and documents from an offset on: what ranking reads of them, or else the whole of them."""
        body = {**self.body, "from": offset, "size": limit, **(_COLUMN if self._ranks else _WHOLE)}
        if not self._asked:
            body |= {"track_total_hits": True, "aggs": aggregations(self._request)}
        else:
            body["track_total_hits"] = False
        found = self._store.search(body, repr(self._request.tree))
        if not self._asked:
            self._asked = True
            self.total = int(found["hits"]["total"]["value"])
            self.aggregations = found.get("aggregations", {})
        return [(float(one["sort"][0]) if self._ranks else 0.0, one) for one in found["hits"]["hits"]]

    @property
    def body(self) -> dict[str, Any]:
        """The query, what is ticked, and the order, in which every decision has a place of its own."""
        order: list[Mapping[str, str]] = [{OLDEST if self._request.sort is Sort.OLDEST else NEWEST: "asc"}]
        if self._ranks:
            order = [{"_score": "desc"}, {NEWEST: "asc"}]
        return {
            "query": {"bool": {"must": [self._query], "filter": [self._state.living]}},
            "post_filter": {"bool": {"filter": list(passing(self._request))}},
            "sort": order,
        }

    def whole(self, shown: Sequence[Place[Document]]) -> tuple[Sequence[Document], Sequence[int]]:
        """The whole documents of places, and for each the number of near-twins folded into it."""
        if not self._ranks or not shown:
            return [place.document for place in shown], [0] * len(shown)
        keys = [place.document["sort"][-1] for place in shown]
        alike = {
            f"{at}": self._compiler.query(Twins(one.keys)) for at, one in enumerate(shown) if one.has_twins
        }
        searches = [self._documents(keys), *([self._counting(alike)] if alike else [])]
        stored, *counted = self._store.search_together(searches)
        by_key = {document["sort"][0]: document for document in stored["hits"]["hits"]}
        twins = [0] * len(shown)
        for found in counted:
            for name, bucket in found["aggregations"][_TWINS]["buckets"].items():
                twins[int(name)] = bucket["doc_count"] - 1
        return [by_key[key] for key in keys], twins

    def _documents(self, keys: Sequence[str]) -> dict[str, Any]:
        """A search for the decisions with these keys."""
        query = living(self._state, {"terms": {NEWEST: list(keys)}})
        return {"query": query, "size": len(keys), "sort": [{NEWEST: "asc"}], **_WHOLE}

    def _counting(self, queries: Mapping[str, Query]) -> dict[str, Any]:
        """A search that counts how many of the decisions found match each of the queries."""
        restricted = all_of([self._query, *passing(self._request)])
        counted = {"filters": {"filters": dict(queries)}}
        return {"query": living(self._state, restricted), "size": 0, "aggs": {_TWINS: counted}}


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
        """By case; those of first items are there already."""
        sources = [document["_source"] for document in self._documents]
        known = {source[HIT]["case"]["id"]: source[SUMMARY] for source in sources if SUMMARY in source}
        others = {source[HIT]["case"]["id"] for source in sources} - known.keys()
        return known | (self._store.summaries(sorted(others), self._state) if others else {})

    def hit(self, document: Document, score: float, twins: int) -> Hit:
        """The hit of a whole document."""
        case, number = _decision(document)
        made = hit(case, number, score, self._highlighter, lambda: self._summaries[case.id])
        return replace(made, twins=twins)


def _chained(first: Sequence[Document], rest: Iterator[Document]) -> Iterator[Document]:
    yield from first
    yield from rest


def _decision(document: Document) -> tuple[Determination, int]:
    found = document["_source"][HIT]
    return case_of(found["case"], [found["decision"]]), found["number"]


def _ranked(document: Document) -> Read:
    """Of a document with but the column for ranking."""
    return unpacked(document["fields"][RANKED][0])


def _listed(document: Document) -> Read:
    """Of a whole document in a list, which folds nothing."""
    return Read(document["_source"][HIT]["decision"]["rationale"], ())
