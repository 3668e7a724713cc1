"""Letters inside zip archives: nothing is ever unpacked to disk.

A member is known by a key of its place in the archive and its name, so that two of one name are two.
"""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Container
from functools import lru_cache
from itertools import chain, count
from pathlib import Path, PurePosixPath

from search_app.errors import UnreadableFile

MAX_FILE = 100_000_000
"""Bytes of one file, unpacked. The largest real letters have under 1 MB; this keeps zip bombs out."""

MAX_RATIO = 1_000
"""How many times larger than packed a file in an archive may be; text compresses some 10 times."""


def member_names(path: Path) -> dict[str, str]:
    """The name to show for each member by its key, each name once; hidden files are passed over.

    Nothing in a name climbs out of the archive. Raises BadZipFile or OSError for no readable archive.
    """
    names: dict[str, str] = {}
    taken: set[str] = set()
    with zipfile.ZipFile(path) as archive:
        for place, info in enumerate(archive.infolist()):
            name = _inside(info.filename)
            if info.is_dir() or name.name.startswith(".") or name.parts[0] == "__MACOSX":
                continue
            shown = untaken(name, taken)
            taken.add(shown)
            names[f"{place}:{info.filename}"] = shown
    return names


def untaken(name: PurePosixPath, taken: Container[str]) -> str:
    """The name, or where it is taken the first of name~2, name~3, ... that is not."""
    candidates = (name.with_stem(f"{name.stem}~{number}") for number in count(2))
    return next(str(one) for one in chain([name], candidates) if str(one) not in taken)


def member_data(path: Path, key: str) -> bytes:
    """The bytes of a member; raises UnreadableFile if it is too large, damaged or gone."""
    place, _, name = key.partition(":")
    try:
        status = path.stat()
        archive = _opened(path, (status.st_ino, status.st_size, status.st_mtime_ns))
        info = archive.infolist()[int(place)]
        if info.filename != name:
            raise UnreadableFile("The archive has changed since it was indexed.", "Index it again.")
        data = _unpack(archive, info)
    except (zipfile.BadZipFile, zlib.error, IndexError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            "The file can't be unpacked: it is damaged, encrypted or packed in an unknown way.",
            "Unpack the archive and index the folder.",
        ) from error
    return data


@lru_cache(maxsize=1)
def _opened(path: Path, stamp: tuple[int, int, int]) -> zipfile.ZipFile:
    """The archive, kept open for its next member, as reading its directory takes longer than a member.

    `stamp` tells a changed archive from the one that is open.
    """
    return zipfile.ZipFile(path)


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    if info.file_size > MAX_FILE or info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise UnreadableFile(
            f"The file unpacks to {info.file_size:,} bytes, which is no letter.",
            "If it is one, unpack the archive and index the folder.",
        )
    with archive.open(info) as stream:
        # The archive's directory can lie about sizes, so the limit is kept while reading too.
        data = stream.read(MAX_FILE + 1)
    if len(data) > MAX_FILE:
        raise UnreadableFile(f"The file unpacks to more than {MAX_FILE:,} bytes, which is no letter.")
    return data


def _inside(name: str) -> PurePosixPath:
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return PurePosixPath(*parts) if parts else PurePosixPath("unnamed")
