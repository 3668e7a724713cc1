"""Looks at an index from its record down to each case, and says how to repair what is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from search_app import engines
from search_app.engines.base import SCHEMA_VERSION, Engine
from search_app.engines.records import IndexRecord, record_of
from search_app.errors import REPAIR_IN_CLUSTER, ImrSearchError, IndexMissing
from search_app.ingest.run import at_work
from search_app.keeping.account import account_findings
from search_app.keeping.finding import Finding, fault, fine, note
from search_app.keeping.folder import folder_findings
from search_app.query.concepts import wordings_version

_OTHER_WORDS = (
    "Everyday words may find less than they should until it is built again: imr-search index --rebuild"
)


def examine(index: Path, engine: str) -> Iterator[Finding]:
    """What is found of the index in a folder, or in the cluster that the settings name, as it is looked at.

    All of it is read: every file, and every case of the account. The index may be in use meanwhile.
    """
    record = None
    try:
        record = record_of(index)
        yield fine("record", f"{record.engine}, schema version {record.schema_version}, in {record.data}")
        yield _vocabulary(record)
    except IndexMissing:
        pass  # it may lie in a cluster alone
    except ImrSearchError as error:
        yield fault("record", error.message, error.hint)
    yield from folder_findings(index, record)
    try:
        opened = engines.open_data(index, record, engine) if record else engines.open_engine(index, engine)
    except ImrSearchError as error:
        yield fault("opening", error.message, error.hint)
        return
    try:
        yield from _index_findings(index, record, opened)
    finally:
        opened.close()


def _vocabulary(record: IndexRecord) -> Finding:
    if not record.vocabulary:
        return note("vocabulary", "Its version was not noted when the index was made.")
    if record.vocabulary != wordings_version() and record.schema_version == SCHEMA_VERSION:
        return note("vocabulary", f"Version {record.vocabulary}; the program has another.", _OTHER_WORDS)
    return fine("vocabulary", f"version {record.vocabulary}")


def _index_findings(index: Path, record: IndexRecord | None, engine: Engine) -> Iterator[Finding]:
    try:
        faults = engine.faults()
        repair = engines.repair(record.engine) if record else REPAIR_IN_CLUSTER
        yield from (fault("files", says, repair) for says in faults)
        if faults:
            return
        held = engine.stats()
        yield fine("files", f"{held.size / 1e6:.1f} MB, no faults")
        counts = f"{held.determinations:,} letters, {held.decisions:,} decisions"
        if record is None:
            yield note("account", f"{counts}; the account of their files lies where they are indexed.")
        else:
            yield from account_findings(index, record, engine, at_work(index))
    except ImrSearchError as error:
        yield fault("index", error.message, error.hint)
