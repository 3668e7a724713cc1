"""JSON Schemas of what the API answers; those of letters are made from the model's own types."""

from __future__ import annotations

from collections.abc import Mapping

from search_app.fields import FACETS
from search_app.insights.tables import DIMENSIONS
from search_app.model import OVERTURNED, UPHELD, Citation, Decision, Determination, Reviewer
from search_app.query.request import MAX_LIMIT, Sort
from search_app.suggest.names import Kind
from search_app.web.api.making import (
    ADDRESS,
    COUNT,
    FLAG,
    NATURAL,
    SECONDS,
    TEXT,
    Schema,
    about,
    links,
    list_of,
    maybe,
    members,
    record,
    ref,
)

_DECISION: dict[str, Schema] = {
    **members(Decision),
    "outcome": {"type": "string", "enum": [UPHELD, OVERTURNED]},
}
_WHOLE: dict[str, Schema] = {
    name: schema for name, schema in members(Determination).items() if name not in ("reviewer", "decisions")
} | members(Reviewer)
_LISTED: dict[str, Schema] = {
    "id": {**TEXT, "description": "Case id and number: CM16-0213037/1."},
    "case_id": TEXT,
    "number": {**NATURAL, "description": "The decision's place in its letter."},
    **_DECISION,
    **{name: schema for name, schema in _WHOLE.items() if name not in ("id", "summary")},
}
_HIT: dict[str, Schema] = {
    **_LISTED,
    "score": {"type": "number"},
    "twins": {**COUNT, "description": "Near-twins that are folded into it."},
    "title": ref("Snippet"),
    "snippets": list_of(ref("Snippet")),
}
_VALUES: Schema = list_of(ref("FacetValue"))
_PAGE_LINKS = links("self", "html", maybe_null=("next", "previous"))

_SHARE: Schema = {"type": "number", "minimum": 0, "maximum": 1}
_RATE: dict[str, Schema] = {
    "n": COUNT,
    "overturned": COUNT,
    "rate": {**maybe(_SHARE), "description": "The share of overturned decisions, null where n is 0."},
    "interval": {
        "type": "array",
        "items": _SHARE,
        "minItems": 2,
        "maxItems": 2,
        "description": "The 95 % Wilson interval of the rate.",
    },
    "few": {**FLAG, "description": "Whether the decisions are too few to say much."},
}
_PERIOD = {"from": {"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}$"}, **_RATE}

