"""Search engines behind one contract; this is the only place that names one.

An index folder holds `imr-search.json`, which names the engine, the schema version and the folder inside
that has the data. A rebuilt index is put beside the old one and takes its place when that file is replaced.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import MappingProxyType

from search_app.engines.base import SCHEMA_VERSION, Engine
from search_app.engines.whoosh.engine import WhooshEngine
from search_app.errors import IndexIncompatible, IndexMissing, SettingError

AUTO = "auto"
INDEX_FILE = "imr-search.json"

_ENGINES: Mapping[str, type[WhooshEngine]] = MappingProxyType({"whoosh": WhooshEngine})
_REBUILD = "Build it again with: imr-search index --rebuild"


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexRecord:
    """What made an index, and the name of the folder that has its data."""

    engine: str
    schema_version: int
    data: str


def choose(name: str) -> str:
    """The engine for a setting: `auto` picks by size; raises SettingError for an unknown name."""
    if name == AUTO:
        return next(iter(_ENGINES))
    if name not in _ENGINES:
        raise SettingError(f"There is no engine {name!r}.", f"Engines are: {AUTO}, {', '.join(_ENGINES)}.")
    return name


def create(index: Path, name: str = AUTO) -> tuple[IndexRecord, Engine]:
    """A new empty index inside the folder, which nobody sees until `publish`.

    Raises SettingError for an unknown engine, and for a folder that can't be written to.
    """
    engine = choose(name)
    try:
        index.mkdir(parents=True, exist_ok=True)
        number = 1 + max((_number(path) for path in index.iterdir() if path.is_dir()), default=0)
        record = IndexRecord(engine=engine, schema_version=SCHEMA_VERSION, data=f"{engine}-{number}")
        return record, _ENGINES[engine].create(index / record.data)
    except OSError as error:
        raise SettingError(f"An index can't be made in {index}: {error.strerror}.") from error


def publish(index: Path, record: IndexRecord) -> None:
    """Make this the index that everyone opens, atomically.

    What it takes the place of stays until the next `tidy`, as requests may be using it.
    """
    draft = index / (INDEX_FILE + ".new")
    draft.write_text(json.dumps(asdict(record), indent=2) + "\n", encoding="utf-8")
    os.replace(draft, index / INDEX_FILE)


def tidy(index: Path) -> None:
    """Remove the data of earlier and of unfinished builds; only for the one process that may write."""
    try:
        kept = record_of(index).data
    except IndexMissing:
        kept = ""
    except IndexIncompatible:
        return  # whatever its record says, a rebuild takes its place
    for path in index.iterdir():
        if path.is_dir() and _number(path) and path.name != kept:
            shutil.rmtree(path, ignore_errors=True)


def open_engine(index: Path, name: str = AUTO) -> Engine:
    """The engine of an existing index.

    Raises IndexMissing where there is none, IndexIncompatible where another engine or version made it or
    it is damaged, and SettingError for an unknown engine.
    """
    made = record_of(index)
    wanted = made.engine if name == AUTO else choose(name)
    if made.engine != wanted or wanted not in _ENGINES or made.schema_version != SCHEMA_VERSION:
        raise IndexIncompatible(
            f"The index in {index} was built by {made.engine}, schema version {made.schema_version}; "
            f"this program needs {wanted}, version {SCHEMA_VERSION}.",
            _REBUILD,
        )
    return _ENGINES[wanted].open(index / made.data)


def record_of(index: Path) -> IndexRecord:
    """What made the index in a folder; raises IndexMissing or IndexIncompatible."""
    try:
        record = IndexRecord(**json.loads((index / INDEX_FILE).read_text(encoding="utf-8")))
        if not isinstance(record.data, str) or not _number(Path(record.data)):
            raise ValueError(f"{record.data!r} is no folder of an index")
        return record
    except (FileNotFoundError, NotADirectoryError) as error:
        raise IndexMissing(f"There is no index in {index}.", "Build one with: imr-search index") from error
    except (OSError, ValueError, TypeError) as error:
        raise IndexIncompatible(f"The index in {index} can't be read: {error}.", _REBUILD) from error


def _number(path: Path) -> int:
    """The number in the name of a data folder; 0 for another folder."""
    engine, _, number = path.name.rpartition("-")
    return int(number) if engine in _ENGINES and number.isdigit() else 0
