"""The doctor: what it finds, in an index that is sound and in one that is not, and what it says to do."""

from __future__ import annotations

import json
import shutil
import sqlite3
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from search_app import engines
from search_app.cli import main
from search_app.engines.records import BUILD_FILE, INDEX_FILE
from search_app.errors import IndexDamaged
from search_app.ingest.manifest import Manifest
from search_app.ingest.run import alone
from search_app.keeping.doctor import examine
from search_app.keeping.finding import Grade
from tests.faults.indexes import ENGINES, LETTERS, Built, build


@pytest.fixture(scope="module", params=ENGINES)
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("sound"), request.param)


@pytest.fixture
def built(sound: Built, tmp_path: Path) -> Built:
    return replace(sound, index=shutil.copytree(sound.index, tmp_path / "index"))


def found(index: Path, grade: Grade) -> dict[str, str]:
    """What the doctor says of each check of a grade, with the repair."""
    return {one.check: f"{one.says} {one.repair}" for one in examine(index, "auto") if one.grade is grade}


def test_a_sound_index(built: Built) -> None:
    assert found(built.index, Grade.FAULT) == {}
    fine = found(built.index, Grade.OK)
    assert {"record", "vocabulary", "folder", "files", "cases", "counts"} <= set(fine)
    assert f"{LETTERS} letters" in fine["cases"]
    run = CliRunner().invoke(main, ["doctor", "--index", str(built.index)])
    assert (run.exit_code, "is sound" in run.output) == (0, True)


def record(built: Built, **changes: object) -> None:
    path = built.index / INDEX_FILE
    path.write_text(json.dumps(json.loads(path.read_text()) | changes))


def sql(built: Built, statement: str) -> None:
    with sqlite3.connect(built.data / "manifest.sqlite") as connection:
        connection.execute(statement)
    connection.close()


def lose_a_case(built: Built) -> None:
    engine = engines.open_engine(built.index)
    with engine.writer() as writer:
        writer.delete("CM16-0000002")
        writer.commit()
    engine.close()


def damage_a_file(built: Built) -> None:
    file = max(built.data.glob("*.s[et]*"), key=lambda path: path.stat().st_size)
    data = file.read_bytes()
    file.write_bytes(data[:100] + bytes([data[100] ^ 1]) + data[101:])


FAULTS: dict[str, tuple[Callable[[Built], None], str, str]] = {
    "no index": (lambda built: shutil.rmtree(built.index), "opening", "imr-search index"),
    "no record": (lambda built: (built.index / INDEX_FILE).write_text("{"), "record", "--rebuild"),
    "an engine that is no name": (lambda built: record(built, engine=["a"]), "record", "--rebuild"),
    "a record nested deeply": (
        lambda built: (built.index / INDEX_FILE).write_text("[" * 100_000),
        "record",
        "--rebuild",
    ),
    "another version": (lambda built: record(built, schema_version=4), "opening", "--rebuild"),
    "no data": (lambda built: shutil.rmtree(built.data), "opening", "imr-search restore"),
    "a damaged file": (damage_a_file, "", "imr-search restore"),
    "no account": (lambda built: (built.data / "manifest.sqlite").unlink(), "index", "imr-search index"),
    "a case that is gone": (lose_a_case, "cases", "--rebuild"),
    "a case too many": (
        lambda built: sql(built, "delete from files where case_id = 'CM16-0000002'"),
        "counts",
        "--rebuild",
    ),
}


@pytest.mark.parametrize("name", FAULTS)
def test_each_fault_is_told_with_its_repair(built: Built, name: str) -> None:
    break_it, check, repair = FAULTS[name]
    break_it(built)
    faults = found(built.index, Grade.FAULT)
    assert faults
    assert repair in faults[check] if check else repair in "".join(faults.values())
    run = CliRunner().invoke(main, ["doctor", "--index", str(built.index)])
    assert run.exit_code == 1
    assert run.exception is None or isinstance(run.exception, SystemExit)


NOTES: dict[str, tuple[Callable[[Built], object], str]] = {
    "other wordings": (lambda built: record(built, vocabulary="other"), "vocabulary"),
    "a leftover": (lambda built: shutil.copytree(built.data, built.index / "whoosh-99"), "leftover"),
    "a build": (lambda built: shutil.copy(built.index / INDEX_FILE, built.index / BUILD_FILE), "build"),
    "letters read long ago": (lambda built: sql(built, "update files set parser = '0'"), "letters"),
    "a letter that could not be read again": (
        lambda built: sql(built, "update files set reason = 'It hangs.' where source = '2.txt'"),
        "letters",
    ),
    "a run that was stopped": (
        lambda built: sql(built, "update files set state = 'pending' where source = '2.txt'"),
        "account",
    ),
}


@pytest.mark.parametrize("name", NOTES)
def test_what_is_to_be_known_is_no_fault(built: Built, name: str) -> None:
    change, check = NOTES[name]
    change(built)
    assert check in found(built.index, Grade.NOTE)
    assert found(built.index, Grade.FAULT) == {}


def test_numbers_are_not_compared_while_a_run_is_at_work(built: Built) -> None:
    sql(built, "delete from files where case_id = 'CM16-0000002'")
    with alone(built.index):
        assert "run" in found(built.index, Grade.NOTE)
        assert found(built.index, Grade.FAULT) == {}
    with Manifest(built.index) as manifest:
        assert manifest.faults() == ()


def test_in_a_cluster_the_repair_is_a_snapshot(tmp_path: Path) -> None:
    data = tmp_path / "opensearch-1"
    data.mkdir()
    (data / "manifest.sqlite").write_bytes(b"no account" * 1_000)
    with pytest.raises(IndexDamaged) as told:
        Manifest.of_data(data)
    assert "snapshot" in told.value.hint
    assert "imr-search restore" not in told.value.hint


def test_a_list_that_is_no_file_is_a_fault(tmp_path: Path) -> None:
    built = build(tmp_path, "tantivy")
    (built.data / ".managed.json").unlink()
    (built.data / ".managed.json").mkdir()
    assert ".managed.json" in "".join(found(built.index, Grade.FAULT).values())
