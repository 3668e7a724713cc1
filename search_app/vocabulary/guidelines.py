"""Turns a letter's guideline paragraph into citations and canonical labels.

A paragraph has up to two kinds of sentence. "Decision based on MTUS <title> <year>, Section(s): ..., and
<title> <year>, ..." cites chapters of the Medical Treatment Utilization Schedule (8 CCR 9792.22 to .24.4);
before 2016 with pages for sections: "MTUS ACOEM Chapter <number> <title> Page(s): ..., <title> Page(s): ...".
"Decision based on Non-MTUS Citation <free text>" cites anything else.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import lru_cache

from search_app.model import Citation
from search_app.vocabulary.guideline_sentences import Kind, Stretch, stretches
from search_app.vocabulary.guideline_table import MTUS, OTHER
from search_app.vocabulary.outside_citations import first_outside, outside_citations
from search_app.vocabulary.schedule_citations import schedule_citations
from search_app.vocabulary.words import key


@lru_cache(maxsize=1_024)
def citations(paragraph: str | None) -> tuple[Citation, ...] | None:
    """Return the documents that a guideline paragraph cites, in its order, each once.

    A chapter of the ODG counts as a document, and so does an edition. () where no evidence was cited; None
    where there is no paragraph. The last results are kept, as about every second paragraph of real
    letters is that of an earlier item or letter too.
    """
    if paragraph is None:
        return None
    return tuple(_merged(citation for stretch in stretches(paragraph) for citation in _cited(stretch)))


def labels(paragraph: str | None) -> tuple[str, ...] | None:
    """Return the labels of the documents that a guideline paragraph cites, in its order, each once.

    "MTUS: <title>" for a chapter of the schedule ("MTUS" where none is named), "ODG", "ACOEM" or "Other" for
    what is cited beside it. () where no evidence was cited; None where there is no paragraph.
    """
    return labels_of(citations(paragraph))


def labels_of(cited: Sequence[Citation] | None) -> tuple[str, ...] | None:
    """Return the labels of citations in their order, each once; None for None."""
    return None if cited is None else tuple(dict.fromkeys(citation.label for citation in cited))


def same_guideline(
    reviewer: Sequence[Citation] | None, claims_admin: Sequence[Citation] | None
) -> bool | None:
    """Say whether two parties relied on at least one same guideline, whatever they cite of it.

    Chapters of the schedule are guidelines of their own; the ODG is one, and so is ACOEM. Two other sources
    are the same where their words are. None where a party cited nothing or has no paragraph.
    """
    if not reviewer or not claims_admin:
        return None
    return not {_guideline(one) for one in reviewer}.isdisjoint(_guideline(one) for one in claims_admin)


def _guideline(citation: Citation) -> tuple[str, ...]:
    return (OTHER, *key(citation.text)) if citation.label == OTHER else (citation.label,)


def _cited(stretch: Stretch) -> list[Citation]:
    if stretch.kind is not Kind.SCHEDULE:
        return outside_citations(stretch.text, free=stretch.kind is Kind.FREE)
    end = first_outside(stretch.text)
    beside = outside_citations(stretch.text[end:]) if end < len(stretch.text) else []
    return schedule_citations(stretch.text[:end]) + beside


def _merged(cited: Iterable[Citation]) -> Iterable[Citation]:
    """Return citations with what each document is cited for again added to its first."""
    found: dict[tuple[object, ...], Citation] = {}
    for citation in cited:
        document = _document(citation, found)
        first = found.get(document)
        found[document] = citation if first is None else _added(first, citation)
    placed = {citation.label for citation in found.values() if citation.chapter or citation.topic}
    if any(one.label.startswith(f"{MTUS}: ") for one in found.values()):
        placed.add(MTUS)
    return [one for one in found.values() if not (one.label in placed and _is_bare(one))]


def _is_bare(citation: Citation) -> bool:
    """Say whether a citation only names its document, so that another one of it says all that it does."""
    return citation == Citation(label=citation.label, text=citation.text)


def _document(citation: Citation, found: Iterable[tuple[object, ...]]) -> tuple[object, ...]:
    """Return what makes a citation's document; one without a year is the edition already cited."""
    one = (*_guideline(citation), citation.chapter)
    if citation.year is None:
        return next((other for other in found if other[:-1] == one), (*one, None))
    return (*one, citation.year)


def _added(first: Citation, again: Citation) -> Citation:
    topics = tuple(dict.fromkeys(topic for topic in (first.topic, again.topic) if topic))
    return replace(
        first,
        sections=tuple(dict.fromkeys(first.sections + again.sections)),
        pages=tuple(dict.fromkeys(first.pages + again.pages)),
        topic="; ".join(topics) or None,
    )
