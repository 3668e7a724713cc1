"""Damaged files: an index over them answers as before, or says what is wrong; nobody gets a traceback."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from search_app.config import Settings
from search_app.engines import open_engine
from search_app.engines.damage import told
from search_app.errors import EngineFailure, ImrSearchError, IndexDamaged, IndexUnavailable
from search_app.web.app import close_app, create_app
from search_app.web.holder import EngineHolder
from search_app.web.site import site_of
from tests.faults.indexes import ENGINES, LETTERS, Built, ask, build
from tests.ingest.killing import held

NEEDLESS = (".lock", "WRITELOCK", "imr-search-writer", "manifest.sqlite")
"""Endings of what no search needs."""

OTHER_DIGITS = bytes.maketrans(b"0123456789", b"1234567890")
"""Makes another checksum of the one at the end of a file of Tantivy's."""


@pytest.fixture(scope="module", params=ENGINES)
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Built:
    return build(tmp_path_factory.mktemp("sound"), request.param)


def cut(share: float, path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: int(share * len(data))])


def flip(seed: int, path: Path) -> None:
    """Turn one bit round, somewhere."""
    data = bytearray(path.read_bytes())
    chance = random.Random(f"{seed} {path.name}")
    data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    path.write_bytes(data)


def blank(seed: int, path: Path) -> None:
    """Zeros in the place of a stretch, as a disk gives that lost a block."""
    data = bytearray(path.read_bytes())
    at = random.Random(f"{seed} {path.name}").randrange(len(data))
    data[at : at + 400] = bytes(len(data[at : at + 400]))
    path.write_bytes(data)


DAMAGES: dict[str, Callable[[Path], None]] = {
    "gone": Path.unlink,
    "emptied": partial(cut, 0.0),
    "cut in half": partial(cut, 0.5),
    **{f"flipped {seed}": partial(flip, seed) for seed in range(4)},
    **{f"blanked {seed}": partial(blank, seed) for seed in range(2)},
}


def damaged_copies(sound: Built, folder: Path, damage: Callable[[Path], None]) -> Iterator[tuple[str, Path]]:
    """A copy of the index for each of its files, with that file damaged."""
    for file in sorted(sound.data.iterdir()):
        if file.stat().st_size and not file.name.endswith(NEEDLESS):
            copy = shutil.copytree(sound.index, folder / file.name)
            damage(copy / sound.data.name / file.name)
            yield file.name, copy


@pytest.mark.parametrize("damage", DAMAGES)
def test_an_index_over_a_damaged_file_is_right_or_says_so(sound: Built, damage: str, tmp_path: Path) -> None:
    expected = ask(sound.index)
    silent = []
    for name, copy in damaged_copies(sound, tmp_path, DAMAGES[damage]):
        try:
            answered = ask(copy)
        except IndexUnavailable as error:
            assert "--rebuild" in error.hint  # noqa: PT017  # whether there is an error is not known before
            continue
        if answered != expected:
            silent.append(name)
    engines_faults = {name: _faults(tmp_path / name) for name in silent}
    assert [name for name, faults in engines_faults.items() if not faults] == []


def _faults(index: Path) -> tuple[str, ...]:
    engine = open_engine(index)
    try:
        return tuple(engine.faults())
    finally:
        engine.close()


@pytest.mark.parametrize("damage", ["gone", "flipped 0", "blanked 1"])
def test_the_site_over_a_damaged_file_has_no_500(sound: Built, damage: str, tmp_path: Path) -> None:
    for name, copy in damaged_copies(sound, tmp_path, DAMAGES[damage]):
        app = create_app(Settings(index=copy))
        client = app.test_client()
        for path in ("/search?q=knee", "/cases/CM16-0000003", "/status", "/api/v1/search?q=scan", "/healthz"):
            status = client.get(path, follow_redirects=True).status_code
            assert status in (200, 503), f"{path} over {name}: {status}"
        close_app(app)


