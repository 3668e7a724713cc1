"""What the API answers, as JSON-ready values."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from search_app.engines.answering import Answer
from search_app.engines.base import Facet, Listed, ResultPage
from search_app.engines.results_json import answer_to_json, hit_to_json, listed_to_json
from search_app.fields import FACETS, FIELDS
from search_app.model import Determination
from search_app.query.likeness import Likeness, shared
from search_app.web.asked import Asked
from search_app.web.state import State
from search_app.web.urls import Urls


def search_json(what: Asked, found: Answer, make: Urls) -> dict[str, Any]:
    """One page of a search."""
    return {
        "page": what.search.page,
        "limit": what.request.limit,
        "sort": what.request.sort.value,
        **answer_to_json(found),
        "links": _page_links(what, found.page.places, make),
    }


def _page_links(what: Asked, places: int, make: Urls) -> dict[str, str | None]:
    page, last, state = what.search.page, what.pages(places), what.state
    return {
        "self": make.api_search(state),
        "next": make.api_search(state.at_page(page + 1)) if page < last else None,
        "previous": make.api_search(state.at_page(min(page - 1, last))) if page > 1 and last else None,
        "html": make.search(state),
    }


def decision_json(case: Determination, number: int, make: Urls) -> dict[str, Any]:
    """One decision with the header of its letter."""
    alone = replace(case, decisions=(case.decisions[number - 1],))
    listed = Listed(alone, number)
    return {
        **listed_to_json(listed),
        "links": {
            "self": make.api_decision(case.id, number),
            "case": make.api_case(case.id),
            "similar": make.api_similar(listed.id),
            "html": make.case(case.id, number=number),
        },
    }


def facets_json(make: Urls) -> dict[str, Any]:
    """The facets that there are."""
    facets = [
        {
            "field": row.name,
            "label": row.label,
            "help": row.help,
            "missing": row.missing,
            "links": {"values": make.api_facet(row.name)},
        }
        for row in (FIELDS[name] for name in FACETS)
    ]
    return {"facets": facets}


def facet_json(
    facet: Facet, total: int, letters: tuple[str, str], state: State, make: Urls
) -> dict[str, Any]:
    """The values of one facet that begin with the first and have the second of `letters` in them."""
    beginning, within = (one.casefold() for one in letters)
    values = [
        {"value": one.value, "count": one.count, "selected": one.selected}
        for one in facet.values
        if one.value.casefold().startswith(beginning) and within in one.value.casefold()
    ]
    return {
        "field": facet.field,
        "label": FIELDS[facet.field].label,
        "total": total,
        "all_values": len(facet.values) + facet.more,
        "values": values,
        "links": {"search": make.api_search(state), "html": make.facet(facet.field, state)},
    }


def similar_json(
    likeness: Likeness, page: ResultPage, to: str | None, limit: int, make: Urls
) -> dict[str, Any]:
    """The decisions that are closest to one (`to`) or to a text, and what each shares with it."""
    links = {"html": make.similar(to or "")}
    if to:
        case_id, _, number = to.rpartition("/")
        links = {"decision": make.api_decision(case_id, int(number)), **links}
    return {
        "to": to,
        "limit": limit,
        "understood": {
            "drugs": list(likeness.drugs),
            "treatments": list(likeness.treatments),
            "body_parts": list(likeness.body_parts),
            "guidelines": list(likeness.guidelines),
            "topics": list(likeness.topics),
        },
        "hits": [{**hit_to_json(hit), "shares": list(shared(likeness, hit.decision))} for hit in page.hits],
        "seconds": round(page.seconds, 6),
        "links": links,
    }
