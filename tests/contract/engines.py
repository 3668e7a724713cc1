"""Every engine that must keep the contract, and how the suite builds an index with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.engines.tantivy.engine import TantivyEngine
from search_app.engines.whoosh.engine import WhooshEngine
from search_app.model import Determination


@dataclass(frozen=True, slots=True)
class Maker:
    """Creates an empty index at a path, opens the one that is there; whether it has one writer at a time."""

    create: Callable[[Path], Engine]
    open: Callable[[Path], Engine]
    one_writer: bool = True

    def build(self, path: Path, determinations: Sequence[Determination], commits: int = 1) -> Engine:
        """An engine over the determinations, put in in so many commits, to have one segment or several."""
        engine = self.create(path)
        for at in range(commits):
            with engine.writer() as writer:
                for determination in determinations[at::commits]:
                    writer.put(determination)
                writer.commit()
        return engine


ENGINES: dict[str, Maker] = {
    "whoosh": Maker(WhooshEngine.create, WhooshEngine.open),
    "tantivy": Maker(TantivyEngine.create, TantivyEngine.open),
}

CLUSTER = os.environ.get("TEST_OPENSEARCH", "")
"""Addresses of a cluster that `make test-opensearch` has started; empty without one."""


def _cluster(shards: int) -> Maker:
    settings = Settings(opensearch_urls=CLUSTER, opensearch_shards=shards, opensearch_index="contract")
    keeper = OpenSearchKeeper(settings)
    return Maker(keeper.create, keeper.open, one_writer=False)


if CLUSTER:
    ENGINES |= {"opensearch": _cluster(1), "opensearch5": _cluster(5)}
