"""The overturn rate of a set of decisions, and how far chance alone could move it."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt

Z = 1.959963984540054
"""Standard deviations of a two-sided 95 % interval of a normal distribution."""

FEW = 30
"""Decisions below which a rate rests on few: near a half, its interval spans 34 points or more."""


def wilson(hits: int, n: int) -> tuple[float, float]:
    """The 95 % score interval of `hits` in `n`, as shares from 0 to 1 (Wilson, JASA 22, 1927, pp. 209-212).

    Nothing counted says nothing: (0, 1). Raises ValueError unless 0 <= hits <= n.
    """
    if not 0 <= hits <= n:
        raise ValueError(f"{hits} of {n} is no share")
    if n == 0:
        return 0.0, 1.0
    share, z2 = hits / n, Z * Z
    middle = (share + z2 / (2 * n)) / (1 + z2 / n)
    half = Z / (1 + z2 / n) * sqrt(share * (1 - share) / n + z2 / (4 * n * n))
    return max(min(middle - half, share), 0.0), min(max(middle + half, share), 1.0)


@dataclass(frozen=True, slots=True)
class Rate:
    """So many of `n` decisions are overturned."""

    overturned: int
    n: int

    @property
    def share(self) -> float | None:
        """The overturn rate from 0 to 1; None where there are no decisions."""
        return self.overturned / self.n if self.n else None

    @property
    def interval(self) -> tuple[float, float]:
        """Its 95 % Wilson interval."""
        return wilson(self.overturned, self.n)

    @property
    def few(self) -> bool:
        """Whether the decisions are too few to say much."""
        return self.n < FEW
