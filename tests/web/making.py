"""Builds indexes for the tests of the website, with the files that the letters are said to come from."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from search_app import engines
from search_app.ingest.digest import digest_of
from search_app.ingest.manifest import Entry, Manifest, State
from search_app.model import Determination

ENGINE = "opensearch" if os.environ.get("TEST_OPENSEARCH") else engines.AUTO
"""What the website is tested on: the cluster, where `make test-opensearch` has started one."""


def build_index(
    index: Path,
    letters: Sequence[Determination],
    files: dict[str, bytes] | None = None,
    quarantined: Sequence[Entry] = (),
) -> Path:
    """A published index over the letters; `files` are their originals, by source."""
    record, engine = engines.create(index, ENGINE)
    with engine.writer() as writer:
        for letter in letters:
            writer.put(letter)
        writer.commit()
    engine.close()
    with Manifest.of_data(index / record.data) as manifest:
        manifest.finish([*(_entry(index, letter, files or {}) for letter in letters), *quarantined])
    engines.publish(index, record)
    return index


def failed(source: str, reason: str, hint: str) -> Entry:
    """A file that could not be taken in."""
    return Entry(
        source=source,
        path=source,
        member="",
        size=0,
        modified=0,
        digest="",
        state=State.QUARANTINED,
        stage="parse",
        reason=reason,
        hint=hint,
    )


def _entry(index: Path, letter: Determination, files: dict[str, bytes]) -> Entry:
    path = index / "originals" / letter.source
    data = files.get(letter.source)
    if data is not None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    return Entry(
        source=letter.source,
        path=str(path),
        member="",
        size=len(data or b""),
        modified=0,
        digest=digest_of(data or b""),
        state=State.INDEXED,
        case_id=letter.id,
    )
