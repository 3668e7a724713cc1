"""Finds the files that may be letters: in folders, in zip archives, or named one by one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePath, PurePosixPath
from zipfile import BadZipFile

from search_app.errors import CorpusMissing, UnreadableFile
from search_app.letters.archives import MAX_FILE, member_data, member_names

MEMBER = "!/"
"""Stands between an archive and the name inside it: "2016.zip!/CM16-0213037.pdf"."""

_IGNORED = frozenset((".ds_store", "thumbs.db", "desktop.ini"))


@dataclass(frozen=True, slots=True)
class LetterFile:
    """A file to read. `source` is its path within the corpus, with slashes; `path` the file on disk.

    `member` is its key inside the archive `path` (see `archives`), "" for a file of its own. A folder that
    can't be opened stands as a file that can't be read.
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
            if self.path.is_dir():
                raise UnreadableFile("The folder can't be opened.", "Check its permissions.")
            if self.member:
                return member_data(self.path, self.member)
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
    """The files below a folder, links followed, and those of its folders that can't be opened."""
    refused: list[OSError] = []
    seen: set[Path] = set()
    for here, folders, names in os.walk(folder, onerror=refused.append, followlinks=True):
        real = Path(here).resolve()
        folders[:] = [] if real in seen else [name for name in folders if not name.startswith(".")]
        if real not in seen:
            yield from (Path(here, name) for name in names if _may_be_letter(name))
        seen.add(real)
    yield from (Path(error.filename) for error in refused)


def _may_be_letter(name: str) -> bool:
    return not name.startswith(".") and name.lower() not in _IGNORED


def _open(path: Path, source: str) -> Iterator[LetterFile]:
    if path.suffix.lower() == ".zip" and path.is_file():
        try:
            members = member_names(path)
        except (BadZipFile, OSError, ValueError):
            members = None  # reading it as a letter gives the reason why it can't be
        if members is not None:
            yield from (LetterFile(f"{source}{MEMBER}{name}", path, key) for key, name in members.items())
            return
    yield LetterFile(source, path)


def _shown(path: PurePath) -> str:
    """A path as text, whatever bytes its name has."""
    return os.fsencode(path.as_posix()).decode("utf-8", errors="replace")
