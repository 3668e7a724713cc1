"""Finds the files that may be letters: in folders, in zip archives, or named one by one."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from stat import S_ISDIR, S_ISREG

from search_app.errors import CorpusMissing, UnreadableFile
from search_app.letters.archives import MAX_FILE, member_data, member_names
from search_app.letters.names import REPLACED, UniqueNames, shown

MEMBER = "!/"
"""Stands between an archive and the name inside it: "2016.zip!/CM16-0213037.pdf"."""

ARCHIVE = ".zip"

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
            mode = self.path.stat().st_mode
            if S_ISDIR(mode):
                raise UnreadableFile("The folder can't be opened.", "Check its permissions.")
            if not S_ISREG(mode):  # opening a pipe waits for whoever writes into it
                raise UnreadableFile("It is no file but a pipe, a socket or a device.")
            if self.member:
                return member_data(self.path, self.member)
            with self.path.open("rb") as file:
                if self.name.lower().endswith(ARCHIVE):
                    raise UnreadableFile("The archive is damaged or is no zip file.", "Fetch it again.")
                data = file.read(MAX_FILE + 1)
        except OSError as error:
            reason = error.strerror or error
            raise UnreadableFile(f"The file can't be opened: {reason}.", "Check its permissions.") from error
        if len(data) > MAX_FILE:
            raise UnreadableFile(f"The file is larger than {MAX_FILE:,} bytes, which is no letter.")
        return data


def find_files(paths: Iterable[Path], without: Path | None = None) -> Iterator[LetterFile]:
    """Every file in the folders, archives and files, in order of name; hidden files are passed over.

    Sources are relative to the folder or archive named. The files come as they are found: only the names
    in one folder are held at a time. What lies in the folder `without` is passed over. Raises CorpusMissing
    for a path that isn't there.
    """
    for path in paths:
        if not path.exists():
            raise CorpusMissing(f"There is no file or folder {path}.", "Check the path.")
        if path.is_dir():
            seen = {_identity(without)} if without and without.is_dir() else set()
            yield from _walk(path.resolve(), "", seen)
        else:
            yield from _open(path.resolve(), shown(path.name))


def _walk(folder: Path, prefix: str, seen: set[tuple[int, int]]) -> Iterator[LetterFile]:
    """The files below a folder, nested deeper than calls can be, whose sources begin with the prefix."""
    stack = [_entries(folder, prefix, seen)]
    while stack:
        entry = next(stack[-1], None)
        if entry is None:
            stack.pop()
        elif isinstance(entry, LetterFile):
            yield entry
        else:
            stack.append(_entries(*entry, seen))


def _entries(
    folder: Path, prefix: str, seen: set[tuple[int, int]]
) -> Iterator[LetterFile | tuple[Path, str]]:
    """The files in a folder, and its folders with the prefix of each; links are followed.

    A folder that was seen already is passed over, one that can't be opened is yielded as a file.
    """
    try:
        identity = _identity(folder)
        if identity in seen:
            return
        seen.add(identity)
        names, folders = _list(folder)
    except OSError:
        yield LetterFile(prefix.removesuffix("/") or ".", folder)
        return
    unique = UniqueNames()
    for name in names:
        told = shown(name)
        if REPLACED in told:  # names of other broken bytes look the same
            told = unique.take(PurePosixPath(told))
        if name in folders:
            yield folder / name, f"{prefix}{told}/"
        else:
            yield from _open(folder / name, f"{prefix}{told}")


def _identity(folder: Path) -> tuple[int, int]:
    status = folder.stat()
    return status.st_dev, status.st_ino


def _list(folder: Path) -> tuple[list[str], set[str]]:
    """The names in a folder in order, and those of them that are folders; raises OSError."""
    names, folders = [], set()
    with os.scandir(folder) as entries:
        for entry in entries:
            is_folder = _is_folder(entry)
            if entry.name.startswith(".") or (not is_folder and entry.name.lower() in _IGNORED):
                continue
            names.append(entry.name)
            if is_folder:
                folders.add(entry.name)
    return sorted(names), folders


def _is_folder(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False  # a link that leads round in a circle; reading it gives the reason


def _open(path: Path, source: str) -> Iterator[LetterFile]:
    if path.name.lower().endswith(ARCHIVE) and path.is_file():
        try:
            members = member_names(path)
        except (OSError, UnreadableFile):
            members = None  # reading it as a letter gives the reason why it can't be
        if members is not None:
            yield from (LetterFile(f"{source}{MEMBER}{name}", path, key) for key, name in members.items())
            return
    yield LetterFile(source, path)
