"""Writers that are stopped, replaced or refused leave nothing behind that a reader sees."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from search_app.config import Settings
from search_app.engines.base import Engine
from search_app.engines.opensearch import writer as writing
from search_app.engines.opensearch.bulk import Bulk, indexing
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.engines.opensearch.schema import STATE, document_id, documents
from search_app.engines.opensearch.writer import OpenSearchWriter, Refused
from search_app.errors import IndexBusy, IndexIncompatible
from search_app.query.analysis import tokens
from search_app.query.request import SearchRequest
from tests.contract.comparing import assert_same
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle

FEW = LETTERS[:6]
OTHER = replace(FEW[0], decisions=LETTERS[10].decisions)


@pytest.fixture
def engine(settings: Settings, tmp_path: Path) -> Engine:
    made = OpenSearchKeeper(settings).create(tmp_path / "index")
    with made.writer() as writer:
        for letter in FEW:
            writer.put(letter)
        writer.commit()
    return made


def test_what_a_killed_writer_has_sent_is_gone_and_its_deaths_are_undone(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing, "CHUNK", 1)
    killed = OpenSearchWriter(engine._store)
    killed.put(OTHER)
    killed.delete(FEW[1].id)
    killed._bulk.drain()
    killed._begin_commit()
    killed._bury([OTHER.id, FEW[1].id])
    engine._store.refresh()
    assert_same(engine, Oracle(FEW), SearchRequest())
    monkeypatch.setattr(writing, "_is_alive", lambda _: False)
    with engine.writer() as writer:
        assert_same(engine, Oracle(FEW), SearchRequest())
        writer.put(LETTERS[8])
        writer.commit()
    assert_same(engine, Oracle((*FEW, LETTERS[8])), SearchRequest())


def test_what_comes_late_from_a_writer_that_was_replaced_changes_nothing(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    late = OpenSearchWriter(engine._store)
    monkeypatch.setattr(writing, "_is_alive", lambda _: False)
    with engine.writer() as writer:
        writer.put(OTHER)
        writer.commit()
    late.put(FEW[0])
    late.delete(FEW[2].id)
    with pytest.raises(IndexBusy):
        late.commit()
    late.close()
    assert_same(engine, Oracle((OTHER, *FEW[1:])), SearchRequest())


def test_a_batch_of_which_a_document_is_refused_is_not_committed(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An identifier of a facet that is longer than the cluster takes."""
    (decision, *_) = FEW[0].decisions
    monstrous = replace(FEW[0], id="monster", decisions=(replace(decision, drugs=("x" * 40_000,)),))
    with engine.writer() as writer:
        writer.put(LETTERS[8])
        writer.put(monstrous)
        with pytest.raises(Refused, match="refuses 1 of the documents"):
            writer.commit()
    assert_same(engine, Oracle(FEW), SearchRequest())


def test_documents_that_are_sent_twice_are_there_once(engine: Engine) -> None:
    with engine.writer() as writer:
        number = writer._holder.generation
        bulk = Bulk(engine._store, number)
        for at, document in enumerate(documents(LETTERS[8], number), 1):
            bulk.send([indexing(document_id(LETTERS[8].id, number, at), document)])
        assert bulk.finish() == []
        writer.put(LETTERS[8])
        writer.commit()
    assert_same(engine, Oracle((*FEW, LETTERS[8])), SearchRequest())


def test_a_state_that_another_version_keeps_is_told(engine: Engine) -> None:
    _, version = engine._store.state()
    client, index = engine._connection.client, engine._store.index
    client.index(index=index, id=STATE, body={STATE: {"committed": 1}}, params=version)
    with pytest.raises(IndexIncompatible, match="another version") as caught:
        engine.stats()
    assert caught.value.hint


def test_the_cluster_keeps_the_tokens_as_they_are(engine: Engine) -> None:
    """Also of characters that lie between the scripts: what the cluster splits at stands in no token."""
    client, index = engine._connection.client, engine._store.index
    for start in range(0, 0x3000, 0x400):
        text = " ".join(f"a{chr(code)}b {chr(code)}1" for code in range(start, start + 0x400))
        cut = tokens(text)
        found = client.indices.analyze(index=index, body={"field": "rationale", "text": " ".join(cut)})
        assert [one["token"] for one in found["tokens"]] == cut
