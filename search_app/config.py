"""The settings table: default < config file < environment < command-line flag.

One row a setting; the command line's flags, the environment's names and docs/settings.md derive from it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from dataclasses import field as row
from pathlib import Path
from typing import Any

from search_app.errors import SettingError

CONFIG_FILE = "imr-search.toml"
ENVIRONMENT_PREFIX = "IMR_SEARCH_"


def _setting(default: Any, help_text: str) -> Any:
    return row(default=default, metadata={"help": help_text})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; `help` of each stands in the field's metadata."""

    index: Path = _setting(Path("index"), "Folder of the index.")
    corpus: Path = _setting(Path("corpus"), "Folder, file or zip of letters to index.")
    engine: str = _setting("auto", "Search engine: auto or whoosh.")
    host: str = _setting("127.0.0.1", "Address to serve on.")
    port: int = _setting(8000, "Port to serve on; 0 picks a free one.")
    threads: int = _setting(8, "Threads that answer requests.")
    workers: int = _setting(0, "Processes that read letters; 0 takes one for each core.")
    page_size: int = _setting(20, "Results on a page of the website.")
    commit_every: int = _setting(2000, "Letters in one atomic batch while indexing.")


def help_of(name: str) -> str:
    """The one-line help of a setting."""
    return str(next(field.metadata["help"] for field in fields(Settings) if field.name == name))


def load(
    flags: Mapping[str, Any] | None = None,
    environment: Mapping[str, str] | None = None,
    file: Path | None = None,
) -> Settings:
    """The settings in force; a flag of None counts as not given.

    Without `file`, `imr-search.toml` of the working folder is read if it is there.
    Raises SettingError for a file that can't be read, an unknown name, or a value of the wrong kind.
    """
    settings = Settings()
    path = file or Path(CONFIG_FILE)
    if file or path.is_file():
        settings = _merge(settings, _read(path), str(path))
    environment = os.environ if environment is None else environment
    named = {
        name.removeprefix(ENVIRONMENT_PREFIX).lower(): value
        for name, value in environment.items()
        if name.startswith(ENVIRONMENT_PREFIX)
    }
    settings = _merge(settings, named, "the environment")
    given = {name: value for name, value in (flags or {}).items() if value is not None}
    return _merge(settings, given, "the command line")


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        message = f"The config file {path} can't be read: {error}."
        raise SettingError(message, "Mend it or remove it.") from error


def _merge(settings: Settings, values: Mapping[str, Any], source: str) -> Settings:
    known = {field.name: type(field.default) for field in fields(Settings)}
    unknown = sorted(set(values) - set(known))
    if unknown:
        raise SettingError(
            f"Unknown setting {', '.join(unknown)} in {source}.", f"Settings are: {', '.join(known)}."
        )
    converted = {name: _convert(name, known[name], value, source) for name, value in values.items()}
    return replace(settings, **converted)


def _convert(name: str, kind: type, value: Any, source: str) -> Any:
    try:
        converted = kind(value)
    except (TypeError, ValueError) as error:
        raise SettingError(
            f"The setting {name} in {source} is {value!r}; it takes one like {getattr(Settings(), name)!r}."
        ) from error
    if isinstance(converted, int) and converted < 0:
        raise SettingError(f"The setting {name} in {source} is {value!r}; it can't be negative.")
    return converted
