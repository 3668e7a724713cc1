"""Puts a backup in the place of an index; a file that is not exactly one is refused before anything changes.

Nothing that the file says is used as a path: each member is a plain file with a plain name, all of them are
listed with their checksums, and they go into a new folder of the index. The index inside is trusted, though:
a Whoosh index holds pickles, and an account names the files that are shown as letters.
"""

from __future__ import annotations

import re
import shutil
import tarfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from pathlib import Path

from search_app import engines
from search_app.engines.base import SCHEMA_VERSION
from search_app.engines.files import sync
from search_app.engines.records import INDEX_FILE, IndexRecord
from search_app.errors import BackupUnusable, IndexUnavailable, SettingError
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import alone
from search_app.ingest.trouble import explained
from search_app.keeping.agreement import disagreement
from search_app.keeping.contents import CONTENTS, Contents, Summed

_LONGEST = 10_000_000
"""Bytes of a list of contents; one of a thousand segments has some 300,000."""

_NAME = re.compile(r"\.?\w[\w.-]*", re.ASCII)
_PLAIN = (tarfile.REGTYPE, tarfile.AREGTYPE)

_OTHER = "Take another backup, or build the index again with: imr-search index"


def put_back(source: Path, index: Path, force: bool = False) -> IndexRecord:
    """Let the index of a backup serve in a folder, in the place of the one that is there if `force` says so.

    It takes its place in one step, when it is whole and sound; a running server follows. Raises
    BackupUnusable, SettingError where an index is in the way, IndexBusy while a run is at work on it, and
    StorageError where the disk takes no more.
    """
    with _opened(source) as archive:
        contents = _checked(archive, source)
        with alone(index), explained(index):
            if (index / INDEX_FILE).exists() and not force:
                raise SettingError(
                    f"There is an index in {index}.", "Give another --index, or --force to take its place."
                )
            return _take_place(archive, contents, source, index)


@contextmanager
def _opened(source: Path) -> Iterator[tarfile.TarFile]:
    try:
        with tarfile.open(source, "r:") as archive:
            yield archive
    except (tarfile.TarError, EOFError) as error:
        raise _unusable(source, str(error)) from error
    except FileNotFoundError as error:
        raise BackupUnusable(f"There is no file {error.filename}.") from error


def _checked(archive: tarfile.TarFile, source: Path) -> Contents:
    """What a backup holds, if that is just what it says; raises BackupUnusable."""
    members = archive.getmembers()
    for member in members:
        if member.type not in _PLAIN or member.sparse or not _NAME.fullmatch(member.name):
            raise _unusable(source, f"the member {member.name!r} has no place in one")
    last = members[-1] if members else None
    if last is None or last.name != CONTENTS or last.size > _LONGEST:
        raise _unusable(source, "it is cut short, or of another program")
    listed = archive.extractfile(last)
    try:
        contents = Contents.from_json(listed.read() if listed else b"")
    except ValueError as error:
        raise _unusable(source, str(error)) from error
    if sorted(contents.files) != sorted(member.name for member in members[:-1]):
        raise _unusable(source, "it does not hold what it lists")
    _check_record(contents.record, source)
    return contents


def _check_record(record: IndexRecord, source: Path) -> None:
    if record.schema_version != SCHEMA_VERSION:
        raise BackupUnusable(
            f"The index in {source} has schema version {record.schema_version}; "
            f"this program needs version {SCHEMA_VERSION}.",
            "Restore it with the version of the program that made it, or build the index again.",
        )
    if record.engine not in engines.IN_FOLDERS:
        raise _unusable(source, f"{record.engine!r} is no engine whose indexes lie in files")


def _take_place(archive: tarfile.TarFile, contents: Contents, source: Path, index: Path) -> IndexRecord:
    record = replace(contents.record, data=engines.free_name(index, contents.record.engine))
    data = index / record.data
    data.mkdir()
    try:
        for name, crc in contents.files.items():
            _extract(archive, name, crc, data, source)
        sync(data)
        _look_through(index, record, source)
        engines.publish(index, record)
    except BaseException:
        shutil.rmtree(data, ignore_errors=True)
        raise
    return record


def _extract(archive: tarfile.TarFile, name: str, crc: int, data: Path, source: Path) -> None:
    packed = archive.extractfile(name)
    if packed is None:
        raise _unusable(source, f"{name} is no file")
    with packed, (data / name).open("xb") as file:
        summed = Summed(file)
        shutil.copyfileobj(packed, summed)
    if summed.crc != crc:
        raise _unusable(source, f"{name} differs from its checksum")
    sync(data / name)


def _look_through(index: Path, record: IndexRecord, source: Path) -> None:
    """Open what was unpacked, as a server would; raises BackupUnusable."""
    try:
        with (
            closing(engines.open_data(index, record)) as engine,
            Manifest.of_data(index / record.data) as account,
        ):
            faults = (*engine.faults(), *account.faults()) or (disagreement(account, engine),)
    except IndexUnavailable as error:
        raise _unusable(source, error.message) from error
    if faults[0]:
        raise _unusable(source, faults[0])


def _unusable(source: Path, why: str) -> BackupUnusable:
    return BackupUnusable(
        f"The file {source} is no backup that can be used: {why.removesuffix('.')}.", _OTHER
    )
