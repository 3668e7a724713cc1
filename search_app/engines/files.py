"""The files of an index, which come and go while they are looked at."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

BLOCK = 1 << 20
"""Bytes read at once."""


def statuses(folder: Path) -> list[os.stat_result]:
    """The status of each file in a folder; those that go meanwhile are left out."""
    found = []
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                found.append(path.stat())
    return found


def checksum(path: Path, length: int | None = None) -> int:
    """The CRC-32 (that of zlib) of a file's first bytes, of all of them without `length`; raises OSError."""
    found, left = 0, path.stat().st_size if length is None else length
    with path.open("rb") as file:
        while left > 0 and (block := file.read(min(BLOCK, left))):
            found = crc32(block, found)
            left -= len(block)
    return found


def sync(path: Path) -> None:
    """Have a file or a folder's list of files on the disk itself, so that a power failure leaves it."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def write_durably(path: Path, text: str) -> None:
    """Put a text in the place of a file, which has the old or the new one at any moment."""
    fresh = path.with_name(f"{path.name}.part")
    fresh.write_text(text, encoding="utf-8")
    sync(fresh)
    os.replace(fresh, path)
    sync(path.parent)


@contextmanager
def pinned(folder: Path, names: Callable[[Path], Sequence[str]]) -> Iterator[Mapping[str, BinaryIO]]:
    """The files of one commit by name, open: they stay as they are, whatever happens to the index.

    `names` lists the files of the commit that is in force; raises what it raises.
    """
    stack, files = _opened(folder, names)
    with stack:
        yield files


def _opened(folder: Path, names: Callable[[Path], Sequence[str]]) -> tuple[ExitStack, Mapping[str, BinaryIO]]:
    while True:
        listed = names(folder)
        with ExitStack() as stack:
            try:
                files = {name: stack.enter_context((folder / name).open("rb")) for name in listed}
            except FileNotFoundError:
                if names(folder) == listed:
                    raise
                continue  # another commit has taken the place of this one
            if names(folder) == listed:
                return stack.pop_all(), files
