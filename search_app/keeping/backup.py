"""Backups: one tar file that holds one commit of an index with the account that belongs to it.

The account is kept from changing for the moment in which the files of the commit are opened. So the two are a
pair as a run that is killed leaves it, and the next run after a restore goes on from there.
"""

from __future__ import annotations

import os
import sqlite3
import tarfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, closing, contextmanager
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import BinaryIO, cast

from search_app import engines
from search_app.engines.damage import damaged
from search_app.engines.files import sync
from search_app.engines.records import IndexRecord, record_of
from search_app.errors import SettingError
from search_app.ingest import manifest
from search_app.ingest.manifest import Manifest
from search_app.ingest.trouble import explained
from search_app.keeping.agreement import disagreement
from search_app.keeping.contents import CONTENTS, Contents, Summed

_KEPT = "The index is as it was, and no backup was written."


def back_up(index: Path, target: Path) -> Contents:
    """Write a backup of the index that serves, in use or not; the file is there whole or not at all.

    Raises IndexUnavailable for an index that can't be opened, IndexDamaged for one with faults, SettingError
    where its data lies in a cluster or the target in no folder, and StorageError where the disk of the target
    takes no more.
    """
    record = record_of(index)
    if record.engine not in engines.IN_FOLDERS:
        raise SettingError(
            f"The data of the index in {index} lies in a cluster, not in files.",
            "Take snapshots: docs/deploying.md, Backups.",
        )
    folder = target.resolve().parent
    if not folder.is_dir():
        raise SettingError(f"There is no folder {folder}.", "Make it, or give another FILE.")
    fresh = target.with_name(f"{target.name}.part")
    try:
        with explained(target, "backup", _KEPT), _pair(index, record, folder) as files:
            with fresh.open("wb") as out:
                written = _write(out, record, files)
            sync(fresh)
            os.replace(fresh, target)
            sync(folder)
    finally:
        fresh.unlink(missing_ok=True)
    return written


@contextmanager
def _pair(index: Path, record: IndexRecord, beside: Path) -> Iterator[Mapping[str, BinaryIO]]:
    """The files of one commit and the account that belongs to it, open; `beside` is where a copy may lie.

    Both are of the record, though a rebuild take its place meanwhile.
    """
    with ExitStack() as stack:
        engine = stack.enter_context(closing(engines.open_data(index, record)))
        if faults := engine.faults():
            raise damaged(index / record.data, faults)
        copy = (
            Path(stack.enter_context(TemporaryDirectory(prefix=".imr-search-", dir=beside))) / manifest.FILE
        )
        with Manifest(index, record) as account:
            account.connection.execute("begin")
            if says := disagreement(account, engine):  # from here on no run can change the account
                raise damaged(index / record.data, [says])
            files = stack.enter_context(engine.files())
            with closing(sqlite3.connect(copy)) as target:
                account.connection.backup(target)
        yield {**files, manifest.FILE: stack.enter_context(copy.open("rb"))}


def _write(out: BinaryIO, record: IndexRecord, files: Mapping[str, BinaryIO]) -> Contents:
    sums = {}
    with tarfile.open(fileobj=out, mode="w") as archive:
        for name, file in files.items():
            summed = Summed(file)
            _add(archive, name, file.seek(0, os.SEEK_END), summed)
            sums[name] = summed.crc
        contents = Contents(record=record, files=sums)
        listed = contents.to_json()
        _add(archive, CONTENTS, len(listed), Summed(BytesIO(listed)))
    return contents


def _add(archive: tarfile.TarFile, name: str, size: int, file: Summed) -> None:
    member = tarfile.TarInfo(name)
    member.size = size
    file.rewind()
    archive.addfile(member, cast(BinaryIO, file))
