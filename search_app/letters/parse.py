"""Puts the parts of a letter together as a Determination."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import PurePosixPath

from search_app.letters.cleaning import clean, one_line
from search_app.letters.files import LetterFile
from search_app.letters.header import read_header
from search_app.letters.layouts import Item, read_parts
from search_app.letters.readers import read
from search_app.letters.requests import read_request
from search_app.letters.reviewer import read_reviewer
from search_app.letters.summary import read_age, read_injury_date, read_sex
from search_app.model import OVERTURNED, UPHELD, Decision, Determination
from search_app.vocabulary import drugs, guidelines, treatments
from search_app.vocabulary.body_parts import find_body_parts

_FICTIONAL = "Fictional letter written for imr-search"
"""How the letters of corpus/ begin, so that nobody takes one for a real case."""

_OUTCOME = re.compile(rf":\s*(?:{UPHELD}|{OVERTURNED})\b")
_PROSE = re.compile(r"\bmedically necessary\b|\b(?:is|are|was|were) not\b|\baccordingly\b", re.IGNORECASE)
"""Words of a rationale, which no request has."""

LONGEST_HEADING = 600
"""Characters of a heading beyond which it is doubtful; long real ones list a compound's ingredients."""


def parse_file(file: LetterFile, data: bytes | None = None) -> Determination:
    """The determination in a file; raises UnreadableFile or NotADetermination.

    `data` saves reading the file again where its bytes are at hand.
    """
    text = read(file.name, file.data() if data is None else data)
    return parse_text(text, file.source)


def parse_text(text: str, source: str) -> Determination:
    """The determination in a reader's text; raises NotADetermination."""
    cleaned = clean(text)
    parts = read_parts(cleaned)
    header = read_header(parts.header)
    summary = one_line(parts.summary)
    header["date_of_injury"] = header["date_of_injury"] or read_injury_date(summary)
    return Determination(
        **header,
        id=header["case_number"] or PurePosixPath(source).stem,
        reviewer=read_reviewer(parts.reviewer),
        age=read_age(summary),
        sex=read_sex(summary),
        summary=summary,
        decisions=tuple(_decision(item) for item in parts.items),
        source=source,
        warnings=tuple(_warnings(parts.items)),
        fictional=_FICTIONAL in one_line(cleaned[:500]),
    )


def _warnings(items: Sequence[Item]) -> Iterator[str]:
    """What makes it doubtful that an item was read wholly."""
    for number, item in enumerate(items, 1):
        if not item.rationale:
            yield f"Item {number} has no rationale of its own; it may stand in another part of the letter."
        if _OUTCOME.search(item.rationale):
            yield f"In the rationale of item {number} stands an outcome; another item may be hidden there."
        if len(item.heading) > LONGEST_HEADING or _PROSE.search(item.heading):
            yield f"In the heading of item {number} the end of the text above it may be."


def _decision(item: Item) -> Decision:
    request = read_request(item.heading)
    treatment = treatments.classify(
        request.disputed, drugs.find_drugs(request.disputed), associated=request.associated
    )
    claims_admin, reviewer = guidelines.citations(item.claims_admin), guidelines.citations(item.reviewer)
    body = find_body_parts(request.disputed)
    return Decision(
        request=request.request,
        disputed=request.disputed,
        original_request=request.original_request,
        authorized=request.authorized,
        outcome=item.outcome,
        rationale=item.rationale,
        drugs=treatment.drugs,
        category=treatment.category,
        subcategory=treatment.subcategory,
        claims_admin_guidelines_text=item.claims_admin,
        reviewer_guidelines_text=item.reviewer,
        claims_admin_guidelines=guidelines.labels_of(claims_admin),
        reviewer_guidelines=guidelines.labels_of(reviewer),
        claims_admin_citations=claims_admin,
        reviewer_citations=reviewer,
        same_guideline=guidelines.same_guideline(reviewer, claims_admin),
        body_parts=body.parts,
        sides=body.sides,
        spinal_levels=body.levels,
    )
