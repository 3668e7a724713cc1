"""Search engines behind one contract; this is the only place that names one.

An index folder holds `imr-search.json`, which names the engine, the schema version and the folder inside
that has the data. A rebuilt index is put beside the old one, under a record of its own that says the same
of the build, and takes the old one's place when that record replaces `imr-search.json`.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from search_app import config
from search_app.config import Settings
from search_app.engines import records
from search_app.engines.base import SCHEMA_VERSION, Engine, Keeper, Opener
from search_app.engines.files import sync
from search_app.engines.records import BUILD_FILE, INDEX_FILE, IndexRecord, record_of
from search_app.errors import (
    REBUILD,
    REPAIR,
    REPAIR_IN_CLUSTER,
    IndexIncompatible,
    IndexMissing,
    SettingError,
)
from search_app.query.concepts import wordings_version

if TYPE_CHECKING:
    from search_app.engines.opensearch.keeper import OpenSearchKeeper

AUTO = "auto"

_settings: list[Settings] = []


def configure(settings: Settings) -> None:
    """Say for this process where a cluster is and how to log in; else the environment and config file do."""
    _settings[:] = [settings]


def _configured() -> Settings:
    return _settings[0] if _settings and _settings[0].opensearch_urls else config.load()


def _whoosh() -> Opener:
    from search_app.engines.whoosh.engine import WhooshEngine  # noqa: PLC0415  # loaded when it is used

    return WhooshEngine


def _tantivy() -> Opener:
    from search_app.engines.tantivy.engine import TantivyEngine  # noqa: PLC0415  # loaded when it is used

    return TantivyEngine


def _opensearch() -> Opener:
    return _opensearch_keeper()


def _opensearch_keeper() -> OpenSearchKeeper:
    from search_app.engines.opensearch.keeper import keeper_of  # noqa: PLC0415  # loaded when it is used

    return keeper_of(_configured())


@dataclass(frozen=True, slots=True)
class _Kind:
    """An engine: how to load it, the number of letters up to which `auto` picks it, and its cluster."""

    load: Callable[[], Opener]
    most: float
    keeper: Callable[[], Keeper] | None = None


_ENGINES: Mapping[str, _Kind] = MappingProxyType(
    {
        "whoosh": _Kind(_whoosh, most=5_000),
        "tantivy": _Kind(_tantivy, most=float("inf")),
        "opensearch": _Kind(_opensearch, most=0, keeper=_opensearch_keeper),
    }
)


IN_FOLDERS = frozenset(name for name, kind in _ENGINES.items() if kind.keeper is None)
"""The engines whose data lies in the folder of the index."""


def choose(name: str, letters: int = 0) -> str:
    """The engine for a setting: `auto` picks by size; raises SettingError for an unknown name."""
    if name == AUTO:
        return next(one for one, kind in _ENGINES.items() if letters <= kind.most)
    if name not in _ENGINES:
        raise SettingError(f"There is no engine {name!r}.", f"Engines are: {AUTO}, {', '.join(_ENGINES)}.")
    return name


def carries(name: str, letters: int) -> bool:
    """Whether `auto` leaves so many letters to this engine, where an index has it already."""
    return _ENGINES[name].keeper is not None or letters <= _ENGINES[name].most


def create(index: Path, name: str = AUTO, *, join: bool = False) -> tuple[IndexRecord, Engine]:
    """A new empty index inside the folder, which nobody sees until `publish`.

    With `join`, where a cluster serves an index already, it is that one: several folders, of several
    machines, can feed it. Raises SettingError for an unknown engine or a folder that can't be written to.
    """
    engine = choose(name)
    try:
        record = IndexRecord(
            engine=engine,
            schema_version=SCHEMA_VERSION,
            data=free_name(index, engine),
            vocabulary=wordings_version(),
        )
        keeper = _ENGINES[engine].keeper
        joined = keeper().join(index / record.data) if join and keeper else None
        made = joined or _ENGINES[engine].load().create(index / record.data)
        records.write(index / BUILD_FILE, record)
        return record, made
    except OSError as error:
        raise SettingError(f"An index can't be made in {index}: {error.strerror}.") from error


def free_name(index: Path, engine: str) -> str:
    """A name for the data of a further index in a folder, which is made if need be; raises OSError."""
    index.mkdir(parents=True, exist_ok=True)
    return f"{engine}-{1 + max(map(_number, data_folders(index)), default=0)}"


def lies_in_folder(index: Path) -> bool:
    """Whether the data of an index lies in its folder, not in a cluster; raises IndexIncompatible."""
    try:
        return record_of(index).engine in IN_FOLDERS
    except IndexMissing:
        return False


def repair(engine: str) -> str:
    """What to do about a damaged index of an engine."""
    return REPAIR if engine in IN_FOLDERS else REPAIR_IN_CLUSTER


def unfinished(index: Path) -> IndexRecord | None:
    """The build that a run which was stopped has not published, if this program can go on with it."""
    try:
        record = records.read(index / BUILD_FILE)
    except (OSError, ValueError):
        return None
    usable = record.schema_version == SCHEMA_VERSION and (index / record.data).is_dir()
    return record if usable and record.engine in _ENGINES else None


def publish(index: Path, record: IndexRecord) -> None:
    """Make this the index that everyone opens, atomically.

    What it takes the place of stays until the next `tidy`, as requests may be using it.
    """
    if unfinished(index) != record:
        records.write(index / BUILD_FILE, record)
    if keeper := _ENGINES[record.engine].keeper:
        keeper().publish(index / record.data)
    before = _left_for(index, record)
    os.replace(index / BUILD_FILE, index / INDEX_FILE)
    sync(index)
    if before and (keeper := _ENGINES[before.engine].keeper):
        keeper().retire(index / before.data)


def _left_for(index: Path, record: IndexRecord) -> IndexRecord | None:
    """What served until now, if another engine made it."""
    try:
        before = records.read(index / INDEX_FILE)
    except (OSError, ValueError):
        return None
    return before if before.engine != record.engine and before.engine in _ENGINES else None


def is_serving(index: Path, record: IndexRecord) -> bool:
    """Whether a published index still serves: one in a cluster may have been replaced from elsewhere."""
    keeper = _ENGINES[record.engine].keeper if record.engine in _ENGINES else None
    return keeper is None or keeper().is_serving(index / record.data)


def tidy(index: Path, building: IndexRecord | None = None) -> None:
    """Remove the data of earlier builds, and of unfinished ones but the one that is being gone on with.

    Only for the one process that may write.
    """
    kept = {building.data} if building else set()
    try:
        kept.add(record_of(index).data)
    except IndexMissing:
        pass
    except IndexIncompatible:
        return  # whatever its record says, a rebuild takes its place
    if building is None:
        (index / BUILD_FILE).unlink(missing_ok=True)
    for path in data_folders(index):
        if path.name not in kept:
            _drop(path)


def data_folders(index: Path) -> list[Path]:
    """The folders of all indexes in a folder, whether they are in use or not."""
    return [path for path in index.iterdir() if path.is_dir() and _number(path)]


def _drop(path: Path) -> None:
    keeper = _ENGINES[path.name.rpartition("-")[0]].keeper
    if keeper is None or keeper().drop(path):
        shutil.rmtree(path, ignore_errors=True)


def serving(index: Path, name: str = AUTO) -> Hashable:
    """What tells the index that serves from the one that takes its place; None where there is none."""
    try:
        status = (index / INDEX_FILE).stat()
    except OSError:
        if keeper := _keeper_of(name):
            return keeper().serving()
        return None
    return status.st_ino, status.st_mtime_ns, status.st_size


def _keeper_of(name: str) -> Callable[[], Keeper] | None:
    name = _configured().engine if name == AUTO else name
    return _ENGINES[name].keeper if name in _ENGINES else None


def open_engine(index: Path, name: str = AUTO) -> Engine:
    """The engine of an existing index; of one in a cluster the folder need not be on this machine.

    Raises IndexMissing where there is none, IndexIncompatible where another engine or version made it or
    it is damaged, and SettingError for an unknown engine.
    """
    if (keeper := _keeper_of(name)) and not (index / INDEX_FILE).exists():
        return keeper().open_serving()
    return open_data(index, record_of(index), name)


def open_data(index: Path, record: IndexRecord, name: str = AUTO) -> Engine:
    """The engine over a record's data, published or not.

    Raises IndexIncompatible where another engine or version made it or it is damaged, and SettingError for an
    unknown engine.
    """
    wanted = record.engine if name == AUTO else choose(name)
    if record.engine != wanted or wanted not in _ENGINES or record.schema_version != SCHEMA_VERSION:
        raise IndexIncompatible(
            f"The index in {index} was built by {record.engine}, schema version {record.schema_version}; "
            f"this program needs {wanted}, version {SCHEMA_VERSION}.",
            REBUILD,
        )
    return _ENGINES[record.engine].load().open(index / record.data)


def _number(path: Path) -> int:
    """The number in the name of a data folder; 0 for another folder."""
    engine, _, number = path.name.rpartition("-")
    return int(number) if engine in _ENGINES and number.isdigit() else 0
