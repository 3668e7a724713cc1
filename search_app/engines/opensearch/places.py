"""Where an index is: its folder names it, and the cluster's alias names the one that serves."""

from __future__ import annotations

import json
from pathlib import Path
from uuid import uuid4

from search_app.config import Settings
from search_app.engines.base import SCHEMA_VERSION
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.schema import index_body
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store
from search_app.errors import REBUILD, IndexIncompatible

FILE = "opensearch.json"


def make(connection: Connection, path: Path, settings: Settings) -> str:
    """Make an empty index, and a folder that names it."""
    path.mkdir(parents=True, exist_ok=True)
    index = f"{settings.opensearch_index}-{uuid4().hex[:12]}"
    body = index_body(settings.opensearch_shards, settings.opensearch_replicas)
    body["mappings"]["_meta"] = {"schema_version": SCHEMA_VERSION}
    (path / FILE).write_text(json.dumps({"index": index}) + "\n", encoding="utf-8")
    connection.again(connection.client.indices.create, index=index, body=body)
    Store(connection, index).put_state(State().changed(), {})
    return index


def named(path: Path) -> str:
    """The index that a folder names; raises IndexIncompatible if it names none."""
    try:
        return str(json.loads((path / FILE).read_text(encoding="utf-8"))["index"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexIncompatible(f"{path / FILE} doesn't say where the index is.", REBUILD) from error
