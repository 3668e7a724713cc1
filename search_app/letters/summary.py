"""What the clinical case summary says of the injured worker: age, sex, and the date of injury."""

from __future__ import annotations

import re
from calendar import month_name
from datetime import date

from search_app.letters.header import as_date

_AGE = re.compile(
    r"""\b(?P<age>\d{1,3})
    [-\s]*
    (?: years?  [-\s]* (?:old|of\sage)      # 48 year old, 48-year-old, 48 years of age
      | yrs? \.? [-\s]* old                 # 34 yr. old
      | y \.? [-/\s]? o \b                  # 45 y/o, 45 y.o., 45yo
      | years?[-\s]+(?=(?:fe)?male\b)       # 48 year male
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_MALE = re.compile(r"\b(?:male|man|gentleman)\b", re.IGNORECASE)
_FEMALE = re.compile(r"\b(?:female|woman|lady)\b", re.IGNORECASE)
_HE = re.compile(r"\b(?:he|his|him|himself)\b", re.IGNORECASE)
_SHE = re.compile(r"\b(?:she|her|hers|herself)\b", re.IGNORECASE)

_MONTHS = tuple(month_name[1:])
_INJURY = re.compile(
    rf"""\b(?:injur(?:y|ed|ies)|DOI|occupational\s+claim)\b
    [^.;]{{0,80}}?
    (?: (?P<m>\d{{1,2}})[-/](?P<d>\d{{1,2}})[-/](?P<y>\d{{4}}|\d{{2}})
      | (?P<month>{"|".join(_MONTHS)})\s+(?P<day>\d{{1,2}}),?\s+(?P<year>\d{{4}})
    )\b
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A date soon after the word injury: "sustained an industrial injury on January 6, 2010"."""

_NEAR_AGE = 60
"""Characters after the age in which a word like "male" is about the injured worker."""


def read_age(summary: str) -> int | None:
    """The age in years, or None."""
    found = _AGE.search(summary)
    return int(found["age"]) if found and 0 < int(found["age"]) < 120 else None


def read_sex(summary: str) -> str | None:
    """Tell "male", "female" or None: by the word next to the age, by pronouns, or by the first such word."""
    age = _AGE.search(summary)
    near = summary[age.end() : age.end() + _NEAR_AGE] if age else ""
    return _first(near) or _by_pronouns(summary) or _first(summary)


def read_injury_date(summary: str) -> date | None:
    """The date of injury, or None."""
    found = _INJURY.search(summary)
    if not found:
        return None
    if found["m"]:
        return as_date(found["y"], found["m"], found["d"])
    return as_date(found["year"], str(_MONTHS.index(found["month"].capitalize()) + 1), found["day"])


def _first(text: str) -> str | None:
    male, female = _MALE.search(text), _FEMALE.search(text)
    if male and (not female or male.start() < female.start()):
        return "male"
    return "female" if female else None


def _by_pronouns(text: str) -> str | None:
    he, she = len(_HE.findall(text)), len(_SHE.findall(text))
    if he == she:
        return None
    return "male" if he > she else "female"
