"""Backups: they go round, also while the index is fed; what is no sound backup is refused."""

from __future__ import annotations

import io
import json
import random
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from click.testing import CliRunner

from search_app import engines
from search_app.cli import main
from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.records import record_of
from search_app.errors import BackupUnusable, IndexBusy, IndexDamaged, IndexMissing, SettingError
from search_app.ingest.run import Plan, alone
from search_app.keeping.backup import back_up
from search_app.keeping.contents import CONTENTS
from search_app.keeping.restore import put_back
from search_app.web.holder import EngineHolder
from tests.faults.indexes import ENGINES, LETTERS, Built, ask, build
from tests.ingest.corpora import run, sample, write
from tests.ingest.killing import Corpus, assert_whole, await_changes, held, start


@pytest.fixture(scope="module", params=ENGINES)
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("built"), request.param)


@pytest.fixture
def backup(built: Built, tmp_path: Path) -> Path:
    back_up(built.index, tmp_path / "backup.tar")
    return tmp_path / "backup.tar"


def test_a_backup_goes_round(built: Built, backup: Path, tmp_path: Path) -> None:
    restored = replace(built, index=tmp_path / "restored")
    put_back(backup, restored.index)
    assert ask(restored.index) == ask(built.index)
    report = restored.run()
    assert (report.unchanged, report.determinations) == (9, 9)
    write(built.corpus, {"30.txt": sample(30)})
    assert restored.run().added == 1
    (built.corpus / "30.txt").unlink()
    assert restored.run().removed == 1


def test_the_commands(built: Built, tmp_path: Path) -> None:
    file, index = str(tmp_path / "it.tar"), str(tmp_path / "restored")
    for arguments in (
        ("backup", file, "--index", str(built.index)),
        ("restore", file, "--index", index),
        ("restore", file, "--index", index, "--force"),
        ("doctor", "--index", index),
    ):
        told = CliRunner().invoke(main, arguments)
        assert told.exit_code == 0, told.output
    told = CliRunner().invoke(main, ("restore", file, "--index", index))
    assert (told.exit_code, "--force" in told.output) == (2, True)


@pytest.mark.parametrize("engine", ENGINES)
def test_backups_of_an_index_that_is_fed_are_of_one_commit_and_gone_on_with(
    engine: str, tmp_path: Path
) -> None:
    corpus, index = Corpus(tmp_path / "corpus"), tmp_path / "index"
    corpus.change()
    plan = Plan(engine=engine, workers=1, commit_every=12)
    run(corpus.folder, index, plan)
    for turn in range(2):
        corpus.change()
        process = start(corpus.folder, index, plan, pool=False)
        await_changes(index, process, random.randrange(4, 30))
        back_up(index, tmp_path / f"{turn}.tar")
        process.join()
        assert process.exitcode == 0
    for turn in range(2):
        put_back(tmp_path / f"{turn}.tar", tmp_path / "restored", force=True)
        assert_whole(tmp_path / "restored", corpus)
        run(corpus.folder, tmp_path / "restored", plan)
        assert held(tmp_path / "restored") == {one.id: one for one in corpus.now.values()}


def test_a_running_site_follows_a_restore(built: Built, backup: Path, tmp_path: Path) -> None:
    index = tmp_path / "index"
    write(tmp_path / "corpus", {"1.txt": sample(1)})
    run(tmp_path / "corpus", index, built.plan)
    holder = EngineHolder(Settings(index=index))
    for expected in (1, 9):
        with holder.lease() as engine:
            assert engine.stats().determinations == expected
        put_back(backup, index, force=True)
    holder.close()


def test_a_damaged_index_is_not_backed_up_and_can_be_restored(
    built: Built, backup: Path, tmp_path: Path
) -> None:
    index = shutil.copytree(built.index, tmp_path / "index")
    for path in (index / record_of(index).data).iterdir():
        if path.suffix in (".seg", ".store"):
            path.write_bytes(path.read_bytes()[:-300])
    with pytest.raises(IndexDamaged):
        back_up(index, tmp_path / "other.tar")
    assert not (tmp_path / "other.tar").exists()
    put_back(backup, index, force=True)
    assert ask(index) == ask(built.index)


def test_an_index_in_the_way_and_a_run_at_work_are_told(built: Built, backup: Path, tmp_path: Path) -> None:
    index = shutil.copytree(built.index, tmp_path / "index")
    before = record_of(index)
    with pytest.raises(SettingError, match="There is an index"):
        put_back(backup, index)
    with alone(index), pytest.raises(IndexBusy):
        put_back(backup, index, force=True)
    assert record_of(index) == before
    with pytest.raises(IndexMissing):
        back_up(tmp_path / "nothing", tmp_path / "nothing.tar")


Members = list[tuple[tarfile.TarInfo, bytes]]


def _list_anew(members: Members, **changes: object) -> Members:
    """The members with a list of contents that fits them."""
    *files, (info, data) = members
    listed = json.loads(data)
    listed["files"] = {one.name: crc32(content) for one, content in files}
    listed["record"] |= changes
    return [*files, (info, json.dumps(listed).encode())]


def _named(name: str) -> Callable[[Members], Members]:
    def rename(members: Members) -> Members:
        members[0][0].name = name
        return _list_anew(members)

    return rename


def _of_type(kind: bytes) -> Callable[[Members], Members]:
    def change(members: Members) -> Members:
        info = tarfile.TarInfo("link")
        info.type, info.linkname = kind, "/etc/passwd"
        return _list_anew([(info, b""), *members])

    return change


