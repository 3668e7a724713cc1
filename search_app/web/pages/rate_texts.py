"""Rates in words."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.insights.rates import Rate


@dataclass(frozen=True, slots=True)
class RateText:
    """A rate ready to print; `few` tells whether it rests on few decisions."""

    rate: str
    interval: str
    overturned: str
    n: str
    few: bool


def rate_text(rate: Rate) -> RateText:
    """The rate in whole percent with its interval; "–" where nothing is counted."""
    if rate.share is None:
        return RateText("–", "–", "0", "0", few=False)
    low, high = rate.interval
    interval = f"{_whole(low)} to {_whole(high)}%"
    return RateText(f"{_whole(rate.share)}%", interval, f"{rate.overturned:,}", f"{rate.n:,}", rate.few)


def _whole(share: float) -> str:
    return f"{100 * share:.0f}"