def test_sound_files_have_no_faults(sound: Built) -> None:
    assert _faults(sound.index) == ()


def largest(data: Path) -> Path:
    """The largest file that has a checksum."""
    checked = (file for file in data.iterdir() if file.suffix in (".seg", ".term", ".idx", ".store"))
    return max(checked, key=lambda file: file.stat().st_size)


def test_a_site_finds_a_fault_that_no_answer_shows(sound: Built, tmp_path: Path) -> None:
    """Files are looked through beside the first requests, if they were not when they were opened."""
    copy = replace(sound, index=shutil.copytree(sound.index, tmp_path / "index"))
    file = largest(copy.data)
    data = file.read_bytes()
    other = bytes([data[-1] ^ 1]) if file.suffix == ".seg" else data[-1:]
    file.write_bytes(data[:-40] + data[-40:-1].translate(OTHER_DIGITS) + other)
    holder = EngineHolder(Settings(index=copy.index))
    deadline = time.monotonic() + 30
    while _determinations(holder) == LETTERS:
        assert time.monotonic() < deadline
        time.sleep(0.01)
    for _ in range(2):  # nor is it forgotten
        holder.drop()
        assert "differs from its checksum" in str(_determinations(holder))
    holder.close()


def _determinations(holder: EngineHolder) -> int | IndexDamaged:
    try:
        with holder.lease() as engine:
            return engine.stats().determinations
    except IndexDamaged as error:
        return error


def test_nothing_is_fed_to_a_damaged_index_but_it_can_be_rebuilt(sound: Built, tmp_path: Path) -> None:
    """Merging would give what is damaged a checksum of its own."""
    copy = replace(sound, index=shutil.copytree(sound.index, tmp_path / "index"))
    blank(5, largest(copy.data))
    with pytest.raises(IndexDamaged, match="checksum"):
        copy.run()
    replace(copy, plan=replace(copy.plan, rebuild=True)).run()
    assert held(copy.index) == held(sound.index)


@pytest.mark.parametrize("damage", ["gone", "emptied"])
def test_an_account_that_is_gone_is_not_begun_anew(sound: Built, damage: str, tmp_path: Path) -> None:
    copy = replace(sound, index=shutil.copytree(sound.index, tmp_path / "index"))
    DAMAGES[damage](copy.data / "manifest.sqlite")
    with pytest.raises(IndexDamaged, match="account"):
        copy.run()
    assert ask(copy.index) == ask(sound.index)


def test_an_account_that_is_damaged_inside_is_told(sound: Built, tmp_path: Path) -> None:
    copy = replace(sound, index=shutil.copytree(sound.index, tmp_path / "index"))
    account = copy.data / "manifest.sqlite"
    data = account.read_bytes()
    account.write_bytes(data[:4096] + bytes(len(data) - 4096))
    with pytest.raises(IndexDamaged, match="account"):
        copy.run()
    app = create_app(Settings(index=copy.index))
    with site_of(app).holder.lease() as engine:
        assert app.test_client().get("/status").status_code == 503
        assert app.test_client().get("/search?q=knee").status_code == 200
    with site_of(app).holder.lease() as again:
        assert again is engine, "the index itself is sound, and stays open"
    close_app(app)


class PanicException(BaseException):
    """Stands for the error of Rust code that gave up, which no program can raise."""

    __module__ = "pyo3_runtime"


def test_a_panic_over_sound_files_is_one_failed_request() -> None:
    with pytest.raises(EngineFailure, match="out of bounds"), told(Path("index"), lambda _: []):
        raise PanicException("index out of bounds")


@pytest.mark.parametrize("error", [KeyError("x"), KeyboardInterrupt(), ImrSearchError("told already")])
def test_other_errors_over_sound_files_stay_what_they_are(error: BaseException) -> None:
    with pytest.raises(type(error)), told(Path("index"), lambda _: []):
        raise error
