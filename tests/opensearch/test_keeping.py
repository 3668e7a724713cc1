"""What docs/deploying.md says of backups, and what the doctor says of a cluster."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from search_app import engines
from search_app.config import Settings
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.errors import IndexIncompatible, IndexUnavailable
from search_app.keeping.doctor import examine
from search_app.keeping.finding import Finding, Grade
from search_app.query.request import SearchRequest
from tests.faults.indexes import ask, build
from tests.ingest.corpora import sample, write
from tests.opensearch.cluster import Cluster


def faults(index: Path) -> list[Finding]:
    """Those that the doctor finds."""
    return [found for found in examine(index, "opensearch") if found.grade is Grade.FAULT]


def test_a_snapshot_brings_back_an_index_that_is_gone(
    cluster: Cluster, own: Settings, tmp_path: Path
) -> None:
    """With the folder of --index that was kept beside it; the next run goes on from there."""
    built = build(tmp_path, "opensearch")
    before = ask(built.index)
    indexes = {"indices": f"{own.opensearch_index}-*", "include_global_state": False}
    client = Connection(own).client
    place = {"type": "fs", "settings": {"location": str(cluster.snapshots)}}
    client.snapshot.create_repository(repository="backups", body=place)
    of = {"repository": "backups", "snapshot": own.opensearch_index, "wait_for_completion": True}
    assert client.snapshot.create(**of, body=indexes)["snapshot"]["state"] == "SUCCESS"
    shutil.copytree(built.index, tmp_path / "kept")
    write(built.corpus, {"20.txt": sample(20)})
    built.run()

    client.indices.delete(index=",".join(client.indices.get(index=indexes["indices"])))
    with pytest.raises(IndexIncompatible):
        ask(built.index)
    client.snapshot.restore(**of, body=indexes)
    shutil.rmtree(built.index)
    shutil.move(tmp_path / "kept", built.index)

    assert ask(built.index) == before
    assert faults(built.index) == []
    assert built.run().added == 1
    assert faults(built.index) == []


def test_shards_that_are_lost(
    cluster: Cluster, own: Settings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is answered from the rest, the doctor tells, and all is well when the node is back."""
    spread = replace(own, opensearch_replicas=0, opensearch_shards=6, opensearch_timeout=5)
    monkeypatch.setattr(engines, "_settings", [spread])
    built = build(tmp_path, "opensearch")
    before = ask(built.index)
    begun = OpenSearchKeeper(spread).open_serving()
    state = begun._store.committed()
    node = cluster.nodes[0]
    cluster.kill(node)
    try:
        cluster.wait(2, "red")
        with pytest.raises(IndexUnavailable):
            ask(built.index)
        with pytest.raises(IndexUnavailable), begun._connection.explained():
            list(begun._reader.each(SearchRequest(limit=1_000), state))
        assert faults(built.index)  # of its opening, if the shard with the state is lost, or of its files
    finally:
        cluster.start(node)
        cluster.wait(3)
    assert len(list(begun._reader.each(SearchRequest(limit=1_000), state))) > 0
    begun.close()
    assert ask(built.index) == before
    assert faults(built.index) == []
