"""OpenSearch used by hand: one request a page, with its own analysis, aggregations and highlighter.

The cluster is the one that `IMR_SEARCH_OPENSEARCH_URLS` names; `python -m bench cluster` starts one.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.helpers import parallel_bulk

from bench.peers.base import SNIPPET, Page, Shown
from bench.peers.documents import Document, documents
from bench.peers.opensearch_queries import query
from bench.peers.raw_tantivy import BUCKETS, TOKENIZERS
from search_app import config
from search_app.fields import FACETS, TEXT_FIELDS
from search_app.model import Determination
from search_app.query.request import SearchRequest, Sort
from search_app.query.twins import twin_keys

URLS = "IMR_SEARCH_OPENSEARCH_URLS"
NAME = "raw-opensearch"
TWINS = "twins"
"""The field of the keys that near-twins share, for `ranked_opensearch`."""

SHOWN = ("case", "number", "request", "rationale")
"""What a page shows of a hit."""

HIGHLIGHT: Mapping[str, Any] = {
    "fields": {
        "request": {"number_of_fragments": 0},
        "rationale": {"fragment_size": SNIPPET, "number_of_fragments": 1},
    },
    "pre_tags": ["<b>"],
    "post_tags": ["</b>"],
}


def no_cluster() -> str:
    """Why nothing can be measured on a cluster; "" if there is one."""
    return "" if os.environ.get(URLS) else "measured by python -m bench cluster"


class RawOpenSearch:
    """OpenSearch with as many shards and replicas as ours."""

    name = NAME
    label = "OpenSearch by hand"
    most = None

    def absent(self) -> str:
        """Whether there is a cluster."""
        return no_cluster()

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make an index in the cluster, in the place of an earlier one."""
        client = connected()
        client.indices.delete(index=NAME, ignore_unavailable=True)
        client.indices.create(index=NAME, body=_body())
        actions = (_action(document) for document in documents(determinations))
        for _ in parallel_bulk(client, actions, thread_count=2, chunk_size=500, raise_on_error=True):
            pass
        client.indices.refresh(index=NAME)
        client.close()

    def size(self, folder: Path) -> int:
        """Bytes of the index in the cluster, all copies."""
        client = connected()
        told = client.indices.stats(index=NAME, metric="store")
        client.close()
        return int(told["_all"]["total"]["store"]["size_in_bytes"])

    def open(self, folder: Path) -> RawOpenSearchOpen:
        """Open what `build` made."""
        return RawOpenSearchOpen(connected())


class RawOpenSearchOpen:
    """A client of the cluster."""

    def __init__(self, client: OpenSearch) -> None:
        self.client = client

    def page(self, request: SearchRequest) -> Page:
        """Answer a search."""
        found = self.search(asked(request) | {"_source": SHOWN, "highlight": HIGHLIGHT})
        return page(found, found["hits"]["hits"])

    def search(self, body: Mapping[str, Any]) -> dict[str, Any]:
        """What the cluster answers, by the statistics of all shards."""
        how = {"search_type": "dfs_query_then_fetch"}
        found: dict[str, Any] = self.client.search(index=NAME, body=body, params=how)
        return found

    def close(self) -> None:
        """Close the connections."""
        self.client.close()


def connected() -> OpenSearch:
    """A client of the cluster."""
    return OpenSearch(os.environ[URLS].split(","), timeout=300)


def _body() -> dict[str, Any]:
    analysis = {
        "tokenizer": {"ours": {"type": "pattern", "pattern": TOKENIZERS["regex"], "group": 0}},
        "filter": {"english": {"type": "stemmer", "language": "porter2"}},
        "analyzer": {"ours": {"type": "custom", "tokenizer": "ours", "filter": ["lowercase", "english"]}},
    }
    text = {"type": "text", "analyzer": "ours", "index_options": "offsets"}
    properties = dict.fromkeys(TEXT_FIELDS, text)
    properties |= {f"facet_{name}": {"type": "keyword"} for name in FACETS}
    properties |= {"number": {"type": "integer"}, "decided": {"type": "integer"}, TWINS: {"type": "keyword"}}
    settings = config.load()
    index = {
        "number_of_shards": settings.opensearch_shards,
        "number_of_replicas": settings.opensearch_replicas,
        "refresh_interval": "-1",
    }
    return {
        "settings": {"index": index, "analysis": analysis},
        "mappings": {"dynamic": "strict", "properties": properties},
    }


def _action(document: Document) -> dict[str, Any]:
    keys = twin_keys(document.texts["rationale"][0])
    facts = {"number": document.number, "decided": document.decided, TWINS: keys}
    facets = {f"facet_{name}": values for name, values in document.facets.items()}
    return {"_index": NAME, "_id": f"{document.case}/{document.number}", **facts, **document.texts, **facets}


def ticked(request: SearchRequest) -> Mapping[str, Any]:
    """The restriction of each facet with ticks."""
    return {one.field: {"terms": {f"facet_{one.field}": list(one.values)}} for one in request.filters}


def asked(request: SearchRequest) -> dict[str, Any]:
    """The search for a request, with all facets."""
    filters = ticked(request)
    return {
        "query": query(request.tree),
        "post_filter": {"bool": {"filter": list(filters.values())}},
        "aggs": dict(_aggregations(filters)),
        "sort": [{"decided": "desc"}] if request.sort is Sort.NEWEST else ["_score"],
        "from": request.offset,
        "size": request.limit,
        "track_total_hits": True,
    }


def _aggregations(filters: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each facet without its own ticks."""
    for name in FACETS:
        others = [one for field, one in filters.items() if field != name]
        counted = {name: {"terms": {"field": f"facet_{name}", "size": BUCKETS}}}
        yield name, {"filter": {"bool": {"filter": others}}, "aggs": counted}


def _buckets(found: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}


def page(found: Mapping[str, Any], hits: Sequence[Mapping[str, Any]]) -> Page:
    """The page of a search's answer that shows these hits."""
    facets = {name: _buckets(found["aggregations"][name][name]) for name in FACETS}
    return Page(found["hits"]["total"]["value"], tuple(map(_shown, hits)), facets)


def _shown(hit: Mapping[str, Any]) -> Shown:
    source, marked = hit["_source"], hit.get("highlight", {})
    title = marked.get("request", source["request"])
    passage = marked.get("rationale", source["rationale"])
    return Shown(source["case"][0], source["number"], " ".join(title), " ".join(passage)[: 2 * SNIPPET])
