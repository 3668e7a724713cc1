"""Which index a run feeds: the one that serves, or one that is built beside it and takes its place."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from search_app import engines
from search_app.engines.base import Engine
from search_app.engines.damage import damaged
from search_app.engines.records import INDEX_FILE, IndexRecord
from search_app.errors import IndexBusy, IndexIncompatible
from search_app.ingest.manifest import Manifest


@dataclass(frozen=True, slots=True)
class Choice:
    """The engine to feed, why, and the record of the serving index if that is the one to feed."""

    engine: str
    says: str
    serving: IndexRecord | None


def choose(name: str, serving: IndexRecord | None, letters: int) -> Choice:
    """The engine for a setting, the index that serves (None to build afresh) and the size of the corpus.

    Raises SettingError for an unknown engine.
    """
    engine = engines.choose(name, letters)
    size = f"{letters:,} {'letter' if letters == 1 else 'letters'}"
    if name == engines.AUTO and serving and engines.carries(serving.engine, letters):
        return Choice(serving.engine, f"{serving.engine}, as the index has it", serving)
    why = f"picked for {size}" if name == engines.AUTO else "as asked"
    if serving is None:
        return Choice(engine, f"{engine}, {why}", None)
    if serving.engine == engine:
        return Choice(engine, f"{engine}, as the index has it", serving)
    beside = f"the index is built anew, and the old one ({serving.engine}) serves until it is whole"
    return Choice(engine, f"{engine}, {why}: {beside}", None)


@contextmanager
def building(
    index: Path, choice: Choice, corpus: str, *, afresh: bool = False
) -> Iterator[tuple[IndexRecord, Engine]]:
    """The index to feed. One that is built beside another is published when the block ends without error.

    A build that an earlier run left unfinished is gone on with if it has the same engine and corpus. The
    first index of a folder is published at once, so that what it has can be searched while it grows. In a
    cluster it is the index that serves there already, which other folders feed too, unless `afresh` says
    to put a new one in its place. Raises IndexBusy if that happens from elsewhere while the block runs, and
    IndexDamaged where files of the serving index have faults: what is merged from them would get checksums of
    its own, and nobody could tell any more. A cluster looks after that itself.
    """
    if choice.serving and engines.is_serving(index, choice.serving):
        engines.tidy(index)
        record, engine = choice.serving, engines.open_engine(index, choice.engine)
        if record.engine in engines.IN_FOLDERS and (faults := engine.faults()):
            engine.close()
            raise damaged(index / record.data, faults)
    else:
        record, engine = _resumed(index, choice.engine, corpus) or _fresh(index, choice.engine, afresh)
        if not (index / INDEX_FILE).exists():
            engines.publish(index, record)
    try:
        yield record, engine
    finally:
        engine.close()
    if engines.unfinished(index) == record:
        engines.publish(index, record)
    if not engines.is_serving(index, record):
        raise IndexBusy(
            "Another index has taken the place of this one in the cluster while letters were put in.",
            "Run the same command again: it adds them to that one.",
        )


def _resumed(index: Path, engine: str, corpus: str) -> tuple[IndexRecord, Engine] | None:
    """The build to go on with; None where there is none, or where a fresh one takes its place."""
    record = engines.unfinished(index)
    if record is None or record.engine != engine:
        return None
    try:
        with Manifest.of_data(index / record.data) as manifest:
            if manifest.corpus not in (None, corpus) or manifest.faults():
                return None
            is_empty = manifest.is_empty()
        engines.tidy(index, record)
        opened = engines.open_data(index, record)
    except IndexIncompatible:
        return None  # it is damaged
    if engine not in engines.IN_FOLDERS or _is_sound(opened, is_empty):
        return record, opened
    opened.close()
    return None


def _is_sound(opened: Engine, without_account: bool) -> bool:
    """Whether a build has no faults, and an account of what it holds."""
    return not opened.faults() and not (without_account and opened.stats().determinations)


def _fresh(index: Path, engine: str, afresh: bool) -> tuple[IndexRecord, Engine]:
    engines.tidy(index)
    return engines.create(index, engine, join=not afresh)
