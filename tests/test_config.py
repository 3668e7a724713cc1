from __future__ import annotations

from dataclasses import fields
from pathlib import Path

import pytest

from search_app.config import CONFIG_FILE, ENVIRONMENT_PREFIX, Settings, help_of, load
from search_app.errors import SettingError

NAMES = [field.name for field in fields(Settings)]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_defaults() -> None:
    assert load(environment={}) == Settings()


def test_a_flag_beats_the_environment_beats_the_file_beats_the_default(folder: Path) -> None:
    (folder / CONFIG_FILE).write_text('port = 1\nthreads = 1\nhost = "file"\n')
    settings = load({"port": 3}, {f"{ENVIRONMENT_PREFIX}PORT": "2", f"{ENVIRONMENT_PREFIX}THREADS": "2"})
    assert (settings.port, settings.threads, settings.host) == (3, 2, "file")
    assert settings.page_size == Settings().page_size


def test_a_named_file_is_read_instead_of_the_usual_one(folder: Path) -> None:
    (folder / CONFIG_FILE).write_text("port = 1\n")
    other = folder / "other.toml"
    other.write_text("threads = 5\n")
    assert load(environment={}, file=other) == Settings(threads=5)


def test_paths_and_numbers_get_their_kind(folder: Path) -> None:
    (folder / CONFIG_FILE).write_text('index = "here"\nport = "81"\n')
    settings = load({"corpus": "there"}, {f"{ENVIRONMENT_PREFIX}WORKERS": "0"})
    assert (settings.index, settings.corpus, settings.port, settings.workers) == (
        Path("here"),
        Path("there"),
        81,
        0,
    )


def test_a_flag_of_none_is_not_given() -> None:
    assert load({"port": None}, {f"{ENVIRONMENT_PREFIX}PORT": "2"}).port == 2


def test_the_real_environment_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(f"{ENVIRONMENT_PREFIX}PORT", "4321")
    monkeypatch.setenv("PORT", "1")
    assert load().port == 4321


def test_an_unknown_setting_is_told_with_those_there_are(folder: Path) -> None:
    (folder / CONFIG_FILE).write_text("prot = 1\n")
    with pytest.raises(SettingError, match=f"prot in {CONFIG_FILE}") as caught:
        load(environment={})
    assert all(name in caught.value.hint for name in NAMES)
    with pytest.raises(SettingError, match="pages in the environment"):
        load(environment={f"{ENVIRONMENT_PREFIX}PAGES": "1"}, file=_empty(folder))


def _empty(folder: Path) -> Path:
    file = folder / "empty.toml"
    file.write_text("")
    return file


@pytest.mark.parametrize("value", ["many", "", "1.5", "-1"])
def test_a_value_of_the_wrong_kind(value: str) -> None:
    with pytest.raises(SettingError, match="port in the environment") as caught:
        load(environment={f"{ENVIRONMENT_PREFIX}PORT": value})
    assert repr(value) in caught.value.message


@pytest.mark.parametrize("content", [b"port = ", b"[", b"\xff\xfe", b"port = 1\nport = 2\n"])
def test_a_file_that_is_no_toml(folder: Path, content: bytes) -> None:
    (folder / CONFIG_FILE).write_bytes(content)
    with pytest.raises(SettingError, match=CONFIG_FILE) as caught:
        load(environment={})
    assert caught.value.hint


def test_a_named_file_that_is_not_there(folder: Path) -> None:
    with pytest.raises(SettingError, match=r"gone\.toml can't be read"):
        load(environment={}, file=folder / "gone.toml")


@pytest.mark.parametrize("name", NAMES)
def test_every_setting_has_a_line_of_help(name: str) -> None:
    assert help_of(name).endswith(".")
    assert "\n" not in help_of(name)
