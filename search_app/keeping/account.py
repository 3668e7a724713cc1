"""Holds an index against the account of its files: every case that was accepted is there and readable."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from search_app import engines, letters
from search_app.engines.base import Engine
from search_app.engines.records import IndexRecord
from search_app.errors import ImrSearchError
from search_app.ingest.manifest import Manifest, State
from search_app.keeping.finding import Finding, fault, fine, note

_TOLD = 10
"""Cases that are told one by one."""

_RUN = "Run imr-search index: it reads them again."
_UNREAD = f"imr-search stats tells which, and why. {_RUN}"


@dataclass(slots=True)
class _Read:
    """What looking up each case has given."""

    cases: int = 0
    decisions: int = 0
    wrong: list[str] = field(default_factory=list)


def account_findings(
    index: Path, record: IndexRecord, engine: Engine, at_work: bool | None
) -> Iterator[Finding]:
    """What is found of the account of an index; raises IndexMissing or IndexDamaged where it can't be read.

    While a run is or may be at work, the numbers change and are not compared, and the account's file is not
    looked through, as the run would have to wait.
    """
    repair = engines.repair(record.engine)
    with Manifest(index, record) as manifest:
        if at_work is False:
            yield from (fault("account", says, repair) for says in manifest.faults())
        pending, quarantined = manifest.count(State.PENDING), manifest.count(State.QUARANTINED)
        leaving, older = len(manifest.leaving()), manifest.older(letters.VERSION)
        unread = len(manifest.unread())
        read = _read_all(manifest, engine)
    yield from _cases(read, repair)
    if unread:
        yield note("letters", f"{unread:,} could not be read again and are as they were.", _UNREAD)
    if older:
        yield note("letters", f"{older:,} were read by an older version.", _RUN)
    if at_work is not False:
        return
    if pending or leaving:
        says = f"A run was stopped: {pending:,} files and {leaving:,} cases were on their way."
        yield note("account", says, _RUN)
    elif not read.wrong:
        yield _counts(engine, read, quarantined, record)


def _cases(read: _Read, repair: str) -> Iterator[Finding]:
    yield from (fault("cases", says, repair) for says in read.wrong[:_TOLD])
    if len(read.wrong) > _TOLD:
        yield fault("cases", f"{len(read.wrong) - _TOLD:,} more can't be read.", repair)
    if not read.wrong:
        yield fine("cases", f"{read.cases:,} letters and {read.decisions:,} decisions of them were read")


def _read_all(manifest: Manifest, engine: Engine) -> _Read:
    read = _Read()
    for case_id in manifest.cases():
        try:
            case = engine.case(case_id)
        except ImrSearchError as error:
            read.wrong.append(f"The case {case_id} can't be read: {error.message}")
            continue
        if case is None or not case.decisions:
            read.wrong.append(f"The case {case_id} is in the account, but not in the index.")
            continue
        read.cases += 1
        read.decisions += len(case.decisions)
    return read


def _counts(engine: Engine, read: _Read, quarantined: int, record: IndexRecord) -> Finding:
    """Whether the index has just what the account leads to; one in a cluster others may feed, too."""
    held = engine.stats()
    if record.engine not in engines.IN_FOLDERS and held.determinations > read.cases:
        others = held.determinations - read.cases
        return note("counts", f"{others:,} of {held.determinations:,} letters are of other accounts")
    if (held.determinations, held.decisions) != (read.cases, read.decisions):
        return fault(
            "counts",
            f"The index counts {held.determinations:,} letters and {held.decisions:,} decisions, "
            f"the account leads to {read.cases:,} and {read.decisions:,}.",
            engines.repair(record.engine),
        )
    return fine("counts", f"index and account agree; {quarantined:,} files are quarantined")
