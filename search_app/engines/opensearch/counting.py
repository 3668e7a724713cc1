"""The counts of facets in one request: each facet without its own filter."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from search_app.engines.base import Facet
from search_app.engines.layout import facet_column
from search_app.engines.listing import listed
from search_app.engines.opensearch.compiling import EVERYTHING, Query, ticked
from search_app.query.request import SearchRequest

MOST_VALUES = 10_000
"""Values of one facet that are counted, the most frequent of each shard; a cluster allows 65,535 in all."""

_PASSING = "passing"


def passing(request: SearchRequest) -> Sequence[Query]:
    """The ticked restrictions, one a facet."""
    return [ticked(one) for one in request.filters]


def aggregations(request: SearchRequest) -> dict[str, Any]:
    """What counts a request's facets among all that its tree finds."""
    own = {one.field for one in request.filters}
    plain = {name: _values(name) for name in request.facets if name not in own}
    counting = {
        name: _among([ticked(one) for one in request.filters if one.field != name], {name: _values(name)})
        for name in request.facets
        if name in own
    }
    if plain:
        counting[_PASSING] = _among(passing(request), plain)
    return counting


def listed_facets(found: Mapping[str, Any], request: SearchRequest) -> tuple[Facet, ...]:
    """The request's facets from the answer."""
    own = {one.field for one in request.filters}
    return tuple(
        listed(
            name,
            _counts(found[name if name in own else _PASSING][name]),
            request.selected(name),
            request.facet_limit,
        )
        for name in request.facets
    )


def _values(name: str) -> dict[str, Any]:
    return {"terms": {"field": facet_column(name), "size": MOST_VALUES}}


def _among(restrictions: Sequence[Query], counted: Mapping[str, Any]) -> dict[str, Any]:
    restriction = {"bool": {"filter": list(restrictions)}} if restrictions else EVERYTHING
    return {"filter": restriction, "aggs": dict(counted)}


def _counts(found: Mapping[str, Any]) -> dict[str, int]:
    return {bucket["key"]: bucket["doc_count"] for bucket in found["buckets"]}
