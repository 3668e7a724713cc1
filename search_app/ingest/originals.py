"""The letter itself, as it came: only files that the index's own account names are ever opened.

What is handed out has the content that was indexed. A link or another file that has taken a letter's
place since then leads nowhere.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from types import MappingProxyType

from search_app.errors import IndexMissing, UnreadableFile
from search_app.ingest.digest import digest_of
from search_app.ingest.manifest import Manifest, State
from search_app.letters.files import LetterFile

MEDIA_TYPES: Mapping[str, str] = MappingProxyType(
    {".pdf": "application/pdf", ".html": "text/html", ".htm": "text/html"}
)
"""Media types of letters by the ending of the file's name; all else is plain text."""


@dataclass(frozen=True, slots=True)
class Original:
    """The bytes of a letter's file, its name, and its media type."""

    data: bytes
    name: str
    media_type: str


def original(index: Path, source: str) -> Original | None:
    """The file that a determination of the index came from.

    None if it is gone, has changed or was never indexed, or if the account of the files lies on another
    machine.
    """
    try:
        with Manifest(index) as manifest:
            entry = manifest.entry(source)
    except IndexMissing:
        return None
    if entry is None or entry.state is State.QUARANTINED:
        return None
    file = LetterFile(entry.source, Path(os.fsdecode(entry.path)), entry.member)
    try:
        data = file.data()
    except UnreadableFile:
        return None
    if digest_of(data) != entry.digest:
        return None
    ending = PurePosixPath(file.name).suffix.lower()
    return Original(data, file.name, MEDIA_TYPES.get(ending, "text/plain"))
