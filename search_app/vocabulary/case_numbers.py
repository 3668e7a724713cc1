"""Case numbers, however they are typed."""

from __future__ import annotations

import re

# What is skipped is not given back (*+, ?+), else spaces that several parts take are tried in every split.
_TYPED = re.compile(
    r"""\s*+
    (?:(?:IMR|case)\s*+(?:no\.?|number|\#)?+\s*+:?+\s*+)?+
    (?:CM)?+\s*+-?+\s*+
    (?P<year>\d{2})\s*+-?+\s*+(?P<number>\d{3,7})
    \s*+$""",
    re.IGNORECASE | re.VERBOSE,
)
"""CM16-0213037, cm16 213037, CM160213037, IMR 16-213037, case no. CM16-0213037."""

_BEGUN = re.compile(
    r"\s*+(?:IMR\s++|case\s++)?+CM\s*+-?+\s*+(?P<year>\d{2})\s*+-?+\s*+(?P<digits>\d{1,7})\s*+$",
    re.IGNORECASE,
)
"""CM16-02, cm16 02, case CM16-0213037."""

_DIGITS = 7
_LETTERS = re.compile(r"[a-z]", re.IGNORECASE)


def canonical(typed: str) -> str | None:
    """The case number that was typed, in the printed form CM16-0213037; None if it is none.

    Without CM or another word before it, only two digits, a sign and the number count as one: bare digits
    are more likely a dose or a date.
    """
    found = _TYPED.match(typed)
    if not found or not (_LETTERS.search(typed) or re.search(r"\d{2}\s*+-\s*+\d{4,}", typed)):
        return None
    return f"CM{found['year']}-{int(found['number']):0{_DIGITS}}"


def beginning(typed: str) -> tuple[str, str] | None:
    """The year and the first digits of a case number that is being typed; None if it is none.

    >>> beginning("cm16-021")
    ('16', '021')
    """
    found = _BEGUN.match(typed)
    return (found["year"], found["digits"]) if found else None
