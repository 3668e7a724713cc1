"""Finds a case by its number as a person types it."""

from __future__ import annotations

from search_app.engines.base import Engine
from search_app.errors import CaseNotFound
from search_app.model import Decision, Determination
from search_app.vocabulary.case_numbers import canonical


def find_case(engine: Engine, typed: str) -> Determination:
    """The determination with this id, or with the case number that was typed; raises CaseNotFound."""
    found = engine.case(typed) or engine.case(canonical(typed) or typed)
    if found is None:
        raise CaseNotFound(
            f"There is no case {typed} in this index.",
            "Case numbers look like CM16-0213037; search for a part of one with case:CM16.",
        )
    return found


def find_decision(engine: Engine, decision_id: str) -> Decision:
    """The decision with this id ("CM16-0213037/1"); raises CaseNotFound."""
    case_id, _, number = decision_id.rpartition("/")
    case = find_case(engine, case_id)
    if number not in map(str, range(1, len(case.decisions) + 1)):
        raise CaseNotFound(
            f"Case {case.id} has no decision {number}.", f"It has {len(case.decisions)}, counted from 1."
        )
    return case.decisions[int(number) - 1]


def typed_case(engine: Engine, query: str) -> str | None:
    """The id of the case whose number is the whole query, if it is in the index."""
    number = canonical(query)
    return number if number and engine.case(number) else None
