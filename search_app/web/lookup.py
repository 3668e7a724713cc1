"""Finds a case by its id, and says what to do when it is not there."""

from __future__ import annotations

from search_app.engines.base import Engine
from search_app.errors import CaseNotFound
from search_app.model import Determination


def find_case(engine: Engine, case_id: str) -> Determination:
    """The determination with this id; raises CaseNotFound."""
    found = engine.case(case_id)
    if found is None:
        raise CaseNotFound(
            f"There is no case {case_id} in this index.",
            "Case numbers look like CM16-0213037; search for a part of one with case:CM16.",
        )
    return found


def letter_missing(case: Determination) -> CaseNotFound:
    """The error for a letter whose file has gone since it was indexed."""
    return CaseNotFound(
        f"The letter of case {case.id} ({case.source}) is no longer where it was indexed from.",
        "What was read from it is on the case's page. Index the corpus again to bring the two in step.",
    )
