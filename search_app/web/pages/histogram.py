"""Decisions along time: a few bars, each the search within its period."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from search_app.web.pages.parts import MONTHS
from search_app.web.state import State
from search_app.web.urls import Urls

MOST = 8
"""Bars that fit the sidebar at a width that a finger can hit."""

_WIDTHS = (1, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 24000)
"""Months that one bar can stand for; wider ones begin at a multiple of their width."""

HEIGHT, STEP, GAP = 56, 30, 4
"""Of the drawing, in its own units: how high bars can be, from one to the next, and between two."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place in the drawing, its period in words, the count, and where it leads ("" nowhere)."""

    x: int
    y: int
    width: int
    height: int
    label: str
    count: str
    url: str


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars from the earliest month to the latest, in a drawing of `width` times `height`."""

    width: int
    height: int
    bars: tuple[Bar, ...]

    @property
    def ends(self) -> tuple[str, str]:
        """The periods of the first and the last bar."""
        return self.bars[0].label, self.bars[-1].label


def histogram(months: Mapping[str, int], state: State, urls: Urls) -> Histogram | None:
    """The bars of so many decisions in each month ("2016-05"); None where they are all of one month."""
    counts = {_number(month): count for month, count in months.items() if count}
    if len(counts) < 2:
        return None
    first, last = min(counts), max(counts)
    width = next(one for one in _WIDTHS if last // one - first // one < MOST)
    bins = dict.fromkeys(range(first // width, last // width + 1), 0)
    for month, count in counts.items():
        bins[month // width] += count
    most = max(bins.values())
    bars = []
    for at, (number, count) in enumerate(bins.items()):
        ends = _ends(number * width, width)
        high = max(round(HEIGHT * count / most), 2) if count else 0
        url = urls.search(state.within(*ends)) if count else ""
        label = _label(number * width, width)
        bars.append(Bar(at * STEP, HEIGHT - high, STEP - GAP, high, label, f"{count:,}", url))
    return Histogram(len(bars) * STEP - GAP, HEIGHT, tuple(bars))


def _number(month: str) -> int:
    """Months since the year 0, of "2016-05"."""
    year, _, number = month.partition("-")
    return int(year) * 12 + int(number) - 1


def _ends(first: int, width: int) -> tuple[str, str]:
    """The first and the last year or month of a bar, as parameters."""
    last = first + width - 1
    if width % 12 == 0:
        return f"{first // 12:04}", f"{last // 12:04}"
    return f"{first // 12:04}-{first % 12 + 1:02}", f"{last // 12:04}-{last % 12 + 1:02}"


def _label(first: int, width: int) -> str:
    last = first + width - 1
    if width % 12 == 0:
        return str(first // 12) if width == 12 else f"{first // 12}–{last // 12}"
    if width == 1:
        return f"{MONTHS[first % 12]} {first // 12}"
    return f"{MONTHS[first % 12]}–{MONTHS[last % 12]} {first // 12}"
