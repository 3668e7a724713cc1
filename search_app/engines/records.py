"""The record of an index: what made it, and which folder beside the record has its data."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from re import compile as pattern
from typing import Any

from search_app.engines.files import write_durably
from search_app.errors import REBUILD, IndexIncompatible, IndexMissing

INDEX_FILE = "imr-search.json"
BUILD_FILE = INDEX_FILE + ".new"
"""The record of a build that nobody is served from yet."""

_DATA = pattern(r"[a-z]+-[1-9][0-9]*")
"""Names of data folders: an engine's, and a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """What made an index, and the name of the folder that has its data.

    `vocabulary` is the version of the wordings that it was made with; "" where that was not noted.
    """

    engine: str
    schema_version: int
    data: str
    vocabulary: str = ""


def record_of(index: Path) -> IndexRecord:
    """What made the index in a folder; raises IndexMissing or IndexIncompatible."""
    try:
        return read(index / INDEX_FILE)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"There is no index in {index}.", "Build one with: imr-search index") from error
    except (OSError, ValueError) as error:
        raise IndexIncompatible(f"The index in {index} can't be read: {error}.", REBUILD) from error


def read(path: Path) -> IndexRecord:
    """The record in a file; raises OSError or ValueError."""
    try:
        record = record_from(json.loads(path.read_text(encoding="utf-8")))
    except RecursionError as error:
        raise ValueError("it is nested too deeply") from error
    if not _DATA.fullmatch(record.data):
        raise ValueError(f"{record.data!r} is no folder of an index")
    return record


def record_from(values: Mapping[str, Any]) -> IndexRecord:
    """The record that was written as JSON; raises ValueError for anything else."""
    try:
        record = IndexRecord(**values)
    except TypeError as error:
        raise ValueError(f"it is no record of an index ({error})") from error
    for name, kind in (("engine", str), ("schema_version", int), ("data", str), ("vocabulary", str)):
        if not isinstance(getattr(record, name), kind):
            raise ValueError(f"{getattr(record, name)!r} can't be the {name} of an index")
    return record


def write(path: Path, record: IndexRecord) -> None:
    """Put the record into a file, atomically and on the disk itself; raises OSError."""
    write_durably(path, json.dumps(asdict(record), indent=2) + "\n")
