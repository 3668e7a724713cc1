"""The notice of 2013: outcomes in a numbered list at the top, reasons further down.

"MAXIMUS FEDERAL SERVICES, INC.", "Notice of Independent Medical Review Determination", a block of labels, the
list ("... has determined the request for X is not medically necessary and appropriate."), the heading
INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE, the list once more, the reviewer's qualifications, the case
summary, the documents, and for each item "Regarding the request for X" with its guidelines and rationale.
Only fragments of real ones were seen, so the reading is liberal where the layout may vary.
"""

from __future__ import annotations

import re

from search_app.errors import NotADetermination
from search_app.letters.cleaning import one_line
from search_app.letters.layouts import numbered
from search_app.letters.layouts.headings import TOP, heading, label, sections, without_introduction
from search_app.letters.layouts.parts import Item, Layout, Parts

_TITLE = heading(
    "Notice of Independent Medical Review Determination",
    "INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE",
)
_HEADINGS = {
    "decision": heading("INDEPENDENT MEDICAL REVIEW DECISION AND RATIONALE"),
    "qualifications": label(
        "Medical Qualifications of the Expert Reviewer", "Medical Qualifications of the Professional Reviewer"
    ),
    "summary": label("Case Summary", "Expert Reviewer Case Summary"),
    "documents": label("Documents Reviewed", "Documents Submitted for Review", "Documents Submitted"),
    "items": re.compile(
        r"\n(?=\W{0,40}(?:\d{1,2}\s*[.)])?\s*Regarding\s+the\s+request\s+for\b)", re.IGNORECASE
    ),
}
_DETERMINED = re.compile(
    rf"\bdetermined\s+(?:that\s+)?the\s+request\s+for\s+(?P<request>.{{2,600}}?)\s*{numbered.NECESSITY}",
    re.IGNORECASE | re.DOTALL,
)
_REGARDING = re.compile(
    rf"""(?:^|\n)\W{{0,40}}(?:\d{{1,2}}\s*[.)])?\s*Regarding\s+the\s+request\s+for\s+(?P<request>.{{2,600}}?)
    \s*[:.]?\s*(?=\n[^\n]*\bRelied\s+Upon\b|\n\W{{0,40}}{numbered.CLAIMS_ADMIN_BEGINS}|\n\W{{0,40}}{numbered.REVIEWER_BEGINS}
    |\n\W{{0,40}}{numbered.RATIONALE_BEGINS})""",
    re.IGNORECASE | re.DOTALL | re.VERBOSE,
)


def _recognises(text: str) -> bool:
    return bool(_TITLE.search(text))


def _read(text: str) -> Parts:
    cut = sections(text, _HEADINGS)
    top = cut[TOP] + cut["decision"]
    return Parts(
        header=top,
        reviewer=cut["qualifications"],
        summary=without_introduction(cut["summary"]),
        items=_items(cut["items"], _outcomes(top)),
    )


def _outcomes(top: str) -> dict[str, str]:
    """The outcome of each request in the list, by the request's letters and digits."""
    outcomes: dict[str, str] = {}
    for sentence in _DETERMINED.finditer(top):
        outcome = numbered.outcome_of(sentence)
        if outcomes.setdefault(_key(sentence["request"]), outcome) != outcome:
            raise NotADetermination(
                f"The outcome of “{one_line(sentence['request'])[:80]}” is given in two different ways."
            )
    return outcomes


def _items(text: str, outcomes: dict[str, str]) -> tuple[Item, ...]:
    starts = list(_REGARDING.finditer(text))
    if len(starts) != len(outcomes) or not starts:
        raise NotADetermination(
            f"There are {len(outcomes)} decisions in the list but {len(starts)} items with reasons.",
            "If the file is a determination, please report its layout.",
        )
    named = {_key(start["request"]) for start in starts}
    left = {outcome for key, outcome in outcomes.items() if key not in named}
    if len(left) > 1:
        raise NotADetermination(
            "The items with reasons are worded otherwise than in the list of outcomes.",
            "Read the letter itself.",
        )
    # A request can be worded a little otherwise in the list; what is left of the list is then its outcome.
    other = next(iter(left), "")
    return tuple(
        numbered.read_item(start["request"], outcomes.get(_key(start["request"]), other), body)
        for start, body in zip(starts, numbered.bodies(text, starts), strict=True)
    )


def _key(request: str) -> str:
    return re.sub(r"\W", "", request).lower()


NOTICE = Layout(name="notice of 2013", recognises=_recognises, read=_read)
