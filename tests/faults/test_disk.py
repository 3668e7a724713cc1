"""Disks that are full or read-only: what was committed serves on, and a later run goes on."""

from __future__ import annotations

import os
import resource
import subprocess
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from multiprocessing.connection import Connection
from pathlib import Path

import pytest

from search_app.engines import open_engine
from search_app.engines.records import record_of
from search_app.engines.tantivy.engine import TantivyEngine
from search_app.errors import SettingError, StorageError
from search_app.ingest.run import Plan, ingest
from search_app.ingest.trouble import KEPT, explained
from search_app.keeping.backup import back_up
from search_app.letters.parse import parse_text
from tests.faults.indexes import ENGINES, ask, build
from tests.ingest.corpora import run, sample, write
from tests.ingest.killing import FORKS

LETTERS = 24
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


def failing(corpus: Path, index: Path, plan: Plan, largest: int = 0) -> StorageError:
    """How a run fails, in a process of its own; `largest` is the size that its files may have.

    Whoosh leaves files open where it fails, which fail again when they are closed.
    """
    ours, theirs = FORKS.Pipe(duplex=False)
    process = FORKS.Process(target=_fail, args=(theirs, corpus, index, plan, largest))
    process.start()
    theirs.close()
    with ours:
        error = ours.recv()
    process.join()
    assert isinstance(error, StorageError)
    assert KEPT in error.hint
    return error


def _fail(told: Connection, corpus: Path, index: Path, plan: Plan, largest: int) -> None:
    if largest:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))
    try:
        told.send(ingest(corpus, index, plan))
    except StorageError as error:
        told.send(StorageError(error.message, error.hint))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_full_disk_keeps_what_was_committed(engine: str, corpus: Path, disk: Path) -> None:
    assert "no room left" in failing(corpus, disk / "index", plan(engine)).message
    assert assert_sound(disk / "index") < LETTERS
    remount(disk, "size=60m")
    assert run(corpus, disk / "index", plan(engine)).determinations == LETTERS
    assert assert_sound(disk / "index") == LETTERS


def test_a_disk_that_fills_up_before_a_commit(corpus: Path, disk: Path) -> None:
    """Threads of Tantivy write meanwhile, and the letters after that which failed are refused."""
    engine = TantivyEngine.create(disk)
    with pytest.raises(StorageError, match="no room left"):
        _put(engine, disk, [path.read_text("utf-8") for path in sorted(corpus.iterdir())] * 40)
    engine.close()


def _put(engine: TantivyEngine, index: Path, texts: list[str]) -> None:
    with explained(index), engine.writer() as writer:
        for text in texts:
            writer.put(parse_text(text, "letter.txt"))


@pytest.mark.parametrize("engine", ENGINES)
def test_a_disk_that_fills_up_amid_a_rebuild_leaves_the_old_index(
    engine: str, corpus: Path, disk: Path
) -> None:
    remount(disk, "size=60m")
    run(corpus, disk / "index", plan(engine))
    before = record_of(disk / "index")
    with (disk / "ballast").open("wb", buffering=0) as ballast, suppress(OSError):
        while True:
            ballast.write(bytes(100_000))
    os.truncate(disk / "ballast", (disk / "ballast").stat().st_size - 400_000)
    assert "no room left" in failing(corpus, disk / "index", replace(plan(engine), rebuild=True)).message
    assert record_of(disk / "index") == before
    assert assert_sound(disk / "index") == LETTERS
    (disk / "ballast").unlink()
    assert run(corpus, disk / "index", replace(plan(engine), rebuild=True)).determinations == LETTERS
    assert record_of(disk / "index") != before


@pytest.mark.parametrize("engine", ENGINES)
def test_a_read_only_disk_serves_and_says_that_it_is(engine: str, disk: Path, tmp_path: Path) -> None:
    remount(disk, "size=60m")
    built = build(disk, engine)
    expected = ask(built.index)
    write(built.corpus, {"20.txt": sample(20)})
    remount(disk, "ro")
    assert ask(built.index) == expected
    with pytest.raises((SettingError, StorageError), match="can't be written to"):
        built.run()
    back_up(built.index, tmp_path / "backup.tar")
    remount(disk, "rw")
    assert built.run().added == 1


@pytest.mark.parametrize("engine", ENGINES)
def test_a_server_that_may_only_read_follows_another_that_writes(
    engine: str, disk: Path, tmp_path: Path
) -> None:
    """As a container does that has the index mounted read-only."""
    remount(disk, "size=60m")
    built = build(disk, engine)
    view = tmp_path / "view"
    view.mkdir()
    subprocess.run(["mount", "--bind", disk, view], check=True)
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", view], check=True)
        served = open_engine(view / "index")
        before = served.stats().determinations
        write(built.corpus, {"20.txt": sample(20)})
        built.run()
        assert served.stats().determinations == before + 1
        assert served.case("CM16-0000020") is not None
        served.close()
    finally:
        subprocess.run(["umount", "-l", view], check=True)


def test_a_backup_that_does_not_fit_leaves_nothing(corpus: Path, disk: Path, tmp_path: Path) -> None:
    run(corpus, tmp_path / "index", replace(plan("tantivy"), commit_every=100))
    remount(disk, "size=200k")
    with pytest.raises(StorageError, match="no room left on the disk that has the backup"):
        back_up(tmp_path / "index", disk / "backup.tar")
    assert list(disk.iterdir()) == []


@pytest.mark.parametrize(("engine", "largest"), [("whoosh", 100_000), ("tantivy", 60_000)])
def test_files_that_may_not_grow(engine: str, largest: int, corpus: Path, tmp_path: Path) -> None:
    """As a quota has it, which needs no right to mount anything."""
    write(corpus, {"20.txt": sample(20, " ".join(f"word{number}" for number in range(20_000)))})
    failing(corpus, tmp_path / "index", plan(engine), largest)
    assert assert_sound(tmp_path / "index") < LETTERS
    assert run(corpus, tmp_path / "index", plan(engine)).determinations == LETTERS
    assert assert_sound(tmp_path / "index") == LETTERS
