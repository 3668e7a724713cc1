"""The final determination letter of 2014 and later.

A header block (absent in some copies), HOW THE IMR FINAL DETERMINATION WAS MADE, CLINICAL CASE SUMMARY, and
IMR ISSUES, DECISIONS AND RATIONALES.
"""

from __future__ import annotations

from search_app.errors import NotADetermination
from search_app.letters.layouts.headings import TOP, heading, sections, without_introduction
from search_app.letters.layouts.items import cut_items
from search_app.letters.layouts.parts import Layout, Parts

_HEADINGS = {
    "how made": heading("HOW THE IMR FINAL DETERMINATION WAS MADE"),
    "summary": heading("CLINICAL CASE SUMMARY"),
    "decisions": heading(
        "IMR ISSUES, DECISIONS AND RATIONALES",
        "IMR ISSUES, DECISIONS, AND RATIONALES",
        "IMR ISSUE, DECISION AND RATIONALE",
        "IMR ISSUES, DECISION AND RATIONALE",
    ),
}


def _recognises(text: str) -> bool:
    return bool(_HEADINGS["decisions"].search(text))


def _read(text: str) -> Parts:
    if len(_HEADINGS["decisions"].findall(text)) > 1:
        raise NotADetermination(
            "There are several determinations in the file.", "Split it into one file each."
        )
    cut = sections(text, _HEADINGS)
    return Parts(
        header=cut[TOP],
        reviewer=cut["how made"] or cut[TOP],
        summary=without_introduction(cut["summary"]),
        items=cut_items(without_introduction(cut["decisions"])),
    )


FINAL = Layout(name="final determination", recognises=_recognises, read=_read)
