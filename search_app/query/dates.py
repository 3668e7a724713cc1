"""Dates as people type them in a query: a year, a month, a day."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date

_ISO = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d{1,2})(?:-(?P<day>\d{1,2}))?)?$")
_US = re.compile(r"(?:(?P<month>\d{1,2})/)?(?:(?P<day>\d{1,2})/)?(?P<year>\d{4})$")


@dataclass(frozen=True, slots=True)
class Period:
    """The days from `first` to `last`, both included."""

    first: date
    last: date


def period(text: str) -> Period | None:
    """The period that a text names: 2016, 2016-05, 2016-05-03, 5/2016 or 5/3/2016; None if it names none."""
    found = _ISO.match(text.strip()) or _US.match(text.strip())
    if not found:
        return None
    year, month, day = (found["year"], found["month"], found["day"])
    try:
        first = date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    if day:
        return Period(first, first)
    last_month = int(month or 12)
    return Period(first, date(first.year, last_month, monthrange(first.year, last_month)[1]))
