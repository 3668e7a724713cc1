"""Near-twins: rationales that are the same but for a few words.

Texts are compared by their runs of three tokens. MinHash (Broder 1997) by one permutation (Li, Owen and
Zhang 2012) gives each text 48 numbers, of which two texts share about as many as they share runs: the Jaccard
index of their sets. Twelve numbers make a band, and two texts are near-twins if they share one of four.

Of random texts of 120 words, nearly all are with two words replaced (an index of 0.9), four in five with four
words, one in three with eight, and one in ten with twelve (0.57).
"""

from __future__ import annotations

from array import array
from functools import lru_cache
from hashlib import blake2b
from itertools import chain
from zlib import crc32

from search_app.query.runs import tokens_of_run

BANDS = 4
ROWS = 12

_BINS = BANDS * ROWS
_PRIME = (1 << 29) - 3
"""Hashes are below it, so that Python's arithmetic on them is fast."""

_FEWEST = 8
"""Tokens of the shortest text that can have twins; shorter ones are no reasoning."""


@lru_cache(maxsize=65_536)
def _hashes(token: str) -> tuple[int, int, int]:
    """The hashes of a token as the first, the second and the third of a run."""
    hashed = crc32(token.encode())
    return hashed % _PRIME, hashed * 0x9E3779B1 % _PRIME, hashed * 0x85EBCA77 % _PRIME


def twin_keys(text: str) -> tuple[str, ...]:
    """The bands of a text, each a key that its near-twins have too; none for a very short text."""
    found = list(chain.from_iterable(map(tokens_of_run, text.split(" "))))
    if len(found) < _FEWEST:
        return ()
    least = _least(found)
    bands = (array("I", least[at : at + ROWS]) for at in range(0, _BINS, ROWS))
    return tuple(
        blake2b(band, digest_size=8, salt=bytes([number])).hexdigest() for number, band in enumerate(bands)
    )


def _least(found: list[str]) -> list[int]:
    """The least hash in each bin; an empty bin takes that of the next one (Shrivastava and Li 2014)."""
    first, second, third = zip(*map(_hashes, found), strict=True)
    runs = zip(first, second[1:], third[2:], strict=False)
    hashed = {(one ^ two ^ three) * 0x2545 % _PRIME for one, two, three in runs}
    least = {number % _BINS: number for number in sorted(hashed, reverse=True)}
    following = least[min(least)]
    filled = [following := least.get(place, following) for place in reversed(range(_BINS))]
    return filled[::-1]
