"""Sets of documents as the bits of an integer, which Python joins, cuts and counts many at a time."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import compress, count

_TO_FLAGS = bytes.maketrans(b"01", b"\0\1")
_ZERO, _ONE = b"01"


def bits_of(documents: Iterable[int], size: int) -> int:
    """The set of these documents, all below `size`."""
    digits = bytearray([_ZERO]) * (size + 1)
    for document in documents:
        digits[~document] = _ONE
    return int(digits, 2)


def flags(bits: int, size: int) -> bytes:
    """For each document below `size` a 1 if it is in the set, else a 0."""
    return f"{bits:0{size}b}"[::-1].encode().translate(_TO_FLAGS)


def documents_in(bits: int) -> list[int]:
    """The documents of a set, in order."""
    return list(compress(count(), flags(bits, 1)))
