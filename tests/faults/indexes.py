"""Small indexes to be damaged, and what a sound one answers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.engines.records import record_of
from search_app.ingest.run import Plan, Report
from search_app.query.reading import read
from search_app.query.request import SearchRequest, Sort
from tests.ingest.corpora import run, sample, write

ENGINES = ("whoosh", "tantivy")
LETTERS = 9
TYPED = ("", "knee", '"torn ligament"', "suppor*", "-ligament", "letter OR scan")


@dataclass(frozen=True)
class Built:
    """An index over a corpus, of several segments, with a letter that was replaced and one that went."""

    corpus: Path
    index: Path
    plan: Plan

    @property
    def data(self) -> Path:
        return self.index / record_of(self.index).data

    def run(self) -> Report:
        return run(self.corpus, self.index, self.plan)


def build(folder: Path, engine: str) -> Built:
    """An index by an engine in a folder that is empty."""
    built = Built(folder / "corpus", folder / "index", Plan(engine=engine, workers=1, commit_every=4))
    write(built.corpus, {f"{of}.txt": sample(of, f"This is letter {of}.") for of in range(LETTERS + 1)})
    run(built.corpus, built.index, built.plan)
    write(built.corpus, {"3.txt": sample(3, "Nothing suggests a torn ligament. The scan may wait.")})
    (built.corpus / f"{LETTERS}.txt").unlink()
    run(built.corpus, built.index, built.plan)
    return built


def ask(index: Path) -> list[Any]:
    """What an index answers to everything that can be asked; raises what it raises."""
    engine = open_engine(index)
    try:
        return [*_pages(engine), *_cases(engine), dict(engine.vocabulary("l")), _counts(engine)]
    finally:
        engine.close()


def _pages(engine: Engine) -> list[Any]:
    requests = [SearchRequest(tree=read(typed).tree, limit=50) for typed in TYPED]
    requests.append(SearchRequest(sort=Sort.OLDEST, limit=50))
    pages = [engine.search(request) for request in requests]
    return [
        (page.total, [(hit.id, hit.case, hit.decision) for hit in page.hits], page.facets) for page in pages
    ]


def _cases(engine: Engine) -> list[Any]:
    return [engine.case(f"CM16-{of:07}") for of in range(LETTERS + 1)]


def _counts(engine: Engine) -> tuple[int, int]:
    stats = engine.stats()
    return stats.determinations, stats.decisions
