"""Reads the postings of a term a block at a time.

Whoosh's matchers go from posting to posting with several calls for each; in the block that a matcher has
read, they are lying side by side. The names with an underscore are those of whoosh.codec.whoosh3.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from pickle import loads
from typing import Any

_COUNT_SIZE = 4
"""Bytes before the pickled gaps of a list of positions; see whoosh.formats.Positions."""


def frequencies(reader: Any, field: str, term: bytes) -> dict[int, float]:
    """The documents that have a term, in order, deleted ones too, and how often each has it."""
    found: dict[int, float] = {}
    for block, offset in _blocks(reader, field, term):
        block.weight()
        found.update(zip(_documents(block, offset), block._weights, strict=True))
    return found


def documents_of(reader: Any, field: str, term: bytes) -> list[int]:
    """The documents that have a term, in order; deleted ones too."""
    return [
        document for block, offset in _blocks(reader, field, term) for document in _documents(block, offset)
    ]


def places(reader: Any, field: str, term: bytes) -> dict[int, bytes]:
    """The documents that have a term, deleted ones too, and for `positions` where."""
    found: dict[int, bytes] = {}
    for block, offset in _blocks(reader, field, term):
        block.value()
        found.update(zip(_documents(block, offset), block._values, strict=True))
    return found


def positions(value: bytes) -> list[int]:
    """The positions of a term in a document."""
    return list(accumulate(loads(value[_COUNT_SIZE:])))  # nosec  # Whoosh's own format


def _blocks(reader: Any, field: str, term: bytes) -> Iterator[tuple[Any, int]]:
    """The matcher of each segment that has the term, once at each of its blocks, and its offset."""
    for segment, offset in reader.leaf_readers():
        if (field, term) not in segment:
            continue
        matcher = segment.postings(field, term)
        matcher = getattr(matcher, "child", matcher)  # beneath the filter of a segment with deletions
        while matcher.is_active():
            yield matcher, offset
            matcher._next_block()


def _documents(block: Any, offset: int) -> Sequence[int]:
    block.id()
    ids: Sequence[int] = block._ids
    return [offset + one for one in ids] if offset else ids
