"""Near-twins: rationales that are the same but for a few words.

Texts are compared by their runs of three tokens. MinHash (Broder 1997) by one permutation (Li, Owen and Zhang
2012) gives each text 40 numbers, of which two texts share about as many as they share runs: the Jaccard index
of their sets. Eight numbers make a band, and two texts are near-twins if one of their five bands is the same,
which is likely from an index of about 0.8 on: 0.17 at 0.7, 0.60 at 0.8, 0.94 at 0.9, 0.996 at 0.95.
"""

from __future__ import annotations

from functools import lru_cache
from hashlib import blake2b
from itertools import chain, count
from zlib import crc32

from search_app.query.runs import tokens_of_run

BANDS = 5
ROWS = 8

_BINS = BANDS * ROWS
_MASK = (1 << 40) - 1
_ODD, _ODDER, _ODDEST = 0x9E3779B1, 0x85EBCA77, 0xC2B2AE3D27D4EB4F
"""Multipliers that spread the hashes of tokens (xxHash's primes)."""

_FEWEST = 8
"""Tokens of the shortest text that can have twins; shorter ones are no reasoning."""


@lru_cache(maxsize=65_536)
def _hash(token: str) -> int:
    return crc32(token.encode())


def twin_keys(text: str) -> tuple[str, ...]:
    """The bands of a text, each a key that its near-twins have too; none for a very short text."""
    found = list(chain.from_iterable(map(tokens_of_run, text.split(" "))))
    if len(found) < _FEWEST:
        return ()
    least = _least(found)
    bands = (least[at : at + ROWS] for at in range(0, _BINS, ROWS))
    return tuple(
        blake2b(b"".join(one.to_bytes(5) for one in band), digest_size=8, salt=bytes([at])).hexdigest()
        for at, band in enumerate(bands)
    )


def _least(found: list[str]) -> list[int]:
    """The least hash in each bin; an empty bin takes that of the next one (Shrivastava and Li 2014)."""
    least: dict[int, int] = {}
    hashes = list(map(_hash, found))
    for one, two, three in zip(hashes, hashes[1:], hashes[2:], strict=False):
        number = (one * _ODD + two * _ODDER + three) * _ODDEST & _MASK
        place, value = number % _BINS, number >> 8
        if value < least.get(place, _MASK):
            least[place] = value
    return [least[next(at % _BINS for at in count(place) if at % _BINS in least)] for place in range(_BINS)]
