"""What a look at an index finds."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Grade(StrEnum):
    """How bad it is: nothing, something to know, or something to repair."""

    OK = "ok"
    NOTE = "note"
    FAULT = "FAULT"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: which, how it is, and what to do about it."""

    grade: Grade
    check: str
    says: str
    repair: str = ""


def fine(check: str, says: str) -> Finding:
    """Nothing is wrong."""
    return Finding(Grade.OK, check, says)


def note(check: str, says: str, repair: str = "") -> Finding:
    """Something to know; the index is sound."""
    return Finding(Grade.NOTE, check, says, repair)


def fault(check: str, says: str, repair: str) -> Finding:
    """Something to repair."""
    return Finding(Grade.FAULT, check, says, repair)
