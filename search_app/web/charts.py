"""Geometry of the small charts that templates draw as SVG, in the drawing's own units.

A module of our own and no library: pygal and its like write style elements, which the site's policy refuses,
and carry scripts and fonts that two simple charts don't need.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

WIDTH = 100
"""Units of a bar's row: one for each percent."""

_LEFT, _TOP, _STEP, _HEIGHT = 44, 12, 18, 200
"""Of the trend: room for the scale, above, from one point to the next at least, and of 100 %."""

_WIDE = 720
_BELOW = 30


@dataclass(frozen=True, slots=True)
class Bar:
    """A share with its interval in one row; all in percent of the row's width."""

    length: float
    low: float
    high: float

    @classmethod
    def of(cls, share: float, interval: tuple[float, float]) -> Bar:
        """The bar of a share from 0 to 1."""
        low, high = interval
        return cls(percent(share), percent(low), percent(high))


@dataclass(frozen=True, slots=True)
class Datum:
    """A point to draw: its share (None for a gap), interval, and whether it rests on few decisions."""

    label: str
    share: float | None
    interval: tuple[float, float]
    few: bool


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the trend; `y`, `low` and `high` grow downwards."""

    x: float
    y: float
    low: float
    high: float
    few: bool


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark of a scale and what it says."""

    at: float
    label: str


@dataclass(frozen=True, slots=True)
class TrendChart:
    """Points in runs without a gap: each has the path of its line and of the band of its intervals."""

    width: int
    height: int
    left: int
    bottom: int
    lines: tuple[str, ...]
    bands: tuple[str, ...]
    points: tuple[Point, ...]
    scale: tuple[Tick, ...]
    times: tuple[Tick, ...]
    reference: float | None


def trend_chart(data: Sequence[Datum], reference: float | None) -> TrendChart:
    """The trend of shares in order of time; `reference` is a share that a level line marks."""
    step = max((_WIDE - _LEFT) / max(len(data), 1), _STEP)
    placed = [(one, _point(one, _LEFT + step * (at + 0.5))) for at, one in enumerate(data)]
    runs = [
        [point for _, point in run if point]
        for there, run in groupby(placed, lambda one: bool(one[1]))
        if there
    ]
    every = -(-len(data) // 8)
    return TrendChart(
        width=round(_LEFT + step * len(data)),
        height=_TOP + _HEIGHT + _BELOW,
        left=_LEFT,
        bottom=_TOP + _HEIGHT,
        lines=tuple(_path((one.x, one.y) for one in run) for run in runs),
        bands=tuple(
            _path([*((one.x, one.high) for one in run), *((one.x, one.low) for one in reversed(run))])
            for run in runs
        ),
        points=tuple(point for _, point in placed if point),
        scale=tuple(Tick(_y(share / 100), f"{share}%") for share in (0, 25, 50, 75, 100)),
        times=tuple(
            Tick(round(_LEFT + step * (at + 0.5), 1), data[at].label) for at in range(0, len(data), every)
        ),
        reference=None if reference is None else _y(reference),
    )


def percent(share: float) -> float:
    """A share in percent, as exact as a drawing needs."""
    return round(100 * share, 2)


def _point(one: Datum, x: float) -> Point | None:
    if one.share is None:
        return None
    low, high = one.interval
    return Point(round(x, 1), _y(one.share), _y(low), _y(high), one.few)


def _y(share: float) -> float:
    return round(_TOP + _HEIGHT * (1 - share), 1)


def _path(corners: Iterable[tuple[float, float]]) -> str:
    return " ".join(f"{x},{y}" for x, y in corners)
