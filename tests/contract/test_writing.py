"""Commits, replacement, deletion, and the one writer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.errors import IndexBusy
from search_app.model import Determination
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.engines import Maker
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle
from tests.contract.states import FACET_STATES

FEW = LETTERS[:6]
NEW = replace(LETTERS[10], id="CM18-0000001")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def small(maker: Maker, path: Path) -> Iterator[Engine]:
    """An engine over a few letters, to be changed."""
    engine = maker.build(path, FEW, 2)
    yield engine
    engine.close()


def assert_holds(engine: Engine, letters: tuple[Determination, ...]) -> None:
    oracle = Oracle(letters)
    for typed in ("", "knee", "alprazolam", '"L4-L5"', "-spine", "func*"):
        assert_same(engine, oracle, SearchRequest(tree=read(typed).tree, filters=FACET_STATES[1]))
    assert_same(engine, oracle, SearchRequest())
    assert engine.stats().determinations == len(letters)
    assert engine.stats().decisions == len(oracle.items)
    assert [engine.case(letter.id) for letter in letters] == list(letters)


def test_an_empty_index_answers(maker: Maker, path: Path) -> None:
    engine = maker.create(path)
    assert_holds(engine, ())
    for typed in ("knee", '"one two"~3', "k* OR kn*", "knee~", "decided:2016", "-knee"):
        assert engine.search(SearchRequest(tree=read(typed).tree)).total == 0
    engine.close()


def test_nothing_before_the_commit_and_everything_after(small: Engine) -> None:
    with small.writer() as writer:
        writer.put(NEW)
        writer.delete(FEW[0].id)
        assert_holds(small, FEW)
        writer.commit()
        assert_holds(small, (*FEW[1:], NEW))


def test_leaving_without_commit_discards(small: Engine) -> None:
    with small.writer() as writer:
        writer.put(NEW)
        writer.delete(FEW[0].id)
    assert_holds(small, FEW)
    with small.writer() as writer:
        writer.commit()
    assert_holds(small, FEW)


def test_an_error_discards_what_was_not_committed(small: Engine) -> None:
    def interrupted() -> None:
        with small.writer() as writer:
            writer.put(NEW)
            writer.commit()
            writer.delete(NEW.id)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert_holds(small, (*FEW, NEW))


def test_several_commits_of_one_writer(small: Engine) -> None:
    with small.writer() as writer:
        for at, letter in enumerate(LETTERS[6:10], 7):
            writer.put(letter)
            writer.commit()
            assert_holds(small, LETTERS[:at])


def test_fewer_and_more_decisions(small: Engine) -> None:
    one, four = FEW[0], FEW[3]
    fewer = replace(four, decisions=four.decisions[2:])
    more = replace(one, decisions=(*four.decisions, *one.decisions), summary="Another summary.")
    with small.writer() as writer:
        writer.put(fewer)
        writer.put(more)
        writer.commit()
    assert_holds(small, (more, *FEW[1:3], fewer, *FEW[4:]))


def test_the_last_change_to_a_case_counts(small: Engine) -> None:
    other = replace(NEW, summary="The later one.")
    changed = replace(FEW[1], summary="Put after it was deleted.")
    with small.writer() as writer:
        writer.put(NEW)
        writer.put(other)
        writer.delete(FEW[1].id)
        writer.put(changed)
        writer.put(FEW[2])
        writer.delete(FEW[2].id)
        writer.commit()
    assert_holds(small, (FEW[0], changed, *FEW[3:], other))


def test_deleting_matches_the_whole_id_only(small: Engine) -> None:
    """Ids that begin with one another, that are parts of it, and that nobody has."""
    with small.writer() as writer:
        for case_id in ("scan", "CM16-0000001", "nobody", "", "07", "CM16"):
            writer.delete(case_id)
        writer.commit()
    assert_holds(small, tuple(letter for letter in FEW if letter.id not in ("scan", "CM16-0000001")))


def test_everything_deleted(small: Engine) -> None:
    with small.writer() as writer:
        for letter in FEW:
            writer.delete(letter.id)
        writer.commit()
    assert_holds(small, ())


def test_another_engine_on_the_same_index_sees_commits(small: Engine, maker: Maker, path: Path) -> None:
    other = maker.open(path)
    assert_holds(other, FEW)
    with small.writer() as writer:
        writer.put(NEW)
        assert_holds(other, FEW)
        writer.commit()
    assert_holds(other, (*FEW, NEW))
    other.close()


def test_one_writer_at_a_time(small: Engine, maker: Maker, path: Path) -> None:
    if not maker.one_writer:
        pytest.skip("several writers may be at work on a cluster")
    other = maker.open(path)
    with small.writer():
        for engine in (small, other):
            with pytest.raises(IndexBusy) as caught, engine.writer():
                pass
            assert caught.value.hint
    with other.writer() as writer:
        writer.put(NEW)
        writer.commit()
    assert_holds(small, (*FEW, NEW))
    other.close()


def test_several_writers_at_work(small: Engine, maker: Maker, path: Path) -> None:
    """Each commit shows what that writer did and nothing of another's; of one case the last commit counts."""
    if maker.one_writer:
        pytest.skip("one writer at a time")
    other = maker.open(path)
    (decision, *_) = FEW[0].decisions
    once, again = (
        replace(FEW[0], decisions=(replace(decision, rationale=text),)) for text in ("Once.", "Again.")
    )
    with small.writer() as one, other.writer() as two:
        one.put(once)
        two.put(again)
        two.put(NEW)
        one.delete(FEW[1].id)
        assert_holds(small, FEW)
        two.commit()
        assert_holds(other, (again, *FEW[1:], NEW))
        one.commit()
        assert_holds(small, (once, *FEW[2:], NEW))
        two.put(FEW[1])
        two.delete(NEW.id)
        one.put(NEW)
        one.commit()
        assert_holds(small, (once, *FEW[2:], NEW))
        two.commit()
        assert_holds(small, (once, *FEW[1:]))
        one.put(NEW)
    assert_holds(other, (once, *FEW[1:]))
    other.close()


def test_the_time_of_building_is_iso(small: Engine) -> None:
    assert datetime.fromisoformat(small.stats().built).year >= 2024
