"""The report is made from kept results, and says what they say."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest

from bench import report
from bench.__main__ import main
from bench.results import (
    Built,
    Comparison,
    Exported,
    Ingested,
    Ingestion,
    Loaded,
    Measured,
    Pages,
    Setting,
    Understanding,
    Understood,
    Website,
    load_comparison,
    load_ingestion,
    load_understanding,
    load_website,
    save,
)
from bench.summary import percentiles, ratio

SETTING = Setting(
    date="2016-05-31",
    command="make bench SIZE=50",
    processor="A processor",
    cores=2,
    memory=4 * 1024**3,
    python="3.11.2",
    system="Linux",
    libraries="tantivy 1",
)


def _measured(peer: str, label: str, pages: tuple[Pages, ...]) -> Measured:
    built = Built(decisions=50, seconds=0.5, reading=0.1, size=2_000_000, peak=90_000_000)
    return Measured(
        peer=peer, label=label, built=built, first=12.0, peak=80_000_000, own=50_000_000, pages=pages
    )


def _pages(query: str, *times: float, total: int = 3) -> Pages:
    halves = tuple(time / 2 for time in times)
    outcomes = {"Upheld": total}
    return Pages(
        kind="word", query=query, total=total, outcomes=outcomes, milliseconds=times, processor=halves
    )


OURS = _measured("tantivy", "imr-search, tantivy", (_pages("knee", 2.0, 4.0), _pages("hip", 10.0)))
LACKING = Pages(kind="word", query="hip", outcomes={}, unsupported="it has no hips")
PEER = _measured("other", "The other", (_pages("knee", 20.0, total=2), LACKING))
SHARING = replace(PEER, built=replace(PEER.built, decisions=0))
"""It searches an index that another peer has built."""
COMPARISON = Comparison(
    setting=SETTING, decisions=50, measured=(OURS, PEER), skipped={"third": "it is not there"}
)
INGESTION = Ingestion(
    setting=SETTING,
    corpora=(Ingested(corpus="letters as pdf", letters=9, rate=60.0, peak=1_000_000, extraction=80.0),),
)
UNDERSTANDING = Understanding(
    setting=SETTING,
    decisions=50,
    rows=(
        Understood(query="hip", understood=2.0, exact=1.0, total=9, exact_total=4),
        Understood(query="PT", understood=4.0, exact=3.0, total=1234, exact_total=0),
    ),
)


def test_results_are_kept_exactly(tmp_path: Path) -> None:
    """What is read is what was saved."""
    save(COMPARISON, tmp_path / "a.json")
    save(INGESTION, tmp_path / "b.json")
    save(UNDERSTANDING, tmp_path / "c.json")
    assert load_understanding(tmp_path / "c.json") == UNDERSTANDING
    assert load_comparison(tmp_path / "a.json") == COMPARISON
    assert load_ingestion(tmp_path / "b.json") == INGESTION


def test_every_query_counts_alike() -> None:
    """One query was measured twice as often; half of the weight is still the other's."""
    assert percentiles(OURS.pages) == (4.0, 10.0, 10.0)
    assert percentiles((LACKING,)) is None


def test_ratios_are_over_common_queries() -> None:
    """Only the first query has times on both sides."""
    found = ratio(PEER, OURS)
    assert found is not None
    assert (found.medians, found.each) == (10.0, pytest.approx(20 / 3))
    assert ratio(_measured("none", "None", (LACKING, LACKING)), OURS) is None


