"""Both parties' guidelines against each other, as a table."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.insights.pairing import CLAIMS, REVIEWER, Pairing
from search_app.insights.rates import Rate
from search_app.web.pages.parts import value_label
from search_app.web.pages.rate_texts import RateText, rate_text
from search_app.web.state import State
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Cell:
    """The decisions of a pair; the URL is "" for a pair that there is not."""

    url: str
    rate: RateText


@dataclass(frozen=True, slots=True)
class Pairs:
    """The reviewer's guidelines as columns, and the claims administrator's with their cells as rows."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


def pairs(found: Pairing, state: State, urls: Urls) -> Pairs:
    """The table as the page draws it; each cell is a link to its decisions."""
    base = state.without(CLAIMS).without(REVIEWER)

    def cell(claims: str, reviewer: str, rate: Rate) -> Cell:
        chosen = base.toggled(CLAIMS, claims).toggled(REVIEWER, reviewer)
        return Cell(urls.search(chosen) if rate.n else "", rate_text(rate))

    return Pairs(
        tuple(value_label(REVIEWER, one) for one in found.reviewer),
        tuple(
            (value_label(CLAIMS, one), tuple(map(cell, [one] * len(row), found.reviewer, row)))
            for one, row in zip(found.claims, found.cells, strict=True)
        ),
    )
