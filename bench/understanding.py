"""What understanding a query costs: pages with words understood beside the same with words as they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from statistics import median
from time import perf_counter

from bench.results import Understanding, Understood
from search_app.engines import open_engine
from search_app.engines.answering import answer
from search_app.engines.base import Engine
from search_app.query.parameters import EXPAND, QUERY, search_of

QUERIES = Path(__file__).with_name("understanding.toml")

ROUNDS = 9
"""Pages measured of each query, after one that is not measured; the two ways take turns."""


def queries() -> tuple[str, ...]:
    """The queries that are timed."""
    return tuple(tomllib.loads(QUERIES.read_text(encoding="utf-8"))["queries"])


def measure(index: Path) -> tuple[Understood, ...]:
    """Time each query over an index."""
    with closing(open_engine(index)) as engine:
        return tuple(_measured(engine, query) for query in queries())


def _measured(engine: Engine, query: str) -> Understood:
    times: dict[str, list[float]] = {"1": [], "0": []}
    totals = {expand: _page(engine, query, expand)[1] for expand in times}
    for _ in range(ROUNDS):
        for expand, measured in times.items():
            measured.append(_page(engine, query, expand)[0])
    return Understood(
        query=query,
        understood=median(times["1"]),
        exact=median(times["0"]),
        total=totals["1"],
        exact_total=totals["0"],
    )


def _page(engine: Engine, query: str, expand: str) -> tuple[float, int]:
    """Milliseconds of one page from what was typed on, and the number of decisions found."""
    started = perf_counter()
    found = answer(engine, search_of({QUERY: [query], EXPAND: [expand]}, folded=True)).page.total
    return 1000 * (perf_counter() - started), found


def lines(one: Understanding) -> Iterator[str]:
    """The section of the report, in Markdown."""
    understood, exact = median(row.understood for row in one.rows), median(row.exact for row in one.rows)
    yield (
        f"Milliseconds of a page over {one.decisions:,} decisions, from the typed words to hits and facets: "
        "with words understood, mended and widened, and with the same words as they stand (`expand=0`). "
        f"Medians over the queries: {understood:.1f} and {exact:.1f} ms, a ratio of "
        f"{understood / exact:.2f}.\n"
    )
    yield "| query | understood ms | as it stands ms | understood finds | as it stands |"
    yield "|---|---:|---:|---:|---:|"
    for row in one.rows:
        cells = (f"{row.understood:.1f}", f"{row.exact:.1f}", f"{row.total:,}", f"{row.exact_total:,}")
        yield f"| {row.query} | {' | '.join(cells)} |"
    yield ""
