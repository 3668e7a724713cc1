"""Letters of corpus/, and small indexes of them, for targets to work on."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

from search_app.ingest.run import Plan, ingest

CORPUS = Path(__file__).parents[1] / "corpus"
FEW = 12
"""Letters of each kind in a small index, and among the seeds."""


def files(ending: str, most: int = FEW) -> Iterator[Path]:
    """The first letters with an ending, in order of name."""
    yield from sorted(CORPUS.glob(f"*{ending}"))[:most]


def small_index(folder: Path, engine: str) -> Path:
    """An index of a few letters in a folder."""
    corpus = folder / "corpus"
    corpus.mkdir(exist_ok=True)
    for path in (*files(".txt"), *files(".html")):
        shutil.copy(path, corpus)
    index = folder / engine
    ingest(corpus, index, Plan(engine=engine, workers=1))
    return index
