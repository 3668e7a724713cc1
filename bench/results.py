"""What a run measured, as frozen values that are kept as JSON: a report needs no new measuring."""

from __future__ import annotations

import json
import os
import platform
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Setting:
    """Where and when figures were measured, and the command that measured them. `memory` is in bytes."""

    date: str
    command: str
    processor: str
    cores: int
    memory: int
    python: str
    system: str
    libraries: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Built:
    """One index built. Bytes and seconds; `reading` is the unpickling alone, which `seconds` leaves out."""

    decisions: int
    seconds: float
    reading: float
    size: int
    peak: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Pages:
    """One query of the mix: milliseconds of each page, or why there is none, and what was found.

    `processor` is the processor time of the same pages, of all threads, in milliseconds.
    """

    kind: str
    query: str
    total: int = 0
    outcomes: Mapping[str, int]
    milliseconds: tuple[float, ...] = ()
    processor: tuple[float, ...] = ()
    unsupported: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """One peer. `first` is opening and the first page, in milliseconds.

    `peak` is the most memory of the searching process, with the pages of its files that are mapped, and
    `own` its memory without those, at the end; both in bytes.
    """

    peer: str
    label: str
    built: Built
    first: float
    peak: int
    own: int
    pages: tuple[Pages, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """All peers over the same decisions; `skipped` says why one is missing."""

    setting: Setting
    decisions: int
    measured: tuple[Measured, ...]
    skipped: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """One corpus taken in by `ingest`: letters a second and peak memory of all its processes in bytes.

    `extraction` is PDFs a second whose text alone is taken, by as many processes; 0 without PDFs.
    """

    corpus: str
    letters: int
    rate: float
    peak: int
    extraction: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingestion:
    """Corpora taken in, in one run."""

    setting: Setting
    corpora: tuple[Ingested, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """One query: median milliseconds of its page, understood and as it stands, and what each way found."""

    query: str
    understood: float
    exact: float
    total: int
    exact_total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Understanding:
    """What understanding costs over one index."""

    setting: Setting
    decisions: int
    rows: tuple[Understood, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """One page in a browser: bytes sent without images, requests, those to other hosts, ms to first paint."""

    page: str
    path: str
    transferred: int
    requests: int
    elsewhere: int
    painted: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Exported:
    """One export: bytes, seconds in all and until it began, and the server's memory before and at most."""

    extension: str
    decisions: int
    size: int
    seconds: float
    first: float
    before: int
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Website:
    """Pages and exports over one index."""

    setting: Setting
    decisions: int
    pages: tuple[Loaded, ...]
    exports: tuple[Exported, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Worst:
    """One dear request: its name, the answer's status and bytes, and seconds, of time and the processor's."""

    name: str
    status: int
    seconds: float
    processor: float
    size: int


def setting_now(command: str) -> Setting:
    """The machine that runs this, now."""
    names = ("tantivy", "whoosh3", "opensearch-py", "pypdfium2")
    return Setting(
        date=datetime.now(UTC).date().isoformat(),
        command=command,
        processor=_processor(),
        cores=os.cpu_count() or 1,
        memory=os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES"),
        python=platform.python_version(),
        system=platform.system(),
        libraries=", ".join(f"{name} {version(name)}" for name in names),
    )


def _processor() -> str:
    lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def save(result: Comparison | Ingestion | Understanding | Website, path: Path) -> None:
    """Keep a result."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(asdict(result), indent=1) + "\n", encoding="utf-8")


def load_built(path: Path) -> Built:
    """The figures of an index that `save_built` kept."""
    return Built(**json.loads(path.read_text(encoding="utf-8")))


def save_built(built: Built, path: Path) -> None:
    """Keep the figures of an index beside it."""
    path.write_text(json.dumps(asdict(built)) + "\n", encoding="utf-8")


def load_comparison(path: Path) -> Comparison:
    """The comparison that `save` kept."""
    record = json.loads(path.read_text(encoding="utf-8"))
    measured = tuple(_measured(one) for one in record.pop("measured"))
    return Comparison(**record | {"setting": Setting(**record["setting"]), "measured": measured})


def load_ingestion(path: Path) -> Ingestion:
    """The ingestion that `save` kept."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Ingestion(
        setting=Setting(**record["setting"]), corpora=tuple(Ingested(**one) for one in record["corpora"])
    )


def load_understanding(path: Path) -> Understanding:
    """What `save` kept of the cost of understanding."""
    record = json.loads(path.read_text(encoding="utf-8"))
    rows = tuple(Understood(**one) for one in record["rows"])
    return Understanding(setting=Setting(**record["setting"]), decisions=record["decisions"], rows=rows)


def load_website(path: Path) -> Website:
    """What `save` kept of the website."""
    record = json.loads(path.read_text(encoding="utf-8"))
    return Website(
        setting=Setting(**record["setting"]),
        decisions=record["decisions"],
        pages=tuple(Loaded(**one) for one in record["pages"]),
        exports=tuple(Exported(**one) for one in record["exports"]),
    )


def _measured(record: Mapping[str, Any]) -> Measured:
    pages = tuple(
        Pages(**one | {name: tuple(one[name]) for name in ("milliseconds", "processor")})
        for one in record["pages"]
    )
    return Measured(**{**record, "built": Built(**record["built"]), "pages": pages})
