"""The measured decisions: exactly as many as asked for, from parts that are written once."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest

from bench import corpus
from search_app.model import Decision, Determination


def _part(folder: Path, name: str, *sizes: int) -> None:
    decision = Decision(request="a", disputed="a", outcome="Upheld", rationale="b")
    letters = [
        Determination(id=f"{name}-{at}", decisions=(decision,) * size) for at, size in enumerate(sizes)
    ]
    (folder / f"{name}.pkl").write_bytes(pickle.dumps(letters))


@pytest.mark.parametrize(
    ("wanted", "ids"),
    [(0, []), (2, ["a-0"]), (3, ["a-0", "a-1"]), (6, ["a-0", "a-1", "b-0"]), (99, ["a-0", "a-1", "b-0"])],
)
def test_exactly_so_many_decisions(tmp_path: Path, wanted: int, ids: list[str]) -> None:
    """Parts are read in order, and the last determination is cut."""
    _part(tmp_path, "a", 2, 3)
    _part(tmp_path, "b", 2)
    found = list(corpus.determinations(tmp_path, wanted))
    assert [one.id for one in found] == ids
    assert sum(len(one.decisions) for one in found) == min(wanted, 7)


def test_parts_are_written_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is there is kept; what is missing is written, and reads as letters of their own numbers."""
    monkeypatch.setattr(corpus, "PART", 3)
    first = corpus.write_part(tmp_path, 0)
    again = corpus.write_part(tmp_path, 1)
    assert first >= 3
    assert again >= 3
    corpus.ensure(tmp_path, first + again)
    found = list(corpus.determinations(tmp_path, first + again))
    assert len({one.id for one in found}) == 6
    assert sorted(path.name for path in tmp_path.iterdir()) == ["0000.pkl", "0001.pkl"]
