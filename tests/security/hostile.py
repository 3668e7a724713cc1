"""Letters that are attacks in every field that is shown, in their files, and in the names of files."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path

from search_app.model import OVERTURNED, UPHELD, Citation, Decision, Determination, Reviewer
from tests.web.making import build_index, failed

ATTACKS: list[str] = tomllib.loads(Path(__file__).with_name("attacks.toml").read_text(encoding="utf-8"))[
    "texts"
]
DAY = date(2016, 2, 3)


def _decision(attack: str, outcome: str) -> Decision:
    values = (attack,)
    cited = (
        Citation(label=attack, text=attack, chapter=attack, sections=values, pages=values, topic=attack),
    )
    return Decision(
        request=f"{attack} brace",
        disputed=f"{attack} brace",
        outcome=outcome,
        rationale=f"{attack} The brace {attack} was asked for.",
        original_request=attack,
        authorized=attack,
        drugs=values,
        category=attack,
        subcategory=attack,
        claims_admin_guidelines_text=attack,
        reviewer_guidelines_text=attack,
        claims_admin_guidelines=values,
        reviewer_guidelines=values,
        claims_admin_citations=cited,
        reviewer_citations=cited,
        body_parts=values,
        sides=values,
        spinal_levels=values,
    )


def _letter(number: int, attack: str) -> Determination:
    values = (attack,)
    return Determination(
        id=f"{attack}{number}",
        case_number=f"{attack}{number}",
        decisions=(_decision(attack, UPHELD), _decision(attack, OVERTURNED)),
        decision_date=DAY,
        date_of_injury=DAY,
        reviewer=Reviewer(licensure=values, specialties=values, boards=values),
        summary=attack,
        priority=attack,
        sex=attack,
        source=f"letters/{number}.html",
        warnings=values,
    )


LETTERS = [_letter(number, attack) for number, attack in enumerate(ATTACKS)]
FILES = {letter.source: f"<p>Plain.</p>{letter.priority}".encode() for letter in LETTERS}


def build(index: Path) -> Path:
    """The index, with files that could not be taken in for reasons that are attacks as well."""
    return build_index(index, LETTERS, FILES, [failed(f"{one}.pdf", one, one) for one in ATTACKS])
