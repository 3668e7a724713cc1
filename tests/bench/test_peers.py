"""Every peer answers the mix with the same pages as ours: totals, and the counts of each facet value."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.corpus_writer.letter import letters
from bench.mix import MixedQuery, query_mix
from bench.peers import PEERS
from bench.peers.base import Page, Unsupported
from search_app.letters import find_files, parse_file
from search_app.model import Determination
from search_app.query.request import FACET_LIMIT

LETTERS = 250
UNSUPPORTED = {"sqlite-fts5": {"fuzzy"}, "xapian": {"fuzzy"}}
OURS = "tantivy"
OTHERS = [name for name in PEERS if name != OURS]


@pytest.fixture(scope="module")
def determinations(tmp_path_factory: pytest.TempPathFactory) -> list[Determination]:
    folder = tmp_path_factory.mktemp("letters")
    for letter in letters(LETTERS, 11):
        (folder / letter.file_name).write_text(letter.text, encoding="utf-8")
    return [parse_file(file) for file in find_files([folder])]


@pytest.fixture(scope="module")
def expected(determinations: list[Determination], tmp_path_factory: pytest.TempPathFactory) -> list[Page]:
    pages = _pages(OURS, determinations, tmp_path_factory.mktemp(OURS))
    assert all(isinstance(page, Page) for page in pages)
    return [page for page in pages if isinstance(page, Page)]


def _pages(name: str, determinations: list[Determination], folder: Path) -> list[Page | MixedQuery]:
    """The page of each query, or the query where the peer has none."""
    PEERS[name].build(folder, determinations)
    searcher = PEERS[name].open(folder)
    pages: list[Page | MixedQuery] = []
    for query in query_mix():
        try:
            pages.append(searcher.page(query.request))
        except Unsupported:
            pages.append(query)
    searcher.close()
    return pages


@pytest.mark.parametrize("name", OTHERS)
def test_pages_agree(
    name: str, determinations: list[Determination], expected: list[Page], tmp_path: Path
) -> None:
    """The same totals, as many hits, and the same facets; what a peer lacks is exactly what is told."""
    if reason := PEERS[name].absent():
        pytest.skip(reason)
    found = _pages(name, determinations, tmp_path)
    lacking = {page.kind for page in found if isinstance(page, MixedQuery)}
    assert lacking == UNSUPPORTED.get(name, set())
    for query, page, ours in zip(query_mix(), found, expected, strict=True):
        if isinstance(page, Page):
            assert page.total == ours.total, query.name
            assert len(page.hits) == len(ours.hits), query.name
            for facet, counts in ours.facets.items():
                assert _common(page.facets[facet], counts) == _positive(counts), (query.name, facet)


def _positive(counts: dict[str, int]) -> dict[str, int]:
    return {value: count for value, count in counts.items() if count}


def _common(counts: dict[str, int], ours: dict[str, int]) -> dict[str, int]:
    """A peer's counts, without those values that ours leaves out of a long list."""
    found = _positive(counts)
    if len(ours) < FACET_LIMIT:
        return found
    return {value: count for value, count in found.items() if value in ours}


@pytest.mark.parametrize("name", list(PEERS))
def test_hits_are_marked(name: str, determinations: list[Determination], tmp_path: Path) -> None:
    """A hit shows its title and a passage of its rationale, with the word marked in one of them."""
    if reason := PEERS[name].absent():
        pytest.skip(reason)
    PEERS[name].build(tmp_path, determinations)
    searcher = PEERS[name].open(tmp_path)
    query = next(query for query in query_mix() if query.name == "rationale:benefit")
    page = searcher.page(query.request)
    searcher.close()
    known = {one.id: one for one in determinations}
    assert page.hits
    for hit in page.hits:
        decision = known[hit.case].decisions[hit.number - 1]
        assert "benefit" in decision.rationale.lower()
        assert hit.title
        assert any(f"{mark}enefi" in hit.passage for mark in (">b", ">B")), hit.passage
