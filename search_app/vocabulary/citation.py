"""A guideline document that a paragraph of a letter cites, with what it cites from it."""

from dataclasses import dataclass


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
