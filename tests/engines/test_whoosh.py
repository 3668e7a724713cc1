"""What of the Whoosh engine the contract doesn't see."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from whoosh.index import open_dir

from search_app.engines.whoosh import leaves
from search_app.engines.whoosh.bits import bits_of, documents_in, flags
from search_app.engines.whoosh.engine import WhooshEngine
from search_app.engines.whoosh.leaves import Leaves
from search_app.engines.whoosh.snapshot import Snapshot
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from search_app.query.tree import Word
from tests.contract.comparing import all_hits, assert_same
from tests.contract.engines import ENGINES
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle

SIZE = 70
TYPED = ("knee", "drug screen", "tramadol improvement function", "xanax", "func*", "tramdol~")
SETS = st.sets(st.integers(0, SIZE - 1))


@given(SETS, SETS)
def test_bits_are_sets(one: set[int], other: set[int]) -> None:
    left, right = bits_of(one, SIZE), bits_of(other, SIZE)
    assert documents_in(left) == sorted(one)
    assert documents_in(left & right) == sorted(one & other)
    assert documents_in(left | right) == sorted(one | other)
    assert (left & ~right).bit_count() == len(one - other)
    assert list(flags(left, SIZE)) == [int(document in one) for document in range(SIZE)]


def test_no_documents_at_all() -> None:
    assert (bits_of([], 0), documents_in(0), flags(0, 3)) == (0, [], b"\0\0\0")


def test_searches_are_the_same_when_little_is_remembered(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(leaves, "_REMEMBERED", 1)
    engine = ENGINES["whoosh"].build(tmp_path, LETTERS, 2)
    for typed in ("knee mri", '"functional improvement"', "func*", "knee mri"):
        assert_same(engine, Oracle(LETTERS), SearchRequest(tree=read(typed).tree))
    engine.close()


def test_what_was_asked_for_longest_ago_is_forgotten(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    ENGINES["whoosh"].build(tmp_path, LETTERS).close()
    snapshot = Snapshot(open_dir(str(tmp_path)).reader())
    knee, mri, the = (Word(token, ("rationale",)) for token in ("knee", "mri", "the"))
    finder = Leaves(snapshot)
    knees, mris = finder.find(knee), finder.find(mri)
    monkeypatch.setattr(leaves, "_REMEMBERED", len(knees.documents) + len(finder.find(the).documents))
    assert finder.find(knee) is knees
    finder.find(Word("tramadol", ("rationale",)))
    assert finder.find(knee) is knees
    assert finder.find(mri) is not mris
    assert finder.find(mri) == mris
    snapshot.close()


@pytest.mark.parametrize("typed", TYPED)
def test_ties_end_on_case_and_number(tmp_path: Path, typed: str) -> None:
    """The contract leaves the order of equal scores to the engine; this one has it by case."""
    request = SearchRequest(tree=read(typed).tree)
    engine = ENGINES["whoosh"].build(tmp_path / "index", LETTERS, 5)
    keys = [(-hit.score, hit.case.id, hit.number) for hit in all_hits(engine, request)]
    assert keys
    assert keys == sorted(keys)
    engine.close()


def test_equal_decisions_come_in_the_order_of_case_and_number(tmp_path: Path) -> None:
    """The last three letters of the drug screens have the same texts, and so the same score."""
    engine = ENGINES["whoosh"].build(tmp_path / "index", LETTERS, 5)
    hits = engine.search(SearchRequest(tree=read("rationale:misuse").tree)).hits
    assert [hit.id for hit in hits] == [
        "CM16-0300001/1",
        "CM16-0300002/1",
        "CM16-0300003/1",
        "CM16-0300003/2",
    ]
    engine.close()


def test_an_index_can_be_opened_while_commits_replace_its_table_of_contents(tmp_path: Path) -> None:
    engine = WhooshEngine.create(tmp_path)
    committed = threading.Event()

    def look() -> int:
        opened = 0
        while not committed.is_set():
            WhooshEngine.open(tmp_path).close()
            opened += 1
        return opened

    with ThreadPoolExecutor() as threads:
        looking = [threads.submit(look) for _ in range(2)]
        try:
            for number in range(60):
                with engine.writer() as writer:
                    writer.put(LETTERS[number % 3])
                    writer.commit()
        finally:
            committed.set()
        assert all(one.result() for one in looking)
    engine.close()
