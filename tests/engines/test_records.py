"""The record of an index is read back as it was written, and anything else is told."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from search_app.engines import records
from search_app.engines.records import INDEX_FILE, IndexRecord, record_of
from search_app.errors import IndexIncompatible, IndexMissing

RECORD = {"engine": "tantivy", "schema_version": 5, "data": "tantivy-3", "vocabulary": "1a2b"}


def test_a_record_is_read_back(tmp_path: Path) -> None:
    record = IndexRecord(engine="whoosh", schema_version=5, data="whoosh-12", vocabulary="1a2b")
    records.write(tmp_path / INDEX_FILE, record)
    assert record_of(tmp_path) == record


def test_a_record_from_before_vocabularies_were_noted_is_read(tmp_path: Path) -> None:
    known = {name: value for name, value in RECORD.items() if name != "vocabulary"}
    (tmp_path / INDEX_FILE).write_text(json.dumps(known))
    assert record_of(tmp_path).vocabulary == ""


def test_without_a_record_there_is_no_index(tmp_path: Path) -> None:
    for folder in (tmp_path, tmp_path / "gone"):
        with pytest.raises(IndexMissing, match="There is no index"):
            record_of(folder)


@pytest.mark.parametrize(
    "changed",
    [
        {"engine": None},
        {"schema_version": "5"},
        {"vocabulary": 5},
        {"data": 3},
        {"data": ""},
        {"data": "letters"},
        {"data": "../tantivy-3"},
        {"data": "tantivy-0"},
        {"owner": "me"},
    ],
)
def test_a_record_with_anything_else_in_it_is_told(changed: dict[str, object], tmp_path: Path) -> None:
    (tmp_path / INDEX_FILE).write_text(json.dumps(RECORD | changed))
    with pytest.raises(IndexIncompatible, match="can't be read"):
        record_of(tmp_path)


@pytest.mark.parametrize("content", [b"", b"{", b"[]", b"null", b"3", b"\xff\xfe", b"[" * 100_000])
def test_what_is_no_record_is_told(content: bytes, tmp_path: Path) -> None:
    (tmp_path / INDEX_FILE).write_bytes(content)
    with pytest.raises(IndexIncompatible, match="can't be read"):
        record_of(tmp_path)
