"""Zip archives: the bytes are the file."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path, PurePosixPath

from fuzz.samples import files
from fuzz.targets import Check
from search_app.errors import UnreadableFile
from search_app.letters import find_files

MOST_READ = 20
"""Members of an archive that are read."""


def make(folder: Path) -> Check:
    """Each member has a name of its own inside the archive, and gives its bytes or says why it can't."""
    path = folder / "a.zip"

    def check(data: bytes) -> None:
        path.write_bytes(data)
        found = list(find_files([path]))
        sources = [file.source for file in found]
        assert len(set(sources)) == len(sources), "two files of one name"
        for file in found[:MOST_READ]:
            assert ".." not in PurePosixPath(file.source).parts, "a name that climbs out"
            with suppress(UnreadableFile):
                file.data()

    return check


def seeds() -> Iterator[bytes]:
    """Archives of a few letters, packed in each way."""
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", method) as archive:
            archive.writestr("2016/", b"")
            for path in files(".html", 2):
                archive.writestr(f"2016/{path.name}", path.read_bytes()[:500])
            archive.writestr("../é.txt", b"")
        yield packed.getvalue()
