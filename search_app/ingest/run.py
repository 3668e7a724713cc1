"""One run over a corpus: skip what is unchanged, replace what changed, remove what vanished."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from fcntl import LOCK_NB, LOCK_SH, flock
from pathlib import Path
from time import perf_counter

from filelock import FileLock, Timeout

from search_app import engines, letters
from search_app.engines.base import Engine
from search_app.engines.records import INDEX_FILE, IndexRecord, record_of
from search_app.errors import CorpusMissing, IndexBusy, IndexDamaged, SettingError
from search_app.ingest.batches import Batches, Counts
from search_app.ingest.build import building, choose
from search_app.ingest.comparison import Comparison
from search_app.ingest.limited import LIMITS, Limits
from search_app.ingest.manifest import Manifest, State
from search_app.ingest.scan import Scan, scanned
from search_app.ingest.trouble import explained
from search_app.ingest.watcher import Watcher

LOCK_FILE = ".lock"
"""Held inside the index folder while a run is at work."""

PATIENCE = 0.5
"""Seconds that a run waits for the lock: whoever looks whether a run is at work holds it for a moment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(Counts):
    """What a run did, in files, and what the index then holds."""

    quarantined: int
    determinations: int
    decisions: int
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """How to run: worker processes (0: one a core), letters in a batch, whether to start afresh.

    `limits` are those on reading one letter.
    """

    engine: str = engines.AUTO
    workers: int = 0
    commit_every: int = 6_500
    rebuild: bool = False
    limits: Limits = LIMITS


def ingest(corpus: Path, index: Path, plan: Plan, watcher: Watcher | None = None) -> Report:
    """Bring the index up to the corpus.

    Raises CorpusMissing, IndexBusy while another run is writing, IndexIncompatible for an index of
    another version, IndexDamaged for one with faults (both unless rebuilding), SettingError if the index
    holds another corpus, and StorageError if the disk is full or refuses to be written to.
    """
    with alone(index), explained(index):
        return _ingest(corpus, index, plan, watcher or Watcher())


def at_work(index: Path) -> bool | None:
    """Whether a run is writing to the index in a folder now; None where this user can't tell."""
    try:
        with (index / LOCK_FILE).open("rb") as held:
            flock(held, LOCK_SH | LOCK_NB)
    except FileNotFoundError:
        return False
    except BlockingIOError:
        return True
    except PermissionError:
        return None
    return False


@contextmanager
def alone(index: Path) -> Iterator[None]:
    """Keep other runs off the index, rebuilding ones too; raises IndexBusy if one is at work."""
    lock = FileLock(index / LOCK_FILE, timeout=PATIENCE)
    try:
        index.mkdir(parents=True, exist_ok=True)
        lock.acquire()
    except Timeout as error:
        raise IndexBusy(
            f"Another process is writing to the index {index}.", "Wait until it has finished, or stop it."
        ) from error
    except OSError as error:
        raise SettingError(f"The index folder {index} can't be written to: {error.strerror}.") from error
    with lock:
        yield


def _ingest(corpus: Path, index: Path, plan: Plan, watcher: Watcher) -> Report:
    started = perf_counter()
    engines.choose(plan.engine)  # an unknown one is told before the corpus is looked through
    name = str(corpus.resolve())
    serving = None if plan.rebuild else _serving(index)
    with scanned(corpus, index, watcher.looking) as scan:
        if serving:
            _check(index / serving.data, scan, name)
        choice = choose(plan.engine, serving, scan.files)
        watcher.chosen(choice.says)
        with building(index, choice, name, afresh=plan.rebuild) as (record, engine):
            with engine.writer() as writer, Manifest.of_data(index / record.data) as manifest:
                if record.engine in engines.IN_FOLDERS:
                    _check_account(manifest, engine)
                manifest.corpus = name
                comparison = Comparison(manifest, scan, letters.VERSION)
                batches = Batches(manifest, writer, comparison, plan.commit_every)
                batches.remove_vanished()
                unchanged = scan.files - comparison.changes
                counts = batches.take_changed(unchanged, plan.workers, plan.limits, watcher)
                quarantined = manifest.count(State.QUARANTINED)
            stats = engine.stats()
    return Report(
        **asdict(counts),
        quarantined=quarantined,
        determinations=stats.determinations,
        decisions=stats.decisions,
        seconds=perf_counter() - started,
    )


def _serving(index: Path) -> IndexRecord | None:
    """What made the index that serves, if there is one; raises IndexIncompatible if it is damaged."""
    return record_of(index) if (index / INDEX_FILE).exists() else None


def _check_account(manifest: Manifest, engine: Engine) -> None:
    """Keep a run off an index whose account is gone: what vanished from the corpus would stay in for ever."""
    if manifest.is_empty() and (held := engine.stats().determinations):
        raise IndexDamaged(f"The account {manifest.path} is empty, but the index holds {held:,} letters.")


def _check(data: Path, scan: Scan, corpus: str) -> None:
    """Keep an index that serves from another corpus, and from one that is suddenly empty."""
    with Manifest.of_data(data) as manifest:
        held = manifest.count(State.INDEXED) + manifest.count(State.PENDING)
        if manifest.corpus not in (None, corpus):
            raise SettingError(
                f"This index holds the letters of {manifest.corpus}, not those of {corpus}.",
                "Give another --index, or --rebuild to put these letters in the place of those.",
            )
    if not scan.files and held:
        raise CorpusMissing(
            f"{corpus} is empty, but the index holds {held:,} letters of it.",
            "If they are really gone, --rebuild empties the index.",
        )
