"""Disks that are full or read-only: what was committed serves on, and a later run goes on."""

from __future__ import annotations

import resource
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search_app.engines import open_engine, record_of
from search_app.errors import SettingError, StorageError
from search_app.ingest.run import Plan, ingest
from search_app.keeping.backup import back_up
from tests.faults.indexes import ENGINES, ask, build
from tests.ingest.corpora import run, sample, stats, write
from tests.ingest.killing import FORKS

LETTERS = 40
PROSE = " ".join(f"word{number}" for number in range(3_000))


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of its own, small."""
    folder = tmp_path / "disk"
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", folder]
    mounted = subprocess.run(command, capture_output=True, text=True, check=False)
    if mounted.returncode:
        pytest.skip(f"a disk of its own can be mounted by root only ({mounted.stderr.strip()})")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def remount(disk: Path, options: str) -> None:
    subprocess.run(["mount", "-o", f"remount,{options}", disk], check=True)


def plan(engine: str) -> Plan:
    return Plan(engine=engine, workers=1, commit_every=2)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    """Letters whose index takes more than the disk has."""
    folder = tmp_path / "corpus"
    write(folder, {f"{of:02}.txt": sample(of, f"{PROSE} {of}") for of in range(LETTERS)})
    return folder


def assert_sound(index: Path) -> int:
    """All that the index holds can be read; how many letters that is."""
    engine = open_engine(index)
    try:
        assert list(engine.faults()) == []
        held = engine.stats().determinations
        assert len([of for of in range(LETTERS) if engine.case(f"CM16-{of:07}")]) == held
    finally:
        engine.close()
    return held


@pytest.mark.parametrize("engine", ENGINES)
def test_a_full_disk_keeps_what_was_committed(engine: str, corpus: Path, disk: Path) -> None:
    with pytest.raises(StorageError, match="no room left") as told:
        run(corpus, disk / "index", plan(engine))
    assert "same command again" in told.value.hint
    assert assert_sound(disk / "index") < LETTERS
    remount(disk, "size=60m")
    assert run(corpus, disk / "index", plan(engine)).determinations == LETTERS
    assert assert_sound(disk / "index") == LETTERS


@pytest.mark.parametrize("engine", ENGINES)
def test_a_disk_that_fills_up_amid_a_rebuild_leaves_the_old_index(
    engine: str, corpus: Path, disk: Path
) -> None:
    remount(disk, "size=60m")
    run(corpus, disk / "index", plan(engine))
    before = record_of(disk / "index")
    (disk / "ballast").write_bytes(bytes(disk_free(disk) - 300_000))
    with pytest.raises(StorageError, match="no room left"):
        run(corpus, disk / "index", replace(plan(engine), rebuild=True))
    assert record_of(disk / "index") == before
    assert assert_sound(disk / "index") == LETTERS
    (disk / "ballast").unlink()
    assert run(corpus, disk / "index", replace(plan(engine), rebuild=True)).determinations == LETTERS
    assert record_of(disk / "index") != before


def disk_free(disk: Path) -> int:
    told = subprocess.run(["df", "--output=avail", "-B1", disk], capture_output=True, text=True, check=True)
    return int(told.stdout.split()[-1])


@pytest.mark.parametrize("engine", ENGINES)
def test_a_read_only_disk_serves_and_says_that_it_is(engine: str, disk: Path) -> None:
    remount(disk, "size=60m")
    built = build(disk, engine)
    expected = ask(built.index)
    write(built.corpus, {"20.txt": sample(20)})
    remount(disk, "ro")
    assert ask(built.index) == expected
    with pytest.raises((SettingError, StorageError), match="can't be written to"):
        built.run()
    remount(disk, "rw")
    assert built.run().added == 1


def test_a_backup_that_does_not_fit_leaves_nothing(corpus: Path, disk: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "index", replace(plan("tantivy"), commit_every=100))
    with pytest.raises(StorageError, match="no room left"):
        back_up(tmp_path / "index", disk / "backup.tar")
    assert list(disk.iterdir()) == []


def _ingest_small_files(corpus: Path, index: Path, engine: str) -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
    try:
        ingest(corpus, index, plan(engine))
    except StorageError as error:
        raise SystemExit(7 if "same command again" in error.hint else 8) from error


@pytest.mark.parametrize("engine", ENGINES)
def test_files_that_may_not_grow(engine: str, corpus: Path, tmp_path: Path) -> None:
    """What a quota does, which needs no right to mount anything."""
    process = FORKS.Process(target=_ingest_small_files, args=(corpus, tmp_path / "index", engine))
    process.start()
    process.join()
    assert process.exitcode == 7
    assert assert_sound(tmp_path / "index") < LETTERS
    assert run(corpus, tmp_path / "index", plan(engine)).determinations == LETTERS
    assert stats(tmp_path / "index").determinations == assert_sound(tmp_path / "index")
