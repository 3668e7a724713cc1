"""How fast `imr-search index` takes in letters, and how fast the text alone of the same PDFs is taken."""

from __future__ import annotations

import os
import resource
import tempfile
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from pathlib import Path
from time import perf_counter

import pypdfium2

from bench.corpus_writer.folder import Order, write_folder
from bench.results import Ingested
from bench.worker import in_own_process, memory
from search_app.ingest.run import Plan, ingest

LETTERS = {"txt": 8_000, "pdf": 4_000}
"""Letters written of each format: enough that starting the processes counts for little."""

SEED = 7


def of_written(work: Path, engine: str) -> tuple[Ingested, ...]:
    """Take in letters that are written for it, once."""
    found = []
    for form, count in LETTERS.items():
        folder = work / "letters" / form
        if not folder.exists():
            draft = folder.with_name(f"{form}.draft")
            write_folder(Order(count, SEED, form), draft)
            draft.rename(folder)
        found.append(of_folder(folder, engine, f"{count:,} letters as {form}"))
    return tuple(found)


def of_folder(folder: Path, engine: str, name: str = "") -> Ingested:
    """Take in the letters of a folder, into an index that is thrown away."""
    print(f"indexing {folder} ...", flush=True)
    letters, seconds, peak = in_own_process(_ingest, folder, engine)
    pdfs = sorted(folder.rglob("*.pdf"))
    return Ingested(
        corpus=name or folder.name,
        letters=letters,
        rate=letters / seconds,
        peak=peak,
        extraction=len(pdfs) / _extraction(pdfs) if pdfs else 0.0,
    )


def _ingest(folder: Path, engine: str) -> tuple[int, float, int]:
    """Letters, seconds, and peak memory: of this process, and of each worker as much as of the largest."""
    with tempfile.TemporaryDirectory() as index:
        report = ingest(folder, Path(index), Plan(engine=engine))
    largest = 1024 * resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return report.determinations, report.seconds, memory("VmHWM") + (os.cpu_count() or 1) * largest


def _extraction(pdfs: Sequence[Path]) -> float:
    """Seconds for the text of PDFs alone, in one process a core; starting them counts, as in ingestion."""
    count = os.cpu_count() or 1
    started = perf_counter()
    with ProcessPoolExecutor(count, mp_context=get_context("spawn")) as pool:
        list(pool.map(only_text, pdfs, chunksize=16))
    return perf_counter() - started


def only_text(path: Path) -> int:
    """Take the text of a PDF; return how many characters it has."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    length = sum(len(page.get_textpage().get_text_range()) for page in document)
    document.close()
    return length
