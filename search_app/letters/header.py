"""The header block: case number, dates, priority."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

_CASE_NUMBER = re.compile(r"Case\s+Number\s*:\s*(CM\d{2}-\d{3,})", re.IGNORECASE)
_PRIORITY = re.compile(r"Priority\s*:\s*(Standard|Expedited)", re.IGNORECASE)
_LABELS = {
    "date_assigned": r"Date\s+Assigned",
    "date_of_injury": r"Date\s+of\s+Injury",
    "decision_date": r"(?:Decision\s+Date|Dated|Date\s+of\s+Determination)",
    "ur_denial_date": r"(?:UR\s+(?:Denial|Decision)\s+Date|Date\s+of\s+UR\s+(?:Decision|Denial))",
    "received_date": r"(?:Application\s+)?Received(?:\s+Date)?",
}
_DATES = {
    name: re.compile(rf"\b{label}\s*:\s*(\d{{1,2}})/(\d{{1,2}})/(\d{{4}})\b", re.IGNORECASE)
    for name, label in _LABELS.items()
}


def read_header(header: str) -> dict[str, Any]:
    """Case number, dates and priority by the names of Determination; None for what isn't there."""
    number = _CASE_NUMBER.search(header)
    priority = _PRIORITY.search(header)
    values: dict[str, Any] = {name: _date(pattern, header) for name, pattern in _DATES.items()}
    values["case_number"] = number[1].upper() if number else None
    values["priority"] = priority[1].capitalize() if priority else None
    return values


def _date(pattern: re.Pattern[str], header: str) -> date | None:
    found = pattern.search(header)
    return as_date(found[3], found[1], found[2]) if found else None


def as_date(year: str, month: str, day: str) -> date | None:
    """The date of these digits, a year of two digits lying from 1950 to 2049; None if there is none."""
    number = int(year)
    century = (1900 if number >= 50 else 2000) if number < 100 else 0
    try:
        return date(century + number, int(month), int(day))
    except ValueError:
        return None
