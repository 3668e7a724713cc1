"""Percentiles of a query mix, and how they compare."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from bench.results import Measured, Pages

POINTS = (0.5, 0.95, 0.99)


def percentiles(pages: Iterable[Pages]) -> tuple[float, ...] | None:
    """The milliseconds at POINTS, each query counting alike however often it was measured; None for none."""
    weighed = sorted((one, 1 / len(row.milliseconds)) for row in pages for one in row.milliseconds)
    if not weighed:
        return None
    total = sum(weight for _, weight in weighed)
    return tuple(_at(point * total, weighed) for point in POINTS)


def _at(wanted: float, weighed: Sequence[tuple[float, float]]) -> float:
    reached = 0.0
    for value, weight in weighed:
        reached += weight
        if reached >= wanted - 1e-9:
            return value
    return weighed[-1][0]


def kinds(one: Measured) -> tuple[str, ...]:
    """The classes of the mix, in order."""
    return tuple(dict.fromkeys(row.kind for row in one.pages))


def of_kind(one: Measured, kind: str) -> tuple[Pages, ...]:
    """The queries of a class."""
    return tuple(row for row in one.pages if row.kind == kind)


def _middle(pages: Iterable[Pages]) -> float:
    return (percentiles(pages) or (0.0,))[0]


@dataclass(frozen=True, slots=True)
class Ratio:
    """How much one peer costs for each unit of another.

    `medians` is the ratio of their medians over the mix; `each` the median of the ratios of each query's
    medians, and `processor` the same of processor time.
    """

    medians: float
    each: float
    processor: float


def ratio(one: Measured, other: Measured) -> Ratio | None:
    """How `one` compares with `other` over the queries that both answer; None if there are none."""
    both = [
        (row, rival)
        for row, rival in zip(one.pages, other.pages, strict=True)
        if row.milliseconds and rival.milliseconds
    ]
    if not both:
        return None
    each = [median(row.milliseconds) / median(rival.milliseconds) for row, rival in both]
    processor = [median(row.processor) / median(rival.processor) for row, rival in both]
    return Ratio(
        _middle(row for row, _ in both) / _middle(rival for _, rival in both), median(each), median(processor)
    )


def agreement(one: Measured, other: Measured) -> tuple[str, ...]:
    """The queries for which the two find another number of decisions, or of one outcome."""
    return tuple(
        row.query
        for row, rival in zip(one.pages, other.pages, strict=True)
        if row.milliseconds and rival.milliseconds and _found(row) != _found(rival)
    )


def _found(row: Pages) -> tuple[int, dict[str, int]]:
    return row.total, {value: count for value, count in row.outcomes.items() if count}
