"""A page of results as JSON: what the API answers and `imr-search search --json` prints."""

from __future__ import annotations

from typing import Any

from search_app.engines.answering import Answer
from search_app.engines.base import Hit, Listed, ResultPage
from search_app.query.highlight import Snippet
from search_app.query.reading import Reading

_NOT_IN_HITS = frozenset({"id", "summary", "decisions"})
"""What a hit's case does not tell: `id` is the decision's own, the rest belongs to the whole letter."""


def page_to_json(page: ResultPage) -> dict[str, Any]:
    """The page as JSON-ready values: `total`, `places`, `seconds`, `hits`, `facets`, and `facets_left_out`.

    `facets` maps a facet's name to its values; `facets_left_out` holds, for facets whose list is cut,
    the number of values that are not listed.
    """
    return {
        "total": page.total,
        "places": page.places,
        "seconds": round(page.seconds, 6),
        "hits": [hit_to_json(hit) for hit in page.hits],
        "facets": {
            facet.field: [
                {"value": one.value, "count": one.count, "selected": one.selected} for one in facet.values
            ]
            for facet in page.facets
        },
        "facets_left_out": {facet.field: facet.more for facet in page.facets if facet.more},
    }


def hit_to_json(hit: Hit) -> dict[str, Any]:
    """One decision found, with the header of its letter; `title` and `snippets` carry the marks."""
    return {
        **listed_to_json(hit),
        "score": hit.score,
        "twins": hit.twins,
        "title": snippet_to_json(hit.title),
        "snippets": [snippet_to_json(snippet) for snippet in hit.snippets],
    }


def listed_to_json(one: Listed | Hit) -> dict[str, Any]:
    """One decision with the header of its letter."""
    header = {name: value for name, value in one.case.to_json().items() if name not in _NOT_IN_HITS}
    return {
        "id": one.id,
        "case_id": one.case.id,
        "number": one.number,
        **one.decision.to_json(),
        **header,
    }


def snippet_to_json(snippet: Snippet) -> dict[str, Any]:
    """A marked text: plain, and as segments of which some are marked."""
    return {
        "field": snippet.field,
        "text": snippet.text,
        "segments": [{"text": segment.text, "marked": segment.marked} for segment in snippet.segments],
        "cut_before": snippet.cut_before,
        "cut_after": snippet.cut_after,
    }


def answer_to_json(found: Answer) -> dict[str, Any]:
    """How a query was read, what was mended or widened in it, and the page that was found."""
    return {
        "reading": reading_to_json(found.reading)
        | {
            "corrected": [{"typed": one.typed, "meant": one.meant} for one in found.corrected],
            "did_you_mean": found.meant,
            "matching_most": found.page.total if found.strict is None else found.strict,
        },
        **page_to_json(found.page),
    }


def reading_to_json(reading: Reading) -> dict[str, Any]:
    """How a query was read: what was read, the same in words, wordings that were added, and notes."""
    return {
        "typed": reading.typed,
        "says": reading.says,
        "expansions": [{"typed": one.typed, "added": list(one.added)} for one in reading.expansions],
        "notes": list(reading.notes),
    }
