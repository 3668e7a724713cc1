"""How well letters are read, against annotations made by hand.

An annotation is a determination's JSON (see `model`), which may leave fields out and may give a rationale by
its first and last words (`rationale_first`, `rationale_last`) and a second category that is right too
(`alt_category`, "category/subcategory"). Texts are compared by their letters and digits only, as white space
and punctuation are the converter's. Lists of drugs and guideline labels score by F1, all else by accuracy.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

Record: TypeAlias = Mapping[str, Any]

_CASE = (
    "case_number", "date_assigned", "date_of_injury", "decision_date", "ur_denial_date", "received_date",
    "priority", "licensure", "specialties", "age", "sex",
)  # fmt: skip
_TEXTS = ("outcome", "request", "disputed", "original_request", "authorized")
_SETS = ("drugs", "claims_admin_guidelines", "reviewer_guidelines")


@dataclass(frozen=True, slots=True)
class Difference:
    """Where a reading differs from its annotation."""

    where: str
    field: str
    expected: Any
    found: Any


@dataclass(slots=True)
class Tally:
    """Counts of one field: `right` of `expected` annotated and `found` read."""

    right: int = 0
    expected: int = 0
    found: int = 0

    @property
    def score(self) -> float:
        """F1, which is accuracy where as many were found as expected; 1 where there was nothing to find."""
        both = self.expected + self.found
        return 2 * self.right / both if both else 1.0


@dataclass(slots=True)
class Evaluation:
    """The tallies by field, in a fixed order, and every difference."""

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    differences: list[Difference] = field(default_factory=list)

    def one(self, where: str, name: str, expected: Any, found: Any, same: bool) -> None:
        """Count a value that is either right or wrong."""
        tally = self.tallies[name]
        tally.expected += 1
        tally.found += 1
        tally.right += same
        if not same:
            self.differences.append(Difference(where, name, expected, found))

    def many(self, where: str, name: str, expected: set[str], found: set[str]) -> None:
        """Count a set of values."""
        tally = self.tallies[name]
        tally.expected += len(expected)
        tally.found += len(found)
        tally.right += len(expected & found)
        if expected != found:
            self.differences.append(Difference(where, name, sorted(expected), sorted(found)))


def evaluate(annotations: Iterable[Record], readings: Iterable[Record]) -> Evaluation:
    """Compare readings with annotations by id; a letter or decision not read is wrong in every field."""
    by_id = {reading["id"]: reading for reading in readings}
    result = Evaluation()
    for annotation in annotations:
        _letter(result, annotation, by_id.get(annotation["id"], {}))
    return result


def _letter(result: Evaluation, expected: Record, found: Record) -> None:
    where = str(expected["id"])
    for name in _CASE:
        if name in expected:
            same = bool(found) and _plain(expected[name]) == _plain(found.get(name))
            result.one(where, name, expected[name], found.get(name), same)
    decisions, read = expected["decisions"], found.get("decisions", [])
    result.one(where, "number of decisions", len(decisions), len(read), len(decisions) == len(read))
    for number, decision in enumerate(decisions, 1):
        _decision(result, f"{where}/{number}", decision, read[number - 1] if number <= len(read) else {})


def _decision(result: Evaluation, where: str, expected: Record, found: Record) -> None:
    for name in _TEXTS:
        if name in expected:
            same = bool(found) and _plain(expected[name]) == _plain(found.get(name))
            result.one(where, name, expected[name], found.get(name), same)
    if "category" in expected:
        _category(result, where, expected, found)
    _rationale(result, where, expected, found)
    for name in _SETS:
        if name in expected:
            result.many(where, name, set(expected[name] or ()), set(found.get(name) or ()))


def _category(result: Evaluation, where: str, expected: Record, found: Record) -> None:
    right = {(expected["category"], expected["subcategory"])}
    if expected.get("alt_category"):
        category, _, subcategory = expected["alt_category"].partition("/")
        right.add((category, subcategory))
    read = (found.get("category"), found.get("subcategory"))
    result.one(where, "category", sorted(right), read, read[0] in {category for category, _ in right})
    result.one(where, "subcategory", sorted(right), read, read in right)


def _rationale(result: Evaluation, where: str, expected: Record, found: Record) -> None:
    whole = expected.get("rationale")
    first, last = expected.get("rationale_first", whole), expected.get("rationale_last", whole)
    if first is None or last is None:
        return
    read = _plain(found.get("rationale") or "")
    same = read == _plain(whole) if whole else read.startswith(_plain(first)) and read.endswith(_plain(last))
    shown = found.get("rationale") or ""
    result.one(where, "rationale", (first[:60], last[-60:]), (shown[:60], shown[-60:]), bool(found) and same)


def _plain(value: Any) -> Any:
    if isinstance(value, list | tuple):
        return [_plain(one) for one in value]
    return None if value is None else re.sub(r"[\W_]", "", str(value)).lower()
