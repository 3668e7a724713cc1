"""The "medical professional review": one rationale for the issue or issues at dispute.

Its heading for the rationale always says NOT MEDICALLY NECESSARY, so the outcome is read from what the
rationale concludes, and a letter that concludes nothing, or both, is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

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
_SENTENCE = re.compile(r"(?<=[.;])\s+")
_AFFIRMED = re.compile(
    r"""\b(?:is|are|was|were)\s+(?:\w+\s+){0,4}?medically\s*(?:necessary|appropriate)\b
    |\bmedical\s+necessity\s+(?:\w+\s+){0,8}?(?:is|was|has\s+been)\s+(?:established|supported|demonstrated|shown|met)\b""",
    re.IGNORECASE | re.VERBOSE,
)
_NEGATED = re.compile(
    r"""\b(?:is|are|was|were)\s*not\s*(?:(?:considered|deemed|found|determined|felt)\s+)?(?:to\s+be\s+)?medically
    |\b(?:considered|deemed|found|determined|felt)\s+(?:to\s+be\s+)?not\s*medically
    |\bnot\s+(?:been\s+|be\s+)?(?:established|supported|demonstrated|shown|met)""",
    re.IGNORECASE | re.VERBOSE,
)
_HEDGED = re.compile(
    r"\b(?:no|not|cannot|unclear|only|when|where|if|unless|whether|until|may|might|would|could|guidelines?)\b",
    re.IGNORECASE,
)
"""Words of a sentence on medical necessity that is a rule or a doubt, and no conclusion."""

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
    sentences = _SENTENCE.split(one_line(rationale))
    conclusions = {conclusion for sentence in sentences for conclusion in _conclusions(sentence)}
    if len(conclusions) != 1:
        said = "both outcomes" if conclusions else "no outcome"
        raise NotADetermination(
            f"The rationale states {said}, and nothing else in this layout tells which it is.",
            "Read the letter itself.",
        )
    return conclusions.pop()


def _conclusions(sentence: str) -> Iterator[str]:
    """The outcomes that a sentence concludes: none where it states a rule or a doubt."""
    if _NEGATED.search(sentence):
        yield UPHELD
    rest = _NEGATED.sub(" ", sentence)
    if _AFFIRMED.search(rest) and not _HEDGED.search(rest):
        yield OVERTURNED


PROFESSIONAL = Layout(name="medical professional review", recognises=_recognises, read=_read)