def _flipped(members: Members) -> Members:
    info, data = members[0]
    return [(info, data[:-1] + bytes([data[-1] ^ 1])), *members[1:]]


def _endless(listed: bytes) -> bytes:
    values = json.loads(listed)
    return json.dumps({**values, "files": dict.fromkeys(values["files"], float("inf"))}).encode()


HOSTILE: dict[str, Callable[[Members], Members]] = {
    "a name that climbs": _named("../../outside"),
    "an absolute name": _named("/tmp/outside"),
    "a name in a folder": _named("folder/file"),
    "two dots": _named(".."),
    "a link": _of_type(tarfile.SYMTYPE),
    "a hard link": _of_type(tarfile.LNKTYPE),
    "a device": _of_type(tarfile.CHRTYPE),
    "a folder": _of_type(tarfile.DIRTYPE),
    "a flipped bit": _flipped,
    "a file too few": lambda members: members[1:],
    "the same file twice": lambda members: [members[0], *members],
    "no list": lambda members: members[:-1],
    "another list": lambda members: [*members[:-1], (members[-1][0], b"[]")],
    "a cluster's record": lambda members: _list_anew(members, engine="opensearch"),
    "an engine that climbs": lambda members: _list_anew(members, engine="../x"),
    "another version": lambda members: _list_anew(members, schema_version=1),
    "an engine that is no name": lambda members: _list_anew(members, engine=["whoosh"]),
    "a list nested deeply": lambda members: [*members[:-1], (members[-1][0], b"[" * 100_000)],
    "an endless checksum": lambda members: [*members[:-1], (members[-1][0], _endless(members[-1][1]))],
    "an engine whose files these are not": lambda members: _list_anew(
        members, engine={"whoosh": "tantivy"}.get(json.loads(members[-1][1])["record"]["engine"], "whoosh")
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_what_is_no_sound_backup_is_refused(name: str, built: Built, backup: Path, tmp_path: Path) -> None:
    with tarfile.open(backup) as archive:
        members = [(info, archive.extractfile(info).read()) for info in archive.getmembers()]  # type: ignore[union-attr]
    hostile = tmp_path / "hostile.tar"
    with tarfile.open(hostile, "w") as archive:
        for info, data in HOSTILE[name](members):
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    index = shutil.copytree(built.index, tmp_path / "index")
    before = set(tmp_path.rglob("*"))
    with pytest.raises(BackupUnusable):
        put_back(hostile, index, force=True)
    assert {path for path in set(tmp_path.rglob("*")) - before if path.name != ".lock"} == set()
    assert ask(index) == ask(built.index)


@pytest.mark.parametrize("share", [0.0, 0.3, 0.999])
def test_a_backup_that_is_cut_short_is_refused(share: float, backup: Path, tmp_path: Path) -> None:
    data = backup.read_bytes()
    backup.write_bytes(data[: int(share * len(data) * 0.9)])
    with pytest.raises(BackupUnusable):
        put_back(backup, tmp_path / "restored")
    with pytest.raises(BackupUnusable, match="no file"):
        put_back(tmp_path / "nothing.tar", tmp_path / "restored")


def test_the_list_is_the_last_member(backup: Path) -> None:
    with tarfile.open(backup) as archive:
        assert archive.getnames()[-1] == CONTENTS


def test_a_backup_is_of_one_record_though_a_rebuild_comes_between(
    built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index, more = shutil.copytree(built.index, tmp_path / "index"), tmp_path / "more"
    shutil.copytree(built.corpus, more)
    other = replace(built, index=tmp_path / "other", corpus=more)
    write(more, {"40.txt": sample(40)})
    other.run()
    back_up(other.index, tmp_path / "other.tar")
    opens = engines.open_data

    def overtaken(*arguments: Any) -> Engine:
        monkeypatch.setattr(engines, "open_data", opens)
        engine = opens(*arguments)
        put_back(tmp_path / "other.tar", index, force=True)
        return engine

    monkeypatch.setattr(engines, "open_data", overtaken)
    back_up(index, tmp_path / "backup.tar")
    put_back(tmp_path / "backup.tar", tmp_path / "restored")
    assert ask(tmp_path / "restored") == ask(built.index)
    assert replace(built, index=tmp_path / "restored").run().unchanged == LETTERS


def test_an_index_that_its_account_does_not_fit_is_not_backed_up(built: Built, tmp_path: Path) -> None:
    index = shutil.copytree(built.index, tmp_path / "index")
    with sqlite3.connect(index / record_of(index).data / "manifest.sqlite") as account:
        account.execute("delete from files where source = '1.txt'")
    account.close()
    with pytest.raises(IndexDamaged, match="the account"):
        back_up(index, tmp_path / "backup.tar")


def test_a_folder_that_is_not_there_is_told(built: Built, tmp_path: Path) -> None:
    with pytest.raises(SettingError, match=r"no folder .*nowhere"):
        back_up(built.index, tmp_path / "nowhere" / "backup.tar")


def test_an_index_in_a_cluster_is_not_asked_for_its_files(tmp_path: Path) -> None:
    record = {"engine": "opensearch", "schema_version": 5, "data": "opensearch-1", "vocabulary": ""}
    (tmp_path / "imr-search.json").write_text(json.dumps(record))
    with pytest.raises(SettingError) as told:
        back_up(tmp_path, tmp_path / "backup.tar")
    assert "snapshots" in told.value.hint
