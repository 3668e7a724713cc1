"""Fictional determinations that exercise every field, facet, sort and kind of text."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from search_app.model import Decision, Determination, Reviewer

_DATA = tomllib.loads(Path(__file__).with_name("letters.toml").read_text(encoding="utf-8"))
_TEMPLATE: Mapping[str, Any] = _DATA["template"]
_SERIES = 40
_LONG_ENTRIES = 500


def _special() -> list[Determination]:
    return [Determination.from_json(record) for record in _DATA["letter"]]


def _decision(number: int, at: int) -> Decision:
    items, parts, guidelines = _TEMPLATE["item"], _TEMPLATE["parts"], _TEMPLATE["guidelines"]
    item = items[(number + 3 * at) % len(items)]
    words = {"part": parts[(number + at) % len(parts)], "n": 6 + (number * 5 + at) % 9}
    request = item["request"].format(**words)
    return Decision(
        request=request,
        disputed=request,
        outcome="Overturned" if (number * 7 + at * 5) % 3 == 0 else "Upheld",
        rationale=item["reason"].format(**words),
        drugs=tuple(item.get("drugs", ())),
        category=item["category"],
        subcategory=item["subcategory"] if number % 11 else None,
        reviewer_guidelines=tuple(guidelines[(number + at) % len(guidelines)]) if number % 7 else None,
    )


def _of_series(number: int) -> Determination:
    states, boards, jobs = _TEMPLATE["states"], _TEMPLATE["boards"], _TEMPLATE["jobs"]
    decided = date(_TEMPLATE["years"][number % 5], 1 + number % 12, 1) + timedelta(days=number % 3 * 14)
    part = _TEMPLATE["parts"][number % 6]
    return Determination(
        id=f"CM17-{number:07}",
        case_number=f"CM17-{number:07}",
        decision_date=None if number % 13 == 5 else decided,
        reviewer=Reviewer(
            licensure=tuple(dict.fromkeys([states[number % 7], states[number * 3 % 7]])),
            boards=tuple(boards[at % 6] for at in range(number, number + number % 3)),
        ),
        age=20 + number,
        sex="female" if number % 2 else "male",
        summary=f"A {jobs[number % 7]} hurt the {part} lifting; tramadol, therapy and rest were tried first.",
        source=f"series/{number}.txt",
        decisions=tuple(_decision(number, at) for at in range(1 + number % 4)),
    )


def _long() -> Determination:
    rationale = " ".join(
        f"Entry {number}: the pain was {number % 11} of ten, the walk took {number * 7 % 60} minutes."
        + (" Only now does the diary speak of a pseudarthrosis of the fusion." if number == 377 else "")
        for number in range(_LONG_ENTRIES)
    )
    decision = Decision(
        request="Bone growth stimulator",
        disputed="Bone growth stimulator",
        outcome="Upheld",
        rationale=rationale,
    )
    return Determination(id="CM16-0999999", decision_date=date(2016, 9, 9), decisions=(decision,))


LETTERS: tuple[Determination, ...] = (
    *_special(),
    *(_of_series(number) for number in range(1, _SERIES + 1)),
    _long(),
)


def changed() -> tuple[dict[str, Determination], tuple[str, ...]]:
    """Replacements by id (fewer, more and other decisions, one new letter), and the ids that are deleted."""
    known = {letter.id: letter for letter in LETTERS}
    six, two, odd = known["CM16-0229229"], known["CM15-0000406"], known["Ménière-λ-膝"]
    extra = replace(two.decisions[0], request="Gym membership", rationale="A gym is no treatment for a knee.")
    new = replace(known["CM16-0000002"], id="CM16-0000003", decision_date=date(2018, 1, 1))
    replaced = [
        replace(six, decisions=six.decisions[3:5], decision_date=None),
        replace(two, decisions=(*two.decisions, extra, six.decisions[1])),
        replace(
            odd,
            summary="Only the summary is another.",
            reviewer=Reviewer(boards=("Otolaryngology", "Neurology")),
        ),
        new,
    ]
    return {letter.id: letter for letter in replaced}, (
        "scan",
        "CM17-0000004",
        "CM16-0300002",
        "CM16-0000001",
    )


def after_change() -> tuple[Determination, ...]:
    """`LETTERS` after the replacements and deletions of `changed`."""
    replaced, deleted = changed()
    letters = {letter.id: letter for letter in LETTERS} | replaced
    return tuple(letter for name, letter in letters.items() if name not in deleted)
