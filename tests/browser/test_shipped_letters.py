"""What a visitor counts on the page is what the letters say, read from their files apart from the index."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from search_app.letters import find_files, parse_file
from tests.browser.conftest import CORPUS, WIDE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def scans() -> list[tuple[frozenset[str], str]]:
    """The reviewer's specialties and the outcome of each request for an MRI, as the letters have them."""
    return [
        (frozenset(letter.reviewer.boards), decision.outcome)
        for letter in map(parse_file, find_files([CORPUS]))
        for decision in letter.decisions
        if re.search(r"\bMRIs?\b", decision.request, re.IGNORECASE)
    ]


def test_counts_are_those_of_the_letters(
    visit: Callable[..., Visitor], shipped: str, scans: list[tuple[frozenset[str], str]]
) -> None:
    visitor = Visitor(visit(WIDE).driver, shipped)
    visitor.open("/search?q=request:mri")
    assert visitor.total() == len(scans)
    boards = sorted({board for has, _ in scans for board in has})
    first, second = sorted(boards, key=lambda board: -held(scans, {board}))[:2]
    visitor.follow(visitor.box("specialty", first))
    visitor.follow(visitor.box("specialty", second))
    assert visitor.total() == held(scans, {first, second})
    visitor.follow(visitor.box("outcome", "Upheld"))
    assert visitor.total() == held(scans, {first, second}, "Upheld")
    for board in (first, second):
        assert visitor.count_beside("specialty", board) == held(scans, {board}, "Upheld")
    for outcome in ("Upheld", "Overturned"):
        assert visitor.count_beside("outcome", outcome) == held(scans, {first, second}, outcome)


def held(scans: list[tuple[frozenset[str], str]], boards: set[str], outcome: str = "") -> int:
    """The decisions by a reviewer with one of these boards, and with this outcome if one is given."""
    return sum(not boards.isdisjoint(has) and outcome in ("", decided) for has, decided in scans)
