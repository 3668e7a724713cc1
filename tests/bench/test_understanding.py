"""What understanding costs: the queries that are timed, and what a run keeps."""

from __future__ import annotations

from pathlib import Path

from bench.understanding import ROUNDS, measure, queries
from search_app.ingest.run import Plan, ingest
from search_app.query.reading import read

CORPUS = Path(__file__).parents[2] / "corpus"


def test_most_of_the_timed_queries_are_expanded() -> None:
    """Otherwise the two ways would be the same way."""
    asked = queries()
    assert len(set(asked)) == len(asked)
    assert sum(bool(read(one).expansions) for one in asked) > 0.8 * len(asked)


def test_each_query_is_timed_both_ways(tmp_path: Path) -> None:
    ingest(CORPUS, tmp_path / "index", Plan(engine="tantivy"))
    rows = {row.query: row for row in measure(tmp_path / "index")}
    assert set(rows) == set(queries())
    assert ROUNDS % 2 == 1
    assert all(row.understood > 0 and row.exact > 0 for row in rows.values())
    assert rows["opioids"].total > rows["opioids"].exact_total
