"""The determination letter of 2013 and 2014.

Headings HOW THE IMR FINAL DETERMINATION WAS MADE, DOCUMENTS REVIEWED, CLINICAL CASE SUMMARY, and IMR
DECISION(S) AND RATIONALE(S); its items are numbered sentences ("1. X is not medically necessary and
appropriate.") or headings like those of later letters ("X: Upheld").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search_app.errors import NotADetermination
from search_app.letters.layouts import numbered
from search_app.letters.layouts.headings import TOP, heading, sections, without_introduction
from search_app.letters.layouts.items import cut_items
from search_app.letters.layouts.parts import Item, Layout, Parts

_HEADINGS = {
    "how made": heading("HOW THE IMR FINAL DETERMINATION WAS MADE"),
    "documents": heading("DOCUMENTS REVIEWED"),
    "summary": heading("CLINICAL CASE SUMMARY"),
    "decisions": heading(
        "IMR DECISION(S) AND RATIONALE(S)", "IMR DECISIONS AND RATIONALES", "IMR DECISION AND RATIONALE"
    ),
}
_DECIDED = re.compile(
    rf"""(?:^|\n)\W{{0,40}}(?P<number>\d{{1,2}})\s*[.)]\s*(?P<request>(?:(?!\n\W{{0,40}}\d{{1,2}}\s*[.)]\s).){{2,600}}?)\s*{numbered.NECESSITY}\s*\.?
    (?=\s*(?:{numbered.CLAIMS_ADMIN_BEGINS}|{numbered.REVIEWER_BEGINS}|{numbered.RATIONALE_BEGINS}))""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)
_RATIONALE = re.compile(rf"(?:^|\n)\W{{0,40}}{numbered.RATIONALE_BEGINS}", re.IGNORECASE)


def _recognises(text: str) -> bool:
    return bool(_HEADINGS["decisions"].search(text))


def _read(text: str) -> Parts:
    cut = sections(text, _HEADINGS)
    decisions = without_introduction(cut["decisions"])
    return Parts(
        header=cut[TOP],
        reviewer=cut["how made"] or cut[TOP],
        summary=without_introduction(cut["summary"]),
        items=_numbered_items(decisions) or cut_items(decisions),
    )


def _starts(text: str) -> Iterator[re.Match[str]]:
    """The beginnings of the items: those numbered 1, 2, 3; a rationale's line may begin with any number."""
    number, found = 1, _DECIDED.search(text)
    while found:
        right = int(found["number"]) == number
        if right:
            yield found
        number += right
        found = _DECIDED.search(text, found.end() if right else found.start() + 1)


def _numbered_items(text: str) -> tuple[Item, ...]:
    starts = list(_starts(text))
    rationales = len(_RATIONALE.findall(text))
    if starts and rationales != len(starts):
        raise NotADetermination(
            f"There are {rationales} rationales but {len(starts)} decisions that can be read.",
            "If the file is a determination, please report its layout.",
        )
    return tuple(
        numbered.read_item(start["request"], numbered.outcome_of(start), body)
        for start, body in zip(starts, numbered.bodies(text, starts), strict=True)
    )


EARLY = Layout(name="determination of 2013-14", recognises=_recognises, read=_read)
