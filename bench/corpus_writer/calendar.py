"""Case numbers and dates: the letter's number decides its year, case number and day of receipt."""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import accumulate
from math import gcd

from bench.corpus_writer.datafiles import prose
from bench.corpus_writer.dice import Dice

# Applications that never became a letter leave gaps in the numbers: about 1.4 applications a letter.
_APPLICATIONS_A_LETTER = 1.4
_HIGHEST = 9_999_999
# The last year's applications stop early enough that the last decision still falls in that year.
_LAST_YEAR_DAYS = 325
# Steps of the golden ratio spread any few letters evenly over the years.
_GOLDEN = 0.6180339887


@dataclass(frozen=True, slots=True)
class Dates:
    """The dates of one case, each later than the one before (request and visit may be one day)."""

    injury: date
    visit: date
    request: date
    denial: date
    received: date
    assigned: date
    decision: date
    months: int


@dataclass(frozen=True, slots=True)
class Serial:
    """A case number, the day its application came in, and how long its decision may take in days."""

    case_id: str
    received: date
    days: tuple[int, int]


@dataclass(frozen=True, slots=True)
class _Years:
    rows: tuple[tuple[int, int, tuple[int, int]], ...]
    ends: tuple[int, ...]
    step: int


@cache
def _years() -> _Years:
    rows = tuple(
        (
            row["year"],
            round(row["thousands"] * 1000 * _APPLICATIONS_A_LETTER),
            (row["days"][0], row["days"][1]),
        )
        for row in prose("calendar.toml")["year"]
    )
    ends = tuple(accumulate(row[1] for row in rows))
    step = round(ends[-1] * _GOLDEN)
    while gcd(step, ends[-1]) != 1:
        step += 1
    return _Years(rows, ends, step)


def serial(seed: int, number: int) -> Serial:
    """Return the case number and receipt of a letter; no two numbers of one seed share a case number.

    Raises ValueError when the seven digits of the case numbers are used up (past some 30 million letters).
    """
    years = _years()
    total = years.ends[-1]
    lap, place = divmod(number, total)
    position = (place * years.step + seed * 1_000_003) % total
    row = bisect_right(years.ends, position)
    year, size, days = years.rows[row]
    within = position - (years.ends[row] - size)
    printed = lap * size + within + 1
    if printed > _HIGHEST:
        raise ValueError(f"letter {number}: the case numbers of {year} are used up; ask for fewer letters")
    length = _LAST_YEAR_DAYS if row == len(years.rows) - 1 else 365
    received = date(year, 1, 2) + timedelta(days=within * (length - 2) // size)
    return Serial(f"CM{year % 100:02d}-{printed:07d}", received, days)


def write_dates(case: Serial, dice: Dice) -> Dates:
    """Draw the dates around the receipt of an application."""
    decision = case.received + timedelta(days=dice.between(*case.days))
    assigned = case.received + timedelta(days=dice.between(0, 6))
    denial = case.received - timedelta(days=dice.between(3, 26))
    request = denial - timedelta(days=dice.between(2, 8))
    visit = request - timedelta(days=dice.between(0, 12))
    months = int(6 * 20 ** dice.random())
    injury = _months_before(request, months, dice)
    return Dates(injury, visit, request, denial, case.received, assigned, decision, months)


def _months_before(day: date, months: int, dice: Dice) -> date:
    """Return a day that lies the given number of whole months before."""
    of_month = dice.between(1, 28)
    year, month = divmod(day.year * 12 + day.month - 1 - months - (of_month > day.day), 12)
    return date(year, month + 1, of_month)
