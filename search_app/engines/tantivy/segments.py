"""The files that a commit of Tantivy consists of, and whether they are as they were written.

`meta.json` lists the segments. Each of a segment's files ends on a footer: a JSON object with the CRC-32 of
all before it, the object's length and a magic number (tantivy 0.27, `directory/footer.rs`). Tantivy itself
compares none of them when it opens an index.
"""

from __future__ import annotations

import json
import struct
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from search_app.engines.damage import settled
from search_app.engines.files import checksum

META = "meta.json"
"""Tantivy's own list of an index's segments, replaced by every commit."""

MANAGED = ".managed.json"
"""Tantivy's list of the files that it may remove."""

_ENDINGS = ("fast", "fieldnorm", "idx", "pos", "store", "term")
_TAIL = struct.Struct("<II")
_MAGIC = 1337
_LONGEST = 50_000
"""Bytes of the longest footer that Tantivy reads."""

Stamp = tuple[int, int, int]
"""What tells one version of a file from the next."""


def stamp(folder: Path) -> Stamp:
    """The stamp of the last commit in a folder; raises OSError if there is none."""
    status = (folder / META).stat()
    return status.st_mtime_ns, status.st_ino, status.st_size


def files(folder: Path) -> Sequence[str]:
    """The names of the files of the last commit; raises OSError, or ValueError for a list that is damaged."""
    meta = json.loads((folder / META).read_text(encoding="utf-8"))
    try:
        return [META, *(name for segment in meta["segments"] for name in _files_of(segment))]
    except (TypeError, KeyError, AttributeError) as error:
        raise ValueError(f"{META} lists no segments") from error


def _files_of(segment: dict[str, Any]) -> Iterator[str]:
    name = segment["segment_id"].replace("-", "")
    yield from (f"{name}.{ending}" for ending in _ENDINGS)
    if segment["deletes"]:
        yield f"{name}.{segment['deletes']['opstamp']}.del"


def faults(folder: Path) -> list[str]:
    """What is wrong with the files of the last commit, a sentence for each."""
    return settled(lambda: list(_faults(folder)), lambda: _stamp_if_any(folder))


def _stamp_if_any(folder: Path) -> Stamp | None:
    try:
        return stamp(folder)
    except OSError:
        return None


def _faults(folder: Path) -> Iterator[str]:
    try:
        listed = files(folder)
    except (OSError, ValueError) as error:
        yield f"The list of its files, {META}, can't be read ({error})."
        return
    if (folder / MANAGED).exists() and not _is_json(folder / MANAGED):
        yield f"The list of files to be removed, {MANAGED}, can't be read."
    for name in listed[1:]:
        try:
            if not _is_as_written(folder / name):
                yield f"The file {name} differs from its checksum."
        except OSError as error:
            yield f"The file {name} can't be read ({error.strerror})."


def _is_json(path: Path) -> bool:
    try:
        json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return True


def _is_as_written(path: Path) -> bool:
    size = path.stat().st_size
    with path.open("rb") as file:
        file.seek(max(0, size - _LONGEST - _TAIL.size))
        end = file.read()
    if len(end) < _TAIL.size:
        return False
    length, magic = _TAIL.unpack(end[-_TAIL.size :])
    footer = end[-_TAIL.size - length : -_TAIL.size]
    if magic != _MAGIC or len(footer) != length:
        return False
    try:
        written = json.loads(footer)["crc"]
    except (ValueError, TypeError, KeyError):
        return False
    return bool(written == checksum(path, size - _TAIL.size - length))