def test_report_says_what_was_measured(tmp_path: Path) -> None:
    """Machine, command, rates, pages, ratios, and what is missing or differs."""
    save(COMPARISON, tmp_path / "results" / "compare-50.json")
    save(COMPARISON, tmp_path / "results" / "growth-50.json")
    save(INGESTION, tmp_path / "results" / "ingestion.json")
    save(replace(COMPARISON, measured=(OURS, SHARING)), tmp_path / "results" / "cluster-50-3.json")
    report.write(tmp_path / "results", tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    for part in (
        "## 50 decisions, OpenSearch on 3 nodes",
        "| The other |  |  | 2.0 |  | 80 (50) | 12 |",
        "`make bench SIZE=50`, 2016-05-31: A processor, 2 cores, 4 GB, Linux, Python 3.11.2, tantivy 1.",
        "| imr-search, tantivy | 100 | 1.00 | 2.0 | 90 | 80 (50) | 12 |",
        "| word | 4.00 / 10.0 / 10.0 | 20.0 / 20.0 / 20.0 |",
        "| word | 5.00 / 2.00 / 2.00 |",
        "| The other | 10.0 / 6.67 / 6.67 |",
        "- third is left out: it is not there.",
        "- The other: it has no hips.",
        "- The other finds another number for: knee.",
        "| letters as pdf | 9 | 60 | 1 | 80 | 0.75 |",
    ):
        assert part in page


def test_chart_shows_every_peer(tmp_path: Path) -> None:
    """The chart is well-formed, and has a line for each peer that answered anything."""
    save(COMPARISON, tmp_path / "compare-50.json")
    report.write(tmp_path, tmp_path)
    drawn = ElementTree.fromstring((tmp_path / "performance.svg").read_text(encoding="utf-8"))
    texts = [element.text for element in drawn.iter("{http://www.w3.org/2000/svg}text")]
    assert {"imr-search, tantivy", "The other", "50 decisions"} <= set(texts)
    assert len(list(drawn.iter("{http://www.w3.org/2000/svg}circle"))) == 2


def test_nothing_measured_is_said(tmp_path: Path) -> None:
    """There is no report of nothing."""
    assert not report.write(tmp_path, tmp_path)
    with pytest.raises(SystemExit, match="has no results"):
        main(["report", "--work", str(tmp_path), "--docs", str(tmp_path)])
    assert not list(tmp_path.iterdir())


def test_growth_alone_has_its_own_chart(tmp_path: Path) -> None:
    """Not every folder of results has a comparison."""
    save(COMPARISON, tmp_path / "growth-50.json")
    assert report.write(tmp_path, tmp_path)
    assert "## How cost grows" in (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "50 decisions" in (tmp_path / "performance.svg").read_text(encoding="utf-8")


def test_ingestion_alone_is_reported(tmp_path: Path) -> None:
    """Without searches there is no chart to draw."""
    save(INGESTION, tmp_path / "ingestion.json")
    assert report.write(tmp_path, tmp_path)
    assert "letters as pdf" in (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert not (tmp_path / "performance.svg").exists()


def test_what_understanding_costs_is_reported(tmp_path: Path) -> None:
    save(UNDERSTANDING, tmp_path / "understanding-50.json")
    assert report.write(tmp_path, tmp_path)
    page = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "Medians over the queries: 3.0 and 2.0 ms, a ratio of 1.50." in page
    assert "| PT | 4.0 | 3.0 | 1,234 | 0 |" in page


def test_what_pages_weigh_and_exports_take_is_reported(tmp_path: Path) -> None:
    page = Loaded(page="front", path="/", transferred=29_700, requests=5, elsewhere=0, painted=68.4)
    sent = Exported(
        extension="csv",
        decisions=1_000,
        size=5_000_000,
        seconds=2.0,
        first=0.25,
        before=90_000_000,
        most=95_000_000,
    )
    result = Website(setting=SETTING, decisions=1_000, pages=(page,), exports=(sent,))
    save(result, tmp_path / "website-1000.json")
    assert load_website(tmp_path / "website-1000.json") == result
    assert report.write(tmp_path, tmp_path)
    text = (tmp_path / "performance.md").read_text(encoding="utf-8")
    assert "| front (`/`) | 29.7 | 5 | 0 | 68 |" in text
    assert "| csv | 1,000 | 5 | 2.0 | 0.2 | 90, 95 |" in text
