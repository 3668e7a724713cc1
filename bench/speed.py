"""`python -m bench.speed`: how fast letters are read and indexed, and how long result pages take.

Figures are of one run on one machine; compare only figures of the same run.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import tomllib
from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import pypdfium2

from search_app.engines import open_engine
from search_app.engines.base import Engine
from search_app.ingest.run import Plan, ingest
from search_app.letters import find_files, parse_file
from search_app.query.parameters import search_of

REPEATS = 15
QUERIES = Path(__file__).with_name("queries.toml")


def reading(folder: Path) -> None:
    """Time parsing the letters of a folder in this process, and taking the text of its PDFs alone."""
    files = list(find_files([folder]))
    parse_file(files[0])  # loads the vocabularies
    started = perf_counter()
    for file in files:
        parse_file(file)
    seconds = perf_counter() - started
    print(f"parsed {len(files)} letters of {folder} in {seconds:.2f} s, {len(files) / seconds:.0f} a second")
    pdfs = [file.data() for file in files if file.name.endswith(".pdf")]
    if pdfs:
        started = perf_counter()
        for data in pdfs:
            _only_text(data)
        alone = perf_counter() - started
        print(f"taking the text of its {len(pdfs)} PDFs alone: {alone:.2f} s")


def _only_text(data: bytes) -> None:
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.get_textpage().get_text_range()
    document.close()


def searching(corpus: Path) -> None:
    """Time indexing a corpus, and result pages (20 hits, snippets, every facet) for the query mix."""
    with tempfile.TemporaryDirectory() as folder:
        index = Path(folder)
        report = ingest(corpus, index, Plan())
        held = f"{report.determinations:,} letters, {report.decisions:,} decisions"
        print(f"indexed {held} in {report.seconds:.1f} s")
        engine = open_engine(index)
        print(f"index size {engine.stats().size / 1e6:.1f} MB\n")
        print(f"{'class':14}{'median ms':>10}{'worst ms':>10}")
        every = []
        for name, queries in tomllib.loads(QUERIES.read_text(encoding="utf-8")).items():
            times = [milliseconds for query in queries for milliseconds in _page_times(engine, query)]
            every += times
            print(f"{name:14}{statistics.median(times):10.1f}{max(times):10.1f}")
        print(f"{'all':14}{statistics.median(every):10.1f}{max(every):10.1f}")
        engine.close()


def _page_times(engine: Engine, query: dict[str, list[str]]) -> list[float]:
    request = search_of(query).request
    times = []
    for _ in range(REPEATS):
        started = perf_counter()
        engine.search(request)
        times.append(1000 * (perf_counter() - started))
    return times


def main(argv: Sequence[str] | None = None) -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m bench.speed", description=__doc__)
    parser.add_argument("corpus", type=Path, nargs="?", default=Path("corpus"), help="letters to index")
    parser.add_argument("--read", type=Path, action="append", default=[], help="a folder to time parsing of")
    options = parser.parse_args(argv)
    for folder in [*options.read, options.corpus]:
        reading(folder)
    searching(options.corpus)


if __name__ == "__main__":
    main()
