"""All that the page of insights tells of a search, in at most 14 searches."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.insights.pairing import CLAIMS, REVIEWER, Pairing, pairing
from search_app.insights.rates import Rate
from search_app.insights.tables import DIMENSIONS, Rates, both, rates
from search_app.insights.trend import Trend, trend
from search_app.query.request import SearchRequest


@dataclass(frozen=True, slots=True)
class Overview:
    """Rates of a search, their trend (None for a single month), pairs of guidelines, the corpus' rate."""

    rates: Rates
    trend: Trend | None
    pairing: Pairing
    corpus: Rate


def overview(engine: Engine, request: SearchRequest) -> Overview:
    """Count what a request finds; the order and the page it asks for don't matter."""
    found = rates(engine, request, (*DIMENSIONS, "month"))
    pairs = pairing(engine, request, found.tables[CLAIMS], found.tables[REVIEWER])
    every, overturned = both(engine, SearchRequest(), ())
    corpus = Rate(overturned.total, every.total)
    return Overview(found, trend(found.tables["month"].rows), pairs, corpus)
