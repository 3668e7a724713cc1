"""The record of what a letter says, in the schema that `imr-search parse` prints."""

from collections.abc import Sequence
from typing import Any

from bench.corpus_writer.calendar import Dates
from bench.corpus_writer.items import Item
from bench.corpus_writer.reviewer import Reviewer
from bench.corpus_writer.worker import Worker


def header_truth(case_id: str, dates: Dates, priority: str) -> dict[str, Any]:
    """Return the fields of the header block."""
    return {
        "case_number": case_id,
        "date_assigned": dates.assigned.isoformat(),
        "decision_date": dates.decision.isoformat(),
        "ur_denial_date": dates.denial.isoformat(),
        "received_date": dates.received.isoformat(),
        "priority": priority,
    }


_NO_HEADER: dict[str, Any] = dict.fromkeys(
    ("case_number", "date_assigned", "decision_date", "ur_denial_date", "received_date", "priority")
)


def case_truth(
    case_id: str, header: dict[str, Any], dates: Dates, worker: Worker, reviewer: Reviewer
) -> dict[str, Any]:
    """Return the record of a case but for layout and decisions; every summary has the injury date."""
    return {
        "id": case_id,
        **_NO_HEADER,
        **header,
        "date_of_injury": dates.injury.isoformat(),
        "licensure": list(reviewer.licensure),
        "specialties": list(reviewer.specialties),
        "age": worker.age,
        "sex": worker.sex,
    }


def decisions_truth(items: Sequence[Item]) -> list[dict[str, Any]]:
    """Return the records of the decisions in the order of the letter."""
    return [_decision(item) for item in items]


def _decision(item: Item) -> dict[str, Any]:
    cited = item.claims_admin
    return {
        "request": item.request,
        "disputed": item.disputed,
        "original_request": item.original,
        "authorized": item.authorized,
        "outcome": item.outcome,
        "drugs": list(item.scenario.drugs),
        "category": item.scenario.category,
        "subcategory": item.scenario.subcategory,
        "claims_admin_guidelines_text": cited.text if cited else None,
        "claims_admin_guidelines": list(cited.labels) if cited else None,
        "reviewer_guidelines_text": item.reviewer.text,
        "reviewer_guidelines": list(item.reviewer.labels),
        "rationale": item.rationale,
    }
