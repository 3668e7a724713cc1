"""Folders of fictional letters for tests of ingestion."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from search_app.engines import open_engine
from search_app.engines.base import EngineStats
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import Plan, Report, ingest
from search_app.model import Determination
from tests.samples import Item, letter

ONE_PROCESS = Plan(workers=1)


def number(of: int) -> str:
    """The case number of sample letter `of`."""
    return f"CM16-{of:07}"


def write(folder: Path, letters: Mapping[str, str]) -> None:
    """Write files by name."""
    for name, text in letters.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def sample(of: int, rationale: str = "Nothing supports it.") -> str:
    """Sample letter `of`, whose rationale can be chosen."""
    return letter([Item(rationale=rationale)], number=number(of))


def run(corpus: Path, index: Path, plan: Plan = ONE_PROCESS) -> Report:
    """One run in this process."""
    return ingest(corpus, index, plan)


def case(index: Path, of: int) -> Determination | None:
    """Sample letter `of` as the index has it."""
    engine = open_engine(index)
    try:
        return engine.case(number(of))
    finally:
        engine.close()


def stats(index: Path) -> EngineStats:
    """What the index holds."""
    engine = open_engine(index)
    try:
        return engine.stats()
    finally:
        engine.close()


def reasons(index: Path) -> dict[str, str]:
    """The reason for each quarantined file."""
    with Manifest(index) as manifest:
        return {one.source: one.reason for one in manifest.quarantined()}
