"""The box that offers citations of a case or a decision."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.model import Determination
from search_app.web import citation
from search_app.web.citation import Citable
from search_app.web.pages.parts import Link
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Form:
    """A citation in one form, and where it is downloaded; `anchor` is its id on the page."""

    anchor: str
    name: str
    text: str
    download: Link | None = None


@dataclass(frozen=True, slots=True)
class Cite:
    """Citations of one thing in all forms; `plain` is what a printed page carries at its top."""

    heading: str
    plain: str
    forms: tuple[Form, ...]


def cite(case: Determination, urls: Urls, number: int | None = None) -> Cite:
    """The citations of a case, or of its decision `number`."""
    cited = Citable.of(case, urls.absolute().case(case.id, number=number), number)
    place = "case" if number is None else f"item-{number}"
    plain = citation.plain(cited)

    def download(kind: str) -> Link:
        return Link(f"Download .{kind}", urls.citation(case.id, kind, number))

    return Cite(
        heading="Cite this case" if number is None else f"Cite item {number}",
        plain=plain,
        forms=(
            Form(f"cite-{place}-plain", "Plain text", plain),
            Form(f"cite-{place}-legal", "Bluebook style", citation.bluebook(cited)),
            Form(f"cite-{place}-bib", "BibTeX", citation.bibtex(cited), download("bib")),
            Form(f"cite-{place}-ris", "RIS", citation.ris(cited), download("ris")),
        ),
    )
