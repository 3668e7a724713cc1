"""A comparison from letters to figures, as small as can be."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench import comparing, corpus, ingestion
from bench.comparing import Order, compare
from bench.corpus_writer.folder import Order as Letters
from bench.corpus_writer.folder import write_folder
from bench.mix import query_mix
from bench.results import setting_now

PEERS = ("tantivy", "sqlite-fts5")


@pytest.fixture
def order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Order:
    monkeypatch.setattr(corpus, "PART", 30)
    monkeypatch.setattr(comparing, "ROUNDS", 1)
    (tmp_path / "parsed").mkdir()
    corpus.write_part(tmp_path / "parsed", 0)
    return Order(peers=PEERS, decisions=30, work=tmp_path)


def test_every_query_of_every_peer_is_measured(order: Order, capsys: pytest.CaptureFixture[str]) -> None:
    """Once for each round, and what a peer lacks is told; the indexes serve the next run."""
    first = compare(order, setting_now("a command"))
    assert [one.peer for one in first.measured] == list(PEERS)
    assert not first.skipped
    for one in first.measured:
        assert one.built.decisions == 30
        assert min(one.built.seconds, one.built.size, one.built.peak, one.peak, one.own, one.first) > 0
        assert [row.query for row in one.pages] == [query.name for query in query_mix()]
        for row in one.pages:
            unsupported = row.kind == "fuzzy" and one.peer == "sqlite-fts5"
            assert bool(row.unsupported) == unsupported
            assert len(row.milliseconds) == len(row.processor) == int(not unsupported)
    capsys.readouterr()
    again = compare(order, setting_now("a command"))
    assert [one.built for one in again.measured] == [one.built for one in first.measured]
    assert "building" not in capsys.readouterr().out


def test_peers_that_take_too_long_are_skipped(order: Order, monkeypatch: pytest.MonkeyPatch) -> None:
    """A peer is measured up to its own size only, and the reason is kept."""
    monkeypatch.setattr(comparing, "PEERS", {name: _Small(name) for name in PEERS})
    found = compare(order, setting_now("a command"))
    assert not found.measured
    assert found.skipped == dict.fromkeys(PEERS, "measured up to 29 decisions only")


class _Small:
    most = 29

    def __init__(self, name: str) -> None:
        self.name = name


@pytest.mark.parametrize(("form", "count"), [("txt", 5), ("pdf", 3)])
def test_ingestion_of_a_folder(form: str, count: int, tmp_path: Path) -> None:
    """All letters are taken in; the text alone is timed for PDFs only."""
    write_folder(Letters(count, 3, form), tmp_path / form)
    found = ingestion.of_folder(tmp_path / form, "tantivy")
    assert (found.corpus, found.letters) == (form, count)
    assert min(found.rate, found.peak) > 0
    assert (found.extraction > 0) == (form == "pdf")
