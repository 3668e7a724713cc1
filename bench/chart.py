"""A chart of page times as an SVG: for each peer a bar from the median to the 99th percentile."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from math import ceil, floor, log10

WIDTH, LEFT, RIGHT = 900, 300, 130
ROW, HEAD, TOP, FOOT = 24, 34, 58, 34

_STYLE = """
  .card { fill: #ffffff; stroke: #d0d7de } text { fill: #1f2328; font: 13px system-ui, sans-serif }
  .title { font-weight: 600; font-size: 15px } .soft { fill: #59636e } .grid { stroke: #d0d7de }
  .ours { fill: #0969da; stroke: #0969da } .peer { fill: #6e7781; stroke: #6e7781 }
  @media (prefers-color-scheme: dark) {
    .card { fill: #0d1117; stroke: #3d444d } text { fill: #f0f6fc } .soft { fill: #9198a1 }
    .grid { stroke: #3d444d } .ours { fill: #4493f8; stroke: #4493f8 }
    .peer { fill: #9198a1; stroke: #9198a1 }
  }
"""


@dataclass(frozen=True, slots=True)
class Bar:
    """One peer: its label, whether it is ours, and two times in milliseconds."""

    label: str
    ours: bool
    middle: float
    worst: float


@dataclass(frozen=True, slots=True)
class Group:
    """The bars of one size of index."""

    title: str
    bars: Sequence[Bar]


def chart(title: str, groups: Sequence[Group]) -> str:
    """The SVG; it has its own background, light or dark as the reader prefers."""
    low, high = _decades([time for group in groups for bar in group.bars for time in (bar.middle, bar.worst)])
    height = TOP + sum(HEAD + ROW * len(group.bars) for group in groups) + FOOT
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img" '
        f'aria-label="{escape(title)}">',
        f"<style>{_STYLE}</style>",
        f'<rect class="card" x="0.5" y="0.5" width="{WIDTH - 1}" height="{height - 1}" rx="6"/>',
        f'<text class="title" x="20" y="30">{escape(title)}</text>',
        *_grid(low, high, height),
    ]
    y = TOP
    for group in groups:
        lines.append(f'<text class="title" x="20" y="{y + 20}">{escape(group.title)}</text>')
        y += HEAD
        for bar in group.bars:
            lines += _bar(bar, y, low, high)
            y += ROW
    return "\n".join([*lines, "</svg>"]) + "\n"


def _decades(times: Sequence[float]) -> tuple[int, int]:
    low = floor(log10(min(times)))
    return low, max(ceil(log10(max(times))), low + 1)


def _x(time: float, low: int, high: int) -> float:
    return round(LEFT + (log10(time) - low) / (high - low) * (WIDTH - LEFT - RIGHT), 1)


def _grid(low: int, high: int, height: int) -> list[str]:
    lines = []
    for power in range(low, high + 1):
        x, bottom = _x(10.0**power, low, high), height - FOOT
        name = f"{10**power:,} ms" if power >= 0 else f"{10.0**power:g} ms"
        lines.append(f'<line class="grid" x1="{x}" y1="{TOP - 10}" x2="{x}" y2="{bottom}"/>')
        lines.append(f'<text class="soft" x="{x}" y="{bottom + 20}" text-anchor="middle">{name}</text>')
    return lines


def _bar(bar: Bar, y: int, low: int, high: int) -> list[str]:
    kind = "ours" if bar.ours else "peer"
    start, end, middle = _x(bar.middle, low, high), _x(bar.worst, low, high), y + ROW // 2
    return [
        f'<text x="{LEFT - 12}" y="{middle + 4}" text-anchor="end">{escape(bar.label)}</text>',
        f'<line class="{kind}" x1="{start}" y1="{middle}" x2="{end}" y2="{middle}" stroke-width="3"/>',
        f'<circle class="{kind}" cx="{start}" cy="{middle}" r="5"/>',
        f'<text x="{end + 8}" y="{middle + 4}">{_short(bar.middle)} to {_short(bar.worst)}</text>',
    ]


def _short(time: float) -> str:
    return f"{time:.1f}" if time < 100 else f"{time:,.0f}"
