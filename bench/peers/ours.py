"""Our own engines, through their contract."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path

from bench.peers.base import OURS, Page, Shown
from bench.peers.raw_opensearch import no_cluster
from search_app import engines
from search_app.engines.base import Engine, Hit
from search_app.ingest.run import Plan
from search_app.model import Determination
from search_app.query.highlight import Snippet
from search_app.query.request import SearchRequest


class Ours:
    """An engine of ours, fed in batches as `imr-search index` feeds it."""

    def __init__(self, engine: str, most: int | None = None) -> None:
        self.name = engine
        self.label = f"{OURS}, {engine}"
        self.most = most

    def absent(self) -> str:
        """Why the engine can't run here."""
        return no_cluster() if self.name == "opensearch" else ""

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make an index in a folder."""
        record, engine = engines.create(folder, self.name)
        source = iter(determinations)
        with engine.writer() as writer:
            while batch := list(islice(source, Plan().commit_every)):
                for determination in batch:
                    writer.put(determination)
                writer.commit()
        engine.close()
        engines.publish(folder, record)

    def size(self, folder: Path) -> int:
        """Bytes of the index, in a cluster those of all copies."""
        engine = engines.open_engine(folder)
        size = engine.stats().size
        engine.close()
        return size

    def open(self, folder: Path) -> OursOpen:
        """Open what `build` made."""
        return OursOpen(engines.open_engine(folder))


class OursOpen:
    """An open engine of ours."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def page(self, request: SearchRequest) -> Page:
        """Answer a search."""
        found = self._engine.search(request)
        facets = {one.field: {value.value: value.count for value in one.values} for one in found.facets}
        return Page(found.total, tuple(map(_shown, found.hits)), facets)

    def close(self) -> None:
        """Release files."""
        self._engine.close()


def _shown(hit: Hit) -> Shown:
    return Shown(hit.case.id, hit.number, _marked(hit.title), " ... ".join(map(_marked, hit.snippets)))


def _marked(snippet: Snippet) -> str:
    return "".join(f"<b>{one.text}</b>" if one.marked else one.text for one in snippet.segments)
