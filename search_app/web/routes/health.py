"""What watches over a server asks it: is it alive, can it answer, and how is it doing."""

from __future__ import annotations

from flask import Blueprint, Response, abort

from search_app.engines.base import EngineStats
from search_app.errors import IndexUnavailable
from search_app.query.request import SearchRequest, Sort
from search_app.web import metrics
from search_app.web.site import engine, the_site

blueprint = Blueprint("health", __name__)


@blueprint.get("/healthz")
def alive() -> dict[str, str]:
    """Whether the server answers at all; one that does not should be started again."""
    return {"status": "ok"}


@blueprint.get("/readyz")
def ready() -> dict[str, str | int]:
    """Whether searches can be answered, which is tried: 200 and the number of decisions, or 503."""
    page = engine().search(SearchRequest(sort=Sort.NEWEST, limit=1, facets=()))
    return {"status": "ok", "decisions": page.total}


@blueprint.get("/metrics")
def measured() -> Response:
    """Measurements in Prometheus' text format, if they are switched on."""
    if the_site().settings.metrics == "off":
        abort(404, "Measurements are not switched on here.")
    return Response(metrics.exposition(_stats()), content_type=metrics.CONTENT_TYPE)


def _stats() -> EngineStats | None:
    try:
        return engine().stats()
    except IndexUnavailable:
        return None
