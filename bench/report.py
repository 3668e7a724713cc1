"""Writes docs/performance.md and its chart from the results of one run or several."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from bench import sections
from bench.chart import Bar, Group, chart
from bench.peers.base import OURS
from bench.results import (
    Comparison,
    Ingestion,
    Understanding,
    Website,
    load_comparison,
    load_ingestion,
    load_understanding,
    load_website,
)
from bench.summary import percentiles
from bench.understanding import lines as understanding_lines
from bench.website import lines as website_lines

PAGE = "performance.md"
CHART = "performance.svg"
INGESTION = "ingestion.json"
CLUSTER = "cluster"
UNDERSTANDING = "understanding"
WEBSITE = "website"
TITLE = "One result page in milliseconds: median (dot) to 99th percentile (end of the line)"

_INTRODUCTION = Path(__file__).with_name("introduction.md")


def write(results: Path, docs: Path) -> bool:
    """Write the page and its chart; False if nothing was measured."""
    comparisons = _loaded(results, "compare")
    clusters = _clusters(results)
    growth = _loaded(results, "growth")
    ingestion = results / INGESTION
    understanding = [load_understanding(path) for path in sorted(results.glob(f"{UNDERSTANDING}-*.json"))]
    websites = [load_website(path) for path in sorted(results.glob(f"{WEBSITE}-*.json"))]
    if not (comparisons or clusters or growth or understanding or websites or ingestion.exists()):
        return False
    page = [
        _INTRODUCTION.read_text(encoding="utf-8"),
        *(line for one in comparisons for line in _comparison(one)),
        *(line for one, nodes in clusters for line in _comparison(one, f", OpenSearch on {nodes}")),
    ]
    if growth:
        page += sections.growth(growth)
    for one in understanding:
        page += _understanding(one)
    for site in websites:
        page += _website(site)
    if ingestion.exists():
        page += _ingestion(load_ingestion(ingestion))
    (docs / PAGE).write_text("\n".join(page).rstrip() + "\n", encoding="utf-8")
    if groups := [_group(one) for one in comparisons or growth]:
        (docs / CHART).write_text(chart(TITLE, groups), encoding="utf-8")
    return True


def _loaded(results: Path, kind: str) -> list[Comparison]:
    found = [load_comparison(path) for path in results.glob(f"{kind}-*.json")]
    return sorted(found, key=lambda one: one.decisions)


def _clusters(results: Path) -> list[tuple[Comparison, str]]:
    """The smaller sizes and clusters first, each with how many nodes it had, which ends the file's name."""
    paths = results.glob(f"{CLUSTER}-*.json")
    found = [(load_comparison(path), int(path.stem.rpartition("-")[2])) for path in paths]
    found.sort(key=lambda one: (one[0].decisions, one[1]))
    return [(one, f"{nodes} node{'s' if nodes > 1 else ''}") for one, nodes in found]


def _comparison(one: Comparison, where: str = "") -> Iterable[str]:
    yield f"## {one.decisions:,} decisions{where}\n"
    yield from sections.made_by(one.setting)
    yield from sections.building(one)
    yield from sections.pages(one)
    yield from sections.ratios(one)
    yield from sections.notes(one)


def _understanding(one: Understanding) -> Iterable[str]:
    yield "## What understanding a query costs\n"
    yield from sections.made_by(one.setting)
    yield from understanding_lines(one)


def _website(one: Website) -> Iterable[str]:
    yield "## Pages and exports\n"
    yield from sections.made_by(one.setting)
    yield from website_lines(one)


def _ingestion(one: Ingestion) -> Iterable[str]:
    yield "## Taking letters in\n"
    yield from sections.made_by(one.setting)
    yield from sections.ingestion(one)


def _group(one: Comparison) -> Group:
    bars: list[Bar] = []
    for peer in one.measured:
        points: Sequence[float] | None = percentiles(peer.pages)
        if points:
            bars.append(Bar(peer.label, peer.label.startswith(OURS), points[0], points[2]))
    return Group(f"{one.decisions:,} decisions", bars)
