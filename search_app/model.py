"""What a determination letter says, as frozen values.

A *determination* is one letter: one case, one reviewer, one or more *decisions*. A decision is one
disputed item with its own outcome and rationale, and the unit of search. `to_json` and `from_json`
round-trip exactly; the JSON names are the attribute names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from operator import attrgetter
from types import MappingProxyType
from typing import Any

UPHELD = "Upheld"
OVERTURNED = "Overturned"
PARTIALLY_OVERTURNED = "Partially Overturned"
PHARMACEUTICALS = "Pharmaceuticals"

HEADER_DATES: Mapping[str, str] = MappingProxyType(
    {
        "date_of_injury": "Date of injury",
        "ur_denial_date": "UR denial",
        "received_date": "Application received",
        "date_assigned": "Assigned",
        "decision_date": "Decision",
    }
)
"""The dates of a letter's header block and their labels, in the order in which they happen."""

_CITATIONS = ("claims_admin_citations", "reviewer_citations")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """One document that a guideline paragraph cites, and the places in it.

    `label` is the canonical one: "MTUS: Low Back Complaints", "ODG", "ACOEM", "Other". `text` is the part of
    the paragraph that this citation is, and all else is as printed in it: `year` of the edition, `sections`
    ("Special Studies"), `pages` ("303-304", "24"). `chapter` is the number of a chapter of the ACOEM
    Practice Guidelines, 2nd edition ("12"), a newer ACOEM guideline's title, or the ODG chapter
    ("Low Back"), and `topic` the ODG topic ("MRIs (magnetic resonance imaging)").
    """

    label: str
    text: str
    year: int | None = None
    chapter: str | None = None
    sections: tuple[str, ...] = ()
    pages: tuple[str, ...] = ()
    topic: str | None = None

    def to_json(self) -> dict[str, Any]:
        """The citation as JSON-ready values."""
        return _plain(self)

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Citation:
        """The citation that `to_json` wrote; raises TypeError for an unknown or missing name."""
        return cls(**_tuples(record))


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """One disputed item: what was asked, what was authorized, what was decided, and why.

    `request` is the heading as printed on one line, `disputed` what was actually decided; they differ
    for partly authorized requests, where `original_request` and `authorized` are set too, and for
    "Associated surgical service:" items. A guideline list is None where the letter has no such
    paragraph and empty where the paragraph says that no evidence was cited; the labels are those of the
    citations. `same_guideline` tells whether both parties relied on a same one, None where either cited none.
    `body_parts`, `sides` and `spinal_levels` ("L4-L5") are those that the disputed item names.
    """

    request: str
    disputed: str
    outcome: str
    rationale: str
    original_request: str | None = None
    authorized: str | None = None
    drugs: tuple[str, ...] = ()
    category: str | None = None
    subcategory: str | None = None
    claims_admin_guidelines_text: str | None = None
    reviewer_guidelines_text: str | None = None
    claims_admin_guidelines: tuple[str, ...] | None = None
    reviewer_guidelines: tuple[str, ...] | None = None
    claims_admin_citations: tuple[Citation, ...] | None = None
    reviewer_citations: tuple[Citation, ...] | None = None
    same_guideline: bool | None = None
    body_parts: tuple[str, ...] = ()
    sides: tuple[str, ...] = ()
    spinal_levels: tuple[str, ...] = ()

    @property
    def drug_class(self) -> str | None:
        """The DWC's pharmaceutical subcategory; None for what is no medication."""
        return self.subcategory if self.category == PHARMACEUTICALS else None

    def to_json(self) -> dict[str, Any]:
        """The decision as JSON-ready values."""
        record = _plain(self)
        for name in _CITATIONS:
            if record[name]:
                record[name] = [citation.to_json() for citation in record[name]]
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Decision:
        """The decision that `to_json` wrote; raises TypeError for an unknown or missing name."""
        values = _tuples(record)
        for name in _CITATIONS:
            if values.get(name):
                values[name] = tuple(map(Citation.from_json, values[name]))
        return cls(**values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reviewer:
    """The anonymous expert reviewer: states of licensure and board certifications.

    `specialties` are as printed, `boards` the same under the spelling that the state lists.
    """

    licensure: tuple[str, ...] = ()
    specialties: tuple[str, ...] = ()
    boards: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Determination:
    """One letter. `id` is the printed case number, else the stem of the file's name.

    `source` is the file's path inside the corpus ("folder/a.pdf", "archive.zip!/a.pdf"); `age` is in
    years. Dates are those of the header block; None where the letter has none. `warnings` say, for people,
    what of the letter could not be read with certainty. `fictional` marks the letters written for this
    program, which say so themselves.
    """

    id: str
    decisions: tuple[Decision, ...]
    case_number: str | None = None
    date_assigned: date | None = None
    date_of_injury: date | None = None
    decision_date: date | None = None
    ur_denial_date: date | None = None
    received_date: date | None = None
    priority: str | None = None
    reviewer: Reviewer = Reviewer()
    age: int | None = None
    sex: str | None = None
    summary: str = ""
    source: str = ""
    warnings: tuple[str, ...] = ()
    fictional: bool = False

    @property
    def outcome(self) -> str:
        """The case's outcome, which the state rolls up from its decisions."""
        outcomes = {decision.outcome for decision in self.decisions}
        return outcomes.pop() if len(outcomes) == 1 else PARTIALLY_OVERTURNED

    def to_json(self) -> dict[str, Any]:
        """The determination as JSON-ready values; those of the reviewer stand at the top level."""
        record = _plain(self)
        for name in HEADER_DATES:
            if record[name] is not None:
                record[name] = record[name].isoformat()
        del record["reviewer"], record["decisions"]
        record |= _plain(self.reviewer)
        record["decisions"] = [decision.to_json() for decision in self.decisions]
        return record

    @classmethod
    def from_json(cls, record: Mapping[str, Any]) -> Determination:
        """The determination that `to_json` wrote; raises TypeError or ValueError for anything else."""
        values = dict(record)
        for name in HEADER_DATES:
            values[name] = None if values.get(name) is None else date.fromisoformat(values[name])
        reviewer = Reviewer(**{name: tuple(values.pop(name, ())) for name in _NAMES[Reviewer]})
        decisions = tuple(Decision.from_json(decision) for decision in values.pop("decisions"))
        values["warnings"] = tuple(values.get("warnings", ()))
        return cls(**values, reviewer=reviewer, decisions=decisions)


def _names(kind: type[Citation | Decision | Reviewer | Determination]) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


_NAMES = {kind: _names(kind) for kind in (Citation, Decision, Reviewer, Determination)}
_VALUES = {kind: attrgetter(*names) for kind, names in _NAMES.items()}


def _plain(value: Citation | Decision | Reviewer | Determination) -> dict[str, Any]:
    """The attributes of a value by name, with lists for tuples."""
    pairs = zip(_NAMES[type(value)], _VALUES[type(value)](value), strict=True)
    return {name: list(one) if type(one) is tuple else one for name, one in pairs}


def _tuples(record: Mapping[str, Any]) -> dict[str, Any]:
    """A record with tuples for lists."""
    return {name: tuple(one) if type(one) is list else one for name, one in record.items()}
