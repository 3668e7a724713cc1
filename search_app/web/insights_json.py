"""Overturn rates as JSON; `web.api.schemas` tells the shape."""

from __future__ import annotations

from typing import Any

from search_app.insights.overview import Overview
from search_app.insights.pairing import Pairing
from search_app.insights.rates import Rate
from search_app.insights.trend import Trend


def insights_to_json(found: Overview) -> dict[str, Any]:
    """All numbers of the page."""
    tables = {name: table for name, table in found.rates.tables.items() if name != "month"}
    return {
        "overall": _rate(found.rates.overall),
        "corpus": _rate(found.corpus),
        "by": {
            name: [{"value": row.value, **_rate(row.rate)} for row in table.rows]
            for name, table in tables.items()
        },
        "left_out": {name: table.left_out for name, table in tables.items()},
        "trend": _trend(found.trend),
        "guidelines": _pairs(found.pairing),
    }


def _rate(rate: Rate) -> dict[str, Any]:
    return {
        "n": rate.n,
        "overturned": rate.overturned,
        "rate": rate.share,
        "interval": list(rate.interval),
        "few": rate.few,
    }


def _trend(trend: Trend | None) -> dict[str, Any] | None:
    if trend is None:
        return None
    periods = [{"from": _month(one.first), **_rate(one.rate)} for one in trend.periods]
    return {"months_each": trend.width, "periods": periods}


def _month(number: int) -> str:
    return f"{number // 12:04}-{number % 12 + 1:02}"


def _pairs(pairing: Pairing) -> list[dict[str, Any]]:
    return [
        {"claims_administrator": claims, "reviewer": reviewer, **_rate(rate)}
        for claims, row in zip(pairing.claims, pairing.cells, strict=True)
        for reviewer, rate in zip(pairing.reviewer, row, strict=True)
    ]
