"""A running cluster, where one can be started."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import pytest

from search_app import engines
from search_app.config import Settings
from tests.opensearch.cluster import Cluster, why_not


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """Three nodes; a test that kills one starts it again."""
    if "TEST_OPENSEARCH" not in os.environ:
        pytest.skip("make test-opensearch tests on a real cluster")
    if reason := why_not():
        pytest.skip(reason)
    with Cluster(3) as running:
        yield running


@pytest.fixture
def settings(cluster: Cluster) -> Settings:
    """How to reach it: five shards, each on two nodes."""
    return Settings(opensearch_urls=",".join(cluster.urls), opensearch_shards=5, opensearch_replicas=1)


@pytest.fixture
def own(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """The same for an index with a name of its own, which the runs of a test feed."""
    own = replace(settings, opensearch_index=f"fed-{uuid4().hex[:8]}", opensearch_shards=2)
    monkeypatch.setattr(engines, "_settings", [own])
    return own
