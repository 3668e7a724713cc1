"""Our engine on an OpenSearch cluster beside OpenSearch used by hand, and beside Tantivy on one machine."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from bench.comparing import Order, compare
from bench.peers.ranked_opensearch import RankedOpenSearch
from bench.peers.raw_opensearch import NAME, URLS
from bench.results import Comparison, Setting
from tests.opensearch.cluster import Cluster, why_not

ON_CLUSTER = ("opensearch", NAME, RankedOpenSearch.name)
PEERS = (*ON_CLUSTER, "tantivy")
HEAP = "2g"


def measure(order: Order, nodes: int, setting: Setting) -> Comparison:
    """Compare on a cluster of so many nodes, which runs as long as this takes.

    One node has one shard; of several, each has one, and a copy of another's.
    """
    if reason := why_not():
        sys.exit(reason)
    for name in ON_CLUSTER:  # they went with the cluster of an earlier run
        shutil.rmtree(order.index(name), ignore_errors=True)
    with Cluster(nodes, HEAP, brief=False) as cluster:
        told = {URLS: ",".join(cluster.urls)}
        told["IMR_SEARCH_OPENSEARCH_SHARDS"] = str(nodes)
        told["IMR_SEARCH_OPENSEARCH_REPLICAS"] = str(int(nodes > 1))
        with _environment(told):
            return compare(order, setting)


@contextmanager
def _environment(more: Mapping[str, str]) -> Iterator[None]:
    """The environment with more in it, which the processes of the peers inherit."""
    before = dict(os.environ)
    os.environ.update(more)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)
