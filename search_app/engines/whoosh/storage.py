"""The files that a commit of Whoosh consists of, kept with their checksums, which Whoosh has none of.

A commit of Whoosh is a table of contents (`_MAIN_7.toc`) and the segments that it names; it comes into force
when the table gets its name. Before that, all of it is brought onto the disk and its checksums are noted.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from whoosh import index as whoosh_index
from whoosh.filedb.filestore import FileStorage

from search_app.engines.damage import settled
from search_app.engines.files import checksum, sync, write_durably
from search_app.engines.whoosh.schema import schema

CHECKSUMS = "checksums.json"
"""CRC-32 of each file of an index by name; an index that was made before there was one is not checked."""

_NAME = "MAIN"
_TOC = re.compile(r"_MAIN_(\d+)\.toc")
_UNNAMED_TOC = re.compile(r"_MAIN_\d+\.toc\..+")
_OF_SEGMENT = re.compile(r"MAIN_[0-9a-z]+\..+")
_SEGMENT = ".seg"


class CheckedStorage(FileStorage):  # type: ignore[misc]  # Whoosh has no types
    """A folder of Whoosh's in which commits are durable and have checksums."""

    def rename_file(self, oldname: str, newname: str, safe: bool = False) -> None:
        """Give a table of contents its name, which puts a commit into force."""
        folder = Path(self.folder)
        known = _checksums(folder)
        names = [name for name in self.list() if name.endswith(_SEGMENT) or _TOC.fullmatch(name)]
        sums = {name: known[name] if name in known else _onto_disk(folder / name) for name in names}
        sums[newname] = _onto_disk(folder / oldname)
        write_durably(folder / CHECKSUMS, json.dumps(sums))
        super().rename_file(oldname, newname, safe)
        sync(folder)


def remove_leftovers(folder: Path) -> None:
    """Remove what a writer that was stopped has left, which may fill the disk; for the one writer."""
    toc = last_toc(folder)
    if toc is None or faults(folder):
        return
    kept = set(files(folder))
    for path in folder.iterdir():
        if path.name not in kept and (_UNNAMED_TOC.fullmatch(path.name) or _OF_SEGMENT.fullmatch(path.name)):
            path.unlink(missing_ok=True)


def _onto_disk(path: Path) -> int:
    sync(path)
    return checksum(path)


def _checksums(folder: Path) -> dict[str, int]:
    """The checksums that are noted; raises ValueError for a list that is damaged."""
    try:
        listed: Any = json.loads((folder / CHECKSUMS).read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    if not isinstance(listed, dict):
        raise ValueError(f"{CHECKSUMS} lists no files")
    return listed


def last_toc(folder: Path) -> str | None:
    """The table of contents that is in force."""
    numbers = {}
    with suppress(OSError):
        numbers = {
            int(found[1]): path.name for path in folder.iterdir() if (found := _TOC.fullmatch(path.name))
        }
    return numbers[max(numbers)] if numbers else None


def files(folder: Path) -> Sequence[str]:
    """The names of the files of the last commit; its table must be sound. Raises OSError."""
    while (toc := last_toc(folder)) and (found := _TOC.fullmatch(toc)):
        try:
            read = whoosh_index.TOC.read(FileStorage(str(folder)), _NAME, int(found[1]), schema())
            break
        except FileNotFoundError:
            if toc == last_toc(folder):
                raise
    else:
        raise FileNotFoundError(2, "There is no table of contents", str(folder))
    segments = read.segments
    listed = [toc, *(f"{segment.segment_id()}{_SEGMENT}" for segment in segments)]
    return [CHECKSUMS, *listed] if (folder / CHECKSUMS).exists() else listed


def faults(folder: Path) -> list[str]:
    """What is wrong with the files of the last commit, a sentence for each."""
    return settled(lambda: list(_faults(folder)), lambda: last_toc(folder))


def _faults(folder: Path) -> Iterator[str]:
    toc = last_toc(folder)
    if toc is None:
        yield "There is no table of contents (_MAIN_*.toc)."
        return
    try:
        known = _checksums(folder)
    except (OSError, ValueError) as error:
        yield f"The list of checksums, {CHECKSUMS}, can't be read ({error})."
        return
    yield from list(_differing(folder, [toc], known)) or _faults_of_segments(folder, known)


def _faults_of_segments(folder: Path, known: dict[str, int]) -> Iterator[str]:
    try:
        listed = files(folder)
    except Exception as error:  # noqa: BLE001  # a damaged pickle may raise anything
        yield f"The table of contents can't be read ({type(error).__name__})."
        return
    yield from _differing(folder, [name for name in listed if name.endswith(_SEGMENT)], known)


def _differing(folder: Path, names: Sequence[str], known: dict[str, int]) -> Iterator[str]:
    for name in names:
        try:
            found = checksum(folder / name)
        except OSError as error:
            yield f"The file {name} can't be read ({error.strerror})."
            continue
        if known and found != known.get(name):
            yield f"The file {name} differs from its checksum."
