from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest

from search_app import deadline
from search_app.deadline import SharedTime
from search_app.errors import TookTooLong

pytestmark = pytest.mark.time_limit


def test_without_a_deadline_there_is_time() -> None:
    assert deadline.left() is None
    deadline.check(needed=1e9)


def test_time_that_is_over_ends_what_looks_at_it() -> None:
    with deadline.within(0), pytest.raises(TookTooLong, match="given up"):
        deadline.check()
    deadline.check()


def test_work_that_needs_more_than_is_left_is_not_begun() -> None:
    with deadline.within(60):
        deadline.check(needed=1)
        with pytest.raises(TookTooLong):
            deadline.check(needed=61)


def test_a_block_may_have_a_deadline_of_its_own_or_none() -> None:
    with deadline.within(0):
        with deadline.within(None):
            deadline.check()
        with pytest.raises(TookTooLong):
            deadline.check()


def test_other_threads_take_it_along() -> None:
    with ThreadPoolExecutor(1) as threads:
        with deadline.within(60):
            assert threads.submit(deadline.carried(deadline.left)).result() is not None
        with deadline.within(0):
            late = deadline.carried(deadline.left)
        with pytest.raises(TookTooLong):
            threads.submit(late).result()
        assert threads.submit(deadline.left).result() is None


def test_each_of_those_at_once_has_a_share_of_the_time() -> None:
    """Two seconds with one, or none, count two for it; two seconds with four count half a second for each."""
    at = 100.0
    time = SharedTime(lambda: at)
    begun = time.now()
    at += 2
    with time.shared():
        at += 2
        assert time.now() - begun == 4
        with time.shared(), time.shared(), time.shared():
            at += 2
        assert time.now() - begun == 4.5
        at += 1
    assert time.now() - begun == 5.5


def test_what_has_a_limit_of_its_own_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    at = 100.0
    monkeypatch.setattr(deadline, "_time", SharedTime(lambda: at))
    with deadline.within(60):
        with deadline.apart():
            at += 50
        assert deadline.left() == 60
        at += 50
        assert deadline.left() == 10
    with deadline.apart():
        assert deadline.left() is None
    assert deadline.left() is None


def test_what_has_a_limit_of_its_own_leaves_its_share_to_others(monkeypatch: pytest.MonkeyPatch) -> None:
    at = 100.0
    monkeypatch.setattr(deadline, "_time", time := SharedTime(lambda: at))
    with time.shared(), deadline.within(60):
        begun = time.now()
        with deadline.apart():
            at += 2
            assert time.now() - begun == 2
        assert deadline.left() == 60


def test_a_request_shares_the_time_once(monkeypatch: pytest.MonkeyPatch) -> None:
    at = 100.0
    monkeypatch.setattr(deadline, "_time", SharedTime(lambda: at))
    with deadline.within(60), deadline.within(30):
        at += 10
        assert deadline.left() == 20


@pytest.mark.parametrize(
    ("error", "left"), [(ConnectionError, 60), (ConnectionResetError, 10), (ValueError, 10), (None, 10)]
)
def test_time_that_was_lost_to_another_is_regained(
    error: type[Exception] | None, left: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = 100.0
    monkeypatch.setattr(deadline, "_time", SharedTime(lambda: at))
    with deadline.within(60):
        with suppress(Exception), deadline.regained(ConnectionError, but=ConnectionResetError):
            at += 50
            if error:
                raise error
        assert deadline.left() == left
    with pytest.raises(ConnectionError), deadline.regained(ConnectionError, but=ConnectionResetError):
        raise ConnectionError
    assert deadline.left() is None