SCHEMAS: Mapping[str, Schema] = {
    "Citation": record(about(Citation), members(Citation)),
    "Decision": record(about(Decision), _DECISION),
    "Determination": record(
        f"{about(Determination)} {about(Reviewer)}", {**_WHOLE, "decisions": list_of(ref("Decision"))}
    ),
    "Segment": record("A run of text, marked as found or not.", {"text": TEXT, "marked": FLAG}),
    "Snippet": record(
        "A passage: plain, and in segments of which some are marked. It goes on where it is cut.",
        {
            "field": TEXT,
            "text": TEXT,
            "segments": list_of(ref("Segment")),
            "cut_before": FLAG,
            "cut_after": FLAG,
        },
    ),
    "Hit": record("A decision that was found, with the header of its letter.", _HIT),
    "SingleDecision": record(
        "A decision with the header of its letter.",
        {**_LISTED, "links": links("self", "case", "similar", "html")},
    ),
    "SimilarHit": record(
        "A decision that is like what was sent, and what both have in common.",
        {**_HIT, "shares": list_of(TEXT)},
    ),
    "FacetValue": record(
        "A value, the number of decisions that have it, and whether it is chosen. A facet is counted as if "
        "nothing were chosen in it.",
        {"value": TEXT, "count": COUNT, "selected": FLAG},
    ),
    "Reading": record(
        "How a query was read.",
        {
            "typed": TEXT,
            "says": TEXT,
            "expansions": list_of(
                record("Wordings that were added.", {"typed": TEXT, "added": list_of(TEXT)})
            ),
            "notes": list_of(TEXT),
            "corrected": list_of(record("A word that was mended.", {"typed": TEXT, "meant": TEXT})),
            "did_you_mean": maybe(TEXT),
            "matching_most": {
                **COUNT,
                "description": "Decisions that have most of what was asked for; others come near.",
            },
        },
    ),
    "SearchPage": record(
        "One page of a search.",
        {
            "page": NATURAL,
            "limit": {**NATURAL, "maximum": MAX_LIMIT},
            "sort": {"type": "string", "enum": [sort.value for sort in Sort]},
            "reading": ref("Reading"),
            "total": {**COUNT, "description": "Decisions that were found, exactly."},
            "places": {**COUNT, "description": "The length of the list: the total, less what is folded."},
            "seconds": SECONDS,
            "hits": list_of(ref("Hit")),
            "facets": record("The most frequent values of each facet.", dict.fromkeys(FACETS, _VALUES)),
            "facets_left_out": {
                "type": "object",
                "description": "The number of values that are not listed, of facets whose list is cut.",
                "propertyNames": {"enum": list(FACETS)},
                "additionalProperties": NATURAL,
            },
            "links": _PAGE_LINKS,
        },
    ),
    "Facets": record(
        "The facets.",
        {
            "facets": list_of(
                record(
                    "A facet; `missing` is what its value `not stated` means.",
                    {
                        "field": {"type": "string", "enum": list(FACETS)},
                        "label": TEXT,
                        "help": TEXT,
                        "missing": TEXT,
                        "links": links("values"),
                    },
                )
            )
        },
    ),
    "FacetValues": record(
        "All values of a facet: chosen ones first, then by count, then by name.",
        {
            "field": {"type": "string", "enum": list(FACETS)},
            "label": TEXT,
            "total": {**COUNT, "description": "Decisions that the search found."},
            "all_values": {**COUNT, "description": "Values that there are, listed or not."},
            "values": _VALUES,
            "links": links("search", "html"),
        },
    ),
    "Similar": record(
        "The closest decisions, near-twins folded. `understood` is what they are compared by.",
        {
            "to": maybe(TEXT),
            "limit": {**NATURAL, "maximum": MAX_LIMIT},
            "understood": record(
                "What the decision or the text is about.",
                dict.fromkeys(("drugs", "treatments", "body_parts", "guidelines", "topics"), list_of(TEXT)),
            ),
            "hits": list_of(ref("SimilarHit")),
            "seconds": SECONDS,
            "links": {**links("html"), "properties": {"html": ADDRESS, "decision": ADDRESS}},
        },
    ),
    "Rate": record("Decisions, and how many of them were overturned.", _RATE),
    "Insights": record(
        "Rates of the decisions that a search finds, and of all. A facet disregards what is chosen in it.",
        {
            "overall": ref("Rate"),
            "corpus": ref("Rate"),
            "by": record(
                "Rates by the values of facets.",
                dict.fromkeys(DIMENSIONS, list_of(record("The rate of a value.", {"value": TEXT, **_RATE}))),
            ),
            "left_out": record("Values of each facet that are not listed.", dict.fromkeys(DIMENSIONS, COUNT)),
            "trend": maybe(
                record(
                    "Rates along time, each from a month on; null where no decision has a date.",
                    {"months_each": NATURAL, "periods": list_of(record("The rate of a period.", _PERIOD))},
                )
            ),
            "guidelines": list_of(
                record(
                    "The rate of decisions by what the claims administrator and the reviewer relied on.",
                    {"claims_administrator": TEXT, "reviewer": TEXT, **_RATE},
                )
            ),
            "links": links("self", "html", "counted"),
        },
    ),
    "Suggestions": record(
        "What may have been meant, closest name first, then by the number of decisions.",
        {
            "query": TEXT,
            "suggestions": list_of(
                record(
                    "One thing that may have been meant, and where it leads; `count` is the number of "
                    "decisions there, over the whole index.",
                    {
                        "kind": {"type": "string", "enum": [kind.value for kind in Kind]},
                        "text": TEXT,
                        "detail": TEXT,
                        "count": COUNT,
                        "url": ADDRESS,
                    },
                )
            ),
        },
    ),
    "Problem": record(
        "What went wrong (RFC 9457).",
        {
            "type": ADDRESS,
            "title": TEXT,
            "status": {"type": "integer", "minimum": 400, "maximum": 599},
            "detail": TEXT,
            "instance": ADDRESS,
            "hint": {**TEXT, "description": "What to do."},
            "problems": list_of(
                record(
                    "One thing wrong with the parameters; all are told at once.",
                    {"parameter": TEXT, "value": TEXT, "message": TEXT},
                )
            ),
        },
    ),
}
"""The schemas by their names."""
