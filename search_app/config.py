"""The settings table: default < config file < environment < command-line flag.

One row a setting; the command line's flags, the environment's names and docs/settings.md derive from it.
"""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import Field, dataclass, fields, replace
from dataclasses import field as row
from pathlib import Path
from typing import Any

from search_app.errors import SettingError

CONFIG_FILE = "imr-search.toml"
ENVIRONMENT_PREFIX = "IMR_SEARCH_"


def _setting(default: Any, help_text: str, least: int = 0, most: int = 1_000_000) -> Any:
    return row(default=default, metadata={"help": help_text, "least": least, "most": most})


def _choice(choices: tuple[str, ...], help_text: str) -> Any:
    """A setting that takes one of some words; the first is the default."""
    return row(default=choices[0], metadata={"help": help_text, "least": 0, "most": 0, "choices": choices})


def _secret(help_text: str) -> Any:
    """A setting that is never shown."""
    return row(default="", repr=False, metadata={"help": help_text, "least": 0, "most": 0})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """Every setting with its default; `help` of each stands in the field's metadata."""

    index: Path = _setting(Path("index"), "Folder of the index.")
    corpus: Path = _setting(Path("corpus"), "Folder, file or zip of letters to index.")
    engine: str = _setting(
        "auto", "Search engine: auto (whoosh up to 5,000 letters), whoosh, tantivy or opensearch."
    )
    host: str = _setting("127.0.0.1", "Address to serve on.")
    port: int = _setting(8000, "Port to serve on; 0 picks a free one.", most=65_535)
    hosts: str = _setting(
        "", "Names that the site is reached by, with spaces between them; * for any. See docs/security.md."
    )
    proxies: str = _setting(
        "", "Addresses or networks of the reverse proxies that are believed, with spaces between them."
    )
    users: str = _setting("", "File of those who may log in (imr-search user); without one all may read.")
    user_header: str = _setting("", "Header in which a reverse proxy names who has logged in there.")
    threads: int = _setting(8, "Threads that answer requests.", least=1, most=256)
    processes: int = _setting(1, "Processes with so many threads each; 0 takes one for each core.", most=256)
    queue: int = _setting(32, "Requests that wait for a thread, in each process; more are refused.", least=1)
    time_limit: int = _setting(
        1_200, "Milliseconds of its own after which a search is given up; 0 for never."
    )
    access_log: str = _choice(("on", "off"), "A line in the log for each request: on or off.")
    log_format: str = _choice(("plain", "json"), "Form of the log's lines: plain or json.")
    log_queries: str = _choice(("off", "on"), "Let the log tell what people search for: off or on.")
    slow_request: int = _setting(1_000, "Milliseconds from which on the log warns of a request.")
    metrics: str = _choice(("off", "on"), "Measurements for Prometheus at /metrics: off or on.")
    workers: int = _setting(0, "Processes that read letters; 0 takes one for each core.", most=256)
    letter_seconds: int = _setting(30, "Seconds that reading one letter may take.", least=1, most=3_600)
    letter_megabytes: int = _setting(
        1_000, "Megabytes of memory that a process may have to read a letter.", least=200
    )
    page_size: int = _setting(20, "Results on a page of the website.", least=1, most=100)
    api_origins: str = _setting(
        "",
        "Other sites whose pages may read the API, such as https://example.org; * for all, else none.",
    )
    commit_every: int = _setting(6_500, "Letters in one atomic batch while indexing.", least=1)
    opensearch_urls: str = _setting("", "Addresses of an OpenSearch cluster, with commas between them.")
    opensearch_index: str = _setting("imr-search", "Name of the indexes in the OpenSearch cluster.")
    opensearch_shards: int = _setting(1, "Shards of a new index in the cluster.", least=1, most=1_024)
    opensearch_replicas: int = _setting(1, "Further copies of each shard in the cluster.", most=20)
    opensearch_timeout: int = _setting(30, "Seconds to wait for the cluster.", least=1, most=600)
    opensearch_user: str = _setting("", "User of the cluster.")
    opensearch_password: str = _secret("Password of that user; better in a file of its own.")
    opensearch_password_file: str = _setting("", "File that has the password.")
    opensearch_ca_certs: str = _setting("", "File with the certificates that sign the cluster's.")
    opensearch_client_cert: str = _setting("", "File with the certificate to log in with.")
    opensearch_client_key: str = _setting("", "File with the key of that certificate.")


def help_of(name: str) -> str:
    """The one-line help of a setting."""
    return str(_ROWS[name].metadata["help"])


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
    unknown = sorted(set(values) - set(_ROWS))
    if unknown:
        raise SettingError(
            f"Unknown setting {', '.join(unknown)} in {source}.", f"Settings are: {', '.join(_ROWS)}."
        )
    return replace(settings, **{name: _convert(_ROWS[name], value, source) for name, value in values.items()})


def _convert(setting: Field[Any], value: Any, source: str) -> Any:
    kind: type[Any] = type(setting.default)
    least, most = setting.metadata["least"], setting.metadata["most"]
    said = f"The setting {setting.name} in {source} is {repr(value) if setting.repr else 'not right'}"
    if isinstance(value, bool | float):
        raise SettingError(f"{said}; it takes one like {setting.default!r}.")
    try:
        converted = kind(value)
    except (TypeError, ValueError) as error:
        raise SettingError(f"{said}; it takes one like {setting.default!r}.") from error
    choices = setting.metadata.get("choices")
    if choices and converted not in choices:
        raise SettingError(f"{said}; it takes one of: {', '.join(choices)}.")
    if kind is int and not least <= converted <= most:
        raise SettingError(f"{said}; it takes a whole number from {least} to {most:,}.")
    return converted


_ROWS: Mapping[str, Field[Any]] = {field.name: field for field in fields(Settings)}
