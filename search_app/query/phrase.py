"""Where the tokens of a phrase stand together (see `tree.Phrase` for the rule)."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence


def occurrences(positions: Sequence[Sequence[int]], slop: int) -> Iterator[tuple[int, ...]]:
    """One tuple of positions, a token each, for every place where the phrase occurs.

    `positions[i]` are the sorted positions of the phrase's token i; the same token twice in a phrase
    needs two places. For each possible smallest offset m, token i may stand from m + i to m + i + slop;
    as these windows are of one length and begin in order, taking the first free place for each token
    finds an assignment whenever there is one.
    """
    if not positions or not all(positions):
        return
    offsets = [{place - i for place in places} for i, places in enumerate(positions)]
    if slop == 0:
        for start in sorted(set.intersection(*offsets)):
            yield tuple(range(start, start + len(positions)))
        return
    for start in sorted(set.union(*offsets)):
        places = _assign(positions, start, slop)
        if places is not None and min(p - i for i, p in enumerate(places)) == start:
            yield places


def _assign(positions: Sequence[Sequence[int]], start: int, slop: int) -> tuple[int, ...] | None:
    used: dict[int, None] = {}
    for i, places in enumerate(positions):
        at = bisect_left(places, start + i)
        while at < len(places) and places[at] in used:
            at += 1
        if at == len(places) or places[at] > start + i + slop:
            return None
        used[places[at]] = None
    return tuple(used)
