"""Small fictional letters in the layout of the form, for tests that need one to bend."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

HEADER = """Case Number: {number}
Date Assigned: 02/03/2016 Date of Injury: 07/09/2014
Decision Date: 03/01/2016 UR Denial Date: 01/11/2016
Priority: Standard Application
Received:
01/20/2016
"""
REVIEWER = """HOW THE IMR FINAL DETERMINATION WAS MADE
An invented reviewer looked at an invented file.
State(s) of Licensure: California, Oregon
Certification(s)/Specialty: Family Practice, Sports Medicine
"""
SUMMARY = (
    "Dana is a 52 year old woman who hurt her right knee on a ladder and has had eight visits of therapy."
)


@dataclass(frozen=True)
class Item:
    """One disputed item of a sample letter; None leaves a paragraph out."""

    heading: str = "MRI of the right knee"
    outcome: str = "Upheld"
    claims_admin: str | None = "Decision based on MTUS Knee Complaints 2004."
    reviewer: str | None = "Decision based on MTUS Knee Complaints 2004, Section(s): Special Studies."
    rationale: str = "Nothing in the notes suggests a torn ligament. The scan is not medically necessary."


def letter(
    items: Sequence[Item] = (Item(),),
    number: str = "CM16-0000001",
    summary: str = SUMMARY,
    header: bool = True,
) -> str:
    """The text of a letter with these items."""
    parts = [HEADER.format(number=number)] if header else []
    parts += [REVIEWER, "CLINICAL CASE SUMMARY\n", summary, "\nIMR ISSUES, DECISIONS AND RATIONALES\n"]
    for item in items:
        parts.append(f"{item.heading}: {item.outcome}\n")
        if item.claims_admin is not None:
            parts.append(f"Claims Administrator guideline: {item.claims_admin}\n")
        if item.reviewer is not None:
            parts.append(f"MAXIMUS guideline: {item.reviewer}\n")
        parts.append(f"Decision rationale: {item.rationale}\n")
    return "".join(parts)
