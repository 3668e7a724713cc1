"""Finds the files that may be letters: in folders, in zip archives, or named one by one."""

from __future__ import annotations

import os
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath

from search_app.errors import CorpusMissing, UnreadableFile

MAX_FILE = 100_000_000
"""Bytes of one file, unpacked. The largest real letters have under 1 MB; this keeps zip bombs out."""

MAX_RATIO = 1_000
"""How many times larger than packed a file in an archive may be; text compresses some 10 times."""

MEMBER = "!/"
"""Stands between an archive and the name inside it: "2016.zip!/CM16-0213037.pdf"."""

_IGNORED = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file to read. `source` is its path within the corpus, with slashes; `path` the file on disk.

    `member` is its name inside the archive `path`, "" for a file of its own.
    """

    source: str
    path: Path
    member: str = ""

    @property
    def name(self) -> str:
        """The file's own name."""
        return PurePosixPath(self.source.rsplit(MEMBER, 1)[-1]).name

    def data(self) -> bytes:
        """The file's bytes; raises UnreadableFile if they can't be had."""
        try:
            if self.member:
                return _member_data(self.path, self.member)
            if self.path.stat().st_size > MAX_FILE:
                raise UnreadableFile(f"The file is larger than {MAX_FILE:,} bytes, which is no letter.")
            return self.path.read_bytes()
        except OSError as error:
            reason = error.strerror or error
            raise UnreadableFile(f"The file can't be opened: {reason}.", "Check its permissions.") from error


def find_files(paths: Iterable[Path]) -> Iterator[LetterFile]:
    """Every file in the folders, archives and files, in order of name; hidden files are passed over.

    Sources are relative to the folder or archive named. Raises CorpusMissing for a path that isn't there.
    """
    for path in paths:
        if not path.exists():
            raise CorpusMissing(f"There is no file or folder {path}.", "Check the path.")
        if path.is_dir():
            for file in sorted(_walk(path)):
                yield from _open(file, _shown(file.relative_to(path)))
        else:
            yield from _open(path, _shown(PurePath(path.name)))


def _walk(folder: Path) -> Iterator[Path]:
    for path in folder.rglob("*"):
        hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
        if path.is_file() and not hidden and path.name.lower() not in _IGNORED:
            yield path


def _open(path: Path, source: str) -> Iterator[LetterFile]:
    if path.suffix.lower() != ".zip":
        yield LetterFile(source, path)
        return
    try:
        with zipfile.ZipFile(path) as archive:
            names = sorted(info.filename for info in archive.infolist() if not info.is_dir())
    except (zipfile.BadZipFile, OSError, ValueError):
        # Reading it as a letter gives the reason why it can't be.
        yield LetterFile(source, path)
        return
    for name in names:
        inside = PurePosixPath(_inside(name))
        if not inside.name.startswith(".") and inside.parts[0] != "__MACOSX":
            yield LetterFile(f"{source}{MEMBER}{inside}", path, name)


def _shown(path: PurePath) -> str:
    """A path as text, whatever bytes its name has."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")


def _inside(name: str) -> str:
    """An archive member's name as shown: nothing in it climbs out of the archive."""
    parts = [part for part in PurePosixPath(name.replace("\\", "/")).parts if part not in ("/", "..", ".")]
    return "/".join(parts) or "unnamed"


def _member_data(path: Path, member: str) -> bytes:
    try:
        with zipfile.ZipFile(path) as archive:
            info = archive.getinfo(member)
            if info.file_size > MAX_FILE or info.file_size > MAX_RATIO * max(info.compress_size, 1):
                raise UnreadableFile(
                    f"The file unpacks to {info.file_size:,} bytes, which is no letter.",
                    "If it is one, unpack the archive and index the folder.",
                )
            with archive.open(info) as stream:
                # The archive's directory can lie about sizes, so the limit is kept while reading too.
                data = stream.read(MAX_FILE + 1)
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, NotImplementedError, RuntimeError) as error:
        raise UnreadableFile(
            "The file can't be unpacked: it is damaged, encrypted or packed in an unknown way.",
            "Unpack the archive and index the folder.",
        ) from error
    if len(data) > MAX_FILE:
        raise UnreadableFile(f"The file unpacks to more than {MAX_FILE:,} bytes, which is no letter.")
    return data
