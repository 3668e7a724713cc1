"""Letters inside zip archives: nothing is ever unpacked to disk.

A member is known by a key of its place in the archive and its name, so that two of one name are two.
"""

from __future__ import annotations

import lzma
import struct
import zipfile
import zlib
from bisect import bisect_right
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import IO

from search_app.errors import UnreadableFile
from search_app.letters.names import UniqueNames, inside

MAX_FILE = 100_000_000
"""Bytes of one file, unpacked. The largest real letters have under 1 MB; this keeps zip bombs out."""

MAX_RATIO = 1_000
"""How many times larger than packed a file in an archive may be; text compresses some 10 times."""

_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    struct.error,
    EOFError,
    IndexError,
    ValueError,
    NotImplementedError,
    RuntimeError,
)
"""What Python's zipfile raises for archives that are damaged, encrypted or packed in an unknown way."""


@dataclass(frozen=True, slots=True)
class _Archive:
    """An open archive, and where its members begin, in order."""

    file: zipfile.ZipFile
    starts: tuple[int, ...]

    def room(self, info: zipfile.ZipInfo) -> int:
        """Bytes up to where another member or the directory begins; none where another begins there too."""
        after = bisect_right(self.starts, info.header_offset)
        shared = after > 1 and self.starts[after - 2] == info.header_offset
        end = self.starts[after] if after < len(self.starts) else self.file.start_dir
        return 0 if shared else end - info.header_offset


def member_names(path: Path) -> dict[str, str]:
    """The name to show for each member by its key, each name once; hidden files are passed over.

    Nothing in a name climbs out of the archive. Raises UnreadableFile or OSError for no readable archive.
    """
    names: dict[str, str] = {}
    unique = UniqueNames()
    with _damage_told(), zipfile.ZipFile(path) as archive:
        for place, info in enumerate(archive.infolist()):
            name = inside(info.filename)
            if info.is_dir() or name.name.startswith(".") or name.parts[0] == "__MACOSX":
                continue
            names[f"{place}:{info.filename}"] = unique.take(name)
    return names


def member_data(path: Path, key: str) -> bytes:
    """The bytes of a member; raises UnreadableFile if it is too large, damaged or gone."""
    place, _, name = key.partition(":")
    status = path.stat()
    with _damage_told():
        archive = _opened(path, (status.st_ino, status.st_size, status.st_mtime_ns))
        info = archive.file.infolist()[int(place)]
        if info.filename != name:
            raise UnreadableFile("The archive has changed since it was indexed.", "Index it again.")
        return _unpack(archive, info)


@contextmanager
def _damage_told() -> Iterator[None]:
    try:
        yield
    except _DAMAGE as error:
        raise UnreadableFile(
            "The file can't be unpacked: it is damaged, encrypted or packed in an unknown way.",
            "Unpack the archive and index the folder.",
        ) from error


@lru_cache(maxsize=1)
def _opened(path: Path, stamp: tuple[int, int, int]) -> _Archive:
    """The archive, kept open for its next member, as reading its directory takes longer than a member.

    `stamp` tells a changed archive from the one that is open.
    """
    file = zipfile.ZipFile(path)
    return _Archive(file, tuple(sorted(info.header_offset for info in file.infolist())))


def _unpack(archive: _Archive, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MAX_FILE or info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise UnreadableFile(
            f"The file unpacks to {info.file_size:,} bytes, which is no letter.",
            "If it is one, unpack the archive and index the folder.",
        )
    if info.compress_size > archive.room(info):
        raise UnreadableFile(
            "The file lies over another in its archive, as letters never do.",
            "Fetch the archive again, or pack it anew.",
        )
    with archive.file.open(info) as stream:
        # The archive's directory can lie about sizes, so the limit is kept while reading too.
        data = _read(stream)
    if len(data) > MAX_FILE:
        raise UnreadableFile(f"The file unpacks to more than {MAX_FILE:,} bytes, which is no letter.")
    return data


def _read(stream: IO[bytes]) -> bytes:
    try:
        return stream.read(MAX_FILE + 1)
    except OSError as error:
        if error.errno is None:  # as bzip2 tells of damage
            raise zipfile.BadZipFile from error
        raise
