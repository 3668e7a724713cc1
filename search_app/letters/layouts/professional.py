"""The "medical professional review": one rationale for the issue or issues at dispute.

Its heading for the rationale always says NOT MEDICALLY NECESSARY, so the outcome is read from what the
rationale concludes, and a letter that concludes nothing, or both, is not read.
"""

from __future__ import annotations

import re

from search_app.errors import NotADetermination
from search_app.letters.cleaning import one_line
from search_app.letters.layouts.headings import TOP, heading, label, sections
from search_app.letters.layouts.parts import Item, Layout, Parts
from search_app.model import OVERTURNED, UPHELD

_TITLE = heading("MEDICAL PROFESSIONAL REVIEW")
_RATIONALE = (
    "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS NOT MEDICALLY NECESSARY",
    "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS NOT MEDICALLY NECESSARY",
    "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE WAS NOT MEDICALLY NECESSARY",
    "RATIONALE FOR WHY THE REQUESTED TREATMENT/SERVICE IS/WAS MEDICALLY NECESSARY",
    "RATIONALE",
)
_RELIED_UPON = (
    "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY PROFESSIONAL REVIEWER AND WHY",
    "MEDICAL TREATMENT GUIDELINES RELIED UPON BY PROFESSIONAL REVIEWER AND WHY",
    "MEDICAL TREATMENT GUIDELINE(S) RELIED UPON BY THE PROFESSIONAL REVIEWER AND WHY",
)
_HEADINGS = {
    "issue": label("ISSUE AT DISPUTE", "ISSUES AT DISPUTE", "ISSUE(S) AT DISPUTE"),
    "summary": label("CASE SUMMARY"),
    "documents": label("DOCUMENTS REVIEWED FOR DETERMINATION", "DOCUMENTS REVIEWED"),
    "guidelines": label(*_RELIED_UPON),
    "rationale": label(*_RATIONALE),
    "qualifications": label("MEDICAL REVIEWER QUALIFICATIONS", "MEDICAL REVIEWER'S QUALIFICATIONS"),
}
_CONCLUSION = re.compile(
    r"""\b(?:is|are|was|were)\s*
    (?P<not>not\s+)?(?:(?:considered|deemed|found|determined|felt)\s+(?:to\s+be\s+)?)?(?P<not2>not\s*)?
    medically\s*(?:necessary|appropriate)""",
    re.IGNORECASE | re.VERBOSE,
)
_NUMBER = re.compile(r"(?:^|\n)\W{0,40}\d{1,2}\s*[.)]\s+")


def _recognises(text: str) -> bool:
    return bool(_TITLE.search(text) and _HEADINGS["issue"].search(text))


def _read(text: str) -> Parts:
    cut = sections(text, _HEADINGS)
    outcome = _outcome(cut["rationale"])
    rationale, guidelines = one_line(cut["rationale"]), one_line(cut["guidelines"])
    issues = [one_line(issue) for issue in _NUMBER.split(cut["issue"])]
    return Parts(
        header=cut[TOP],
        reviewer=cut["qualifications"],
        summary=cut["summary"],
        items=tuple(
            Item(issue.rstrip("."), outcome, None, guidelines or None, rationale) for issue in issues if issue
        ),
    )


def _outcome(rationale: str) -> str:
    conclusions = {
        UPHELD if found["not"] or found["not2"] else OVERTURNED for found in _CONCLUSION.finditer(rationale)
    }
    if len(conclusions) != 1:
        said = "both outcomes" if conclusions else "no outcome"
        raise NotADetermination(
            f"The rationale states {said}, and nothing else in this layout tells which it is.",
            "Read the letter itself.",
        )
    return conclusions.pop()


PROFESSIONAL = Layout(name="medical professional review", recognises=_recognises, read=_read)
