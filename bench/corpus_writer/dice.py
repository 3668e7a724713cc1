"""Random choices that come out the same on every Python version the project supports."""

from bisect import bisect
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

T = TypeVar("T")

# Seeds and letter numbers share one integer: the letter number takes the low 48 bits.
_NUMBER_BITS = 48


@dataclass(frozen=True, slots=True)
class Weighted(Generic[T]):
    """Items with cumulative weights, ready to be drawn from."""

    items: tuple[T, ...]
    cumulative: tuple[float, ...]

    @classmethod
    def of(cls, weights: Mapping[T, float]) -> "Weighted[T]":
        """Prepare items with positive weights; raises ValueError when there are none."""
        kept = {item: weight for item, weight in weights.items() if weight > 0}
        if not kept:
            raise ValueError("nothing to choose from: give at least one item a positive weight")
        return cls(tuple(kept), tuple(accumulate(kept.values())))


class Dice(Random):
    """A Random whose helpers use only `random()`, so that letters don't depend on the Python version."""

    @classmethod
    def for_letter(cls, seed: int, number: int) -> "Dice":
        """Return the dice of one letter: a function of the seed and the letter's number alone."""
        return cls((seed << _NUMBER_BITS) | number)

    def pick(self, items: Sequence[T]) -> T:
        """Return one item, each as likely as the others."""
        return items[int(self.random() * len(items))]

    def draw(self, weighted: Weighted[T]) -> T:
        """Return one item by weight."""
        cumulative = weighted.cumulative
        return weighted.items[bisect(cumulative, self.random() * cumulative[-1])]

    def chance(self, probability: float) -> bool:
        """Return True with the given probability."""
        return self.random() < probability

    def between(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.random() * (high - low + 1))

    def some(self, items: Sequence[T], count: int) -> list[T]:
        """Return up to count different items, in their original order."""
        pool = list(range(len(items)))
        taken = [pool.pop(int(self.random() * len(pool))) for _ in range(min(count, len(items)))]
        return [items[index] for index in sorted(taken)]
