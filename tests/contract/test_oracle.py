"""The oracle itself, against answers worked out by hand."""

from __future__ import annotations

import pytest

from search_app.engines.base import FacetValue
from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest, Sort
from search_app.query.tree import Fuzzy, Phrase, Prefix
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle
from tests.contract.oracle_matching import edits, matches, placements

ORACLE = Oracle(LETTERS)
ODD = next(item for item in ORACLE.items if item.case.id.startswith("__odd__"))


@pytest.mark.parametrize(
    ("one", "other", "distance"),
    [
        ("", "", 0),
        ("", "ab", 2),
        ("knee", "knee", 0),
        ("knee", "kneee", 1),
        ("knee", "nkee", 1),
        ("ca", "abc", 3),
        ("abcd", "badc", 2),
    ],
)
def test_edits(one: str, other: str, distance: int) -> None:
    assert edits(one, other) == edits(other, one) == distance


@pytest.mark.parametrize(
    ("phrase", "slop", "found"),
    [
        ("one two", 0, [(0, 1), (2, 3), (8, 9)]),
        ("two one", 0, [(1, 2)]),
        ("two three", 1, [(3, 4)]),
        ("four six seven", 3, []),
        ("four six seven", 4, [(5, 7, 11), (5, 10, 11)]),
        ("five four", 1, []),
        ("five four", 2, [(6, 5)]),
        ("six six", 9, [(7, 10), (10, 7)]),
        ("one one one", 6, [(0, 2, 8)]),
    ],
)
def test_placements(phrase: str, slop: int, found: list[tuple[int, ...]]) -> None:
    run = ["one", "two", "one", "two", "three", "four", "five", "six", "one", "two", "six", "seven", "three"]
    assert sorted(placements(phrase.split(), run, slop)) == found


@pytest.mark.parametrize(
    ("leaf", "expected"),
    [
        (Phrase(("two", "three"), ("rationale",)), True),
        (Phrase(("b12", "vitamin"), ("drug",), 1), False),
        (Phrase(("b12", "vitamin"), ("drug",), 2), True),
        (Phrase(("b12", "d"), ("drug",), 50), False),
        (Prefix("thr", "thr", ("rationale",)), True),
        (Prefix("thr", "seven", ("summary", "rationale")), True),
        (Prefix("thr", "seven", ("summary",)), False),
        (Fuzzy("thre", 1, ("rationale",)), True),
        (Fuzzy("htree", 1, ("rationale",)), True),
        (Fuzzy("htre", 1, ("rationale",)), False),
    ],
)
def test_leaves(leaf: Phrase | Prefix | Fuzzy, expected: bool) -> None:
    assert matches(leaf, ODD) is expected


@pytest.mark.parametrize(
    ("typed", "ids"),
    [
        ("pseudarthrosis", ["CM16-0999999/1"]),
        ("xanax", ["CM16-0000001/1", "CM16-0000001/2", "CM16-0000002/1", "CM16-00000010/1"]),
        ('specialty:"management neurology"', []),
        ("decided:2014-01-01 brace", ["CM14-0000777/2"]),
        ("case:scan", ["scan 07 (copy)/1", "scan/1"]),
        ("decided:[2016-12 TO 2017-01-02] -drug:alprazolam -case:CM17", ["__odd__ 'id' \"x\"/7/1"]),
    ],
)
def test_whole_queries(typed: str, ids: list[str]) -> None:
    assert sorted(ORACLE.search(SearchRequest(tree=read(typed).tree)).ids) == sorted(ids)


def test_facets_are_counted_without_their_own_filter() -> None:
    request = SearchRequest(
        tree=read("case:CM16-0229229").tree,
        filters=(Filter("outcome", ("Overturned",)), Filter("category", ("Surgery", "No such"))),
        facets=("outcome", "category", "drug"),
    )
    answer = ORACLE.search(request)
    assert answer.ids == ["CM16-0229229/1"]
    outcome, category, drug = answer.facets
    assert outcome.values == (FacetValue("Overturned", 1, True), FacetValue("Upheld", 1))
    assert category.values == (
        FacetValue("Surgery", 1, True),
        FacetValue("No such", 0, True),
        FacetValue("DMEPOS", 1),
        FacetValue("Rehabilitation", 1),
    )
    assert drug.values == (FacetValue("not stated", 1),)


def test_orders() -> None:
    tree = read("request:urine").tree
    newest = ORACLE.search(SearchRequest(tree=tree, sort=Sort.NEWEST)).ids
    assert newest == ["CM16-0300001/1", "CM16-0300002/1", "CM16-0300003/1", "CM16-0300003/2"]
    assert ORACLE.search(SearchRequest(tree=tree, sort=Sort.OLDEST)).ids == newest
