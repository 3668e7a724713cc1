"""Looking through a corpus keeps no list of its files."""

from __future__ import annotations

import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from search_app.ingest import scan as scanning
from search_app.ingest.comparison import Comparison
from search_app.ingest.manifest import Entry, Manifest, State
from search_app.ingest.scan import scanned
from search_app.letters import LetterFile

MANY = 40_000


def some(of: int) -> LetterFile:
    source = f"{of // 1000:03}/{of:06}.txt"
    return LetterFile(source, Path("/nowhere", source))


def entry(source: str) -> Entry:
    return Entry(
        source=source, path=b"", member="", size=1, modified=1, digest="d", state=State.INDEXED, parser="1"
    )


def test_memory_does_not_grow_with_the_corpus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Half of the files are new, and half of those that the account has are gone."""

    def many(paths: list[Path], without: Path) -> Iterator[LetterFile]:
        return map(some, range(MANY))

    monkeypatch.setattr(scanning, "find_files", many)
    with Manifest.of_data(tmp_path) as manifest:
        manifest.finish(entry(some(of).source) for of in range(MANY // 2, MANY + MANY // 2))
        tracemalloc.start()
        try:
            with scanned(tmp_path, tmp_path, lambda found: None) as scan:
                comparison = Comparison(manifest, scan, "1")
                changed = sum(1 for _ in comparison.changed())
                vanished = sum(1 for _ in comparison.vanished())
            _, peak = tracemalloc.get_traced_memory()
        finally:
            tracemalloc.stop()
    assert (scan.files, comparison.changes, changed, vanished) == (MANY, MANY, MANY, MANY // 2)
    assert peak < 6_000_000, "a page of rows and what Python interns; a list of the files has over 20 MB"
