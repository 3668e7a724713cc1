"""What is found of the folder of an index: whether it can be written to, room, and what was left in it."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from search_app import engines
from search_app.engines.files import statuses
from search_app.engines.records import IndexRecord
from search_app.ingest.run import at_work
from search_app.keeping.finding import Finding, fine, note

_LEAST = 100_000_000
"""Bytes that should be free in any case: some batches, and the account of a run."""

_GO_ON = "imr-search index goes on with it or removes it."


def folder_findings(index: Path, record: IndexRecord | None) -> Iterator[Finding]:
    """What is found of a folder; nothing where there is none."""
    if not index.is_dir():
        return
    if os.access(index, os.W_OK):
        yield fine("folder", "can be written to")
    else:
        yield note("folder", "can't be written to: fine for serving, but nothing can be indexed.")
    yield _room(index, record)
    yield from _left(index, record)
    if (runs := at_work(index)) is not False:
        says = "is at work" if runs else "may be at work (this user may not look)"
        yield note("run", f"imr-search index {says}; the account is not compared meanwhile.")


def _room(index: Path, record: IndexRecord | None) -> Finding:
    free = shutil.disk_usage(index).free
    size = sum(one.st_size for one in statuses(index / record.data)) if record else 0
    says = f"{free / 1e6:,.0f} MB free"
    if free < max(_LEAST, 2 * size):
        need = max(_LEAST, 2 * size) / 1e6
        return note(
            "room", says, f"Have {need:,.0f} MB: a rebuild stands beside the old index until it is whole."
        )
    return fine("room", says)


def _left(index: Path, record: IndexRecord | None) -> Iterator[Finding]:
    unfinished = engines.unfinished(index)
    if unfinished:
        yield note("build", f"A build by {unfinished.engine} in {unfinished.data} is not finished.", _GO_ON)
    known = {one.data for one in (record, unfinished) if one}
    for path in engines.data_folders(index):
        if path.name not in known:
            size = sum(one.st_size for one in statuses(path)) / 1e6
            yield note(
                "leftover",
                f"{path.name} ({size:.1f} MB) is not used.",
                "The next imr-search index removes it.",
            )
