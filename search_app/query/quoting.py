"""Changes words of a typed query where they stand by themselves: not in quotes, behind a field or a sign."""

from __future__ import annotations

import re
from collections.abc import Callable

_QUOTED = re.compile(r'("[^"]*")')


def replaced(query: str, words: str, make: Callable[[str], str], *, once: bool = False) -> str:
    """A query with every occurrence of words made into something else, or the first alone."""
    spaced = r"\s+".join(map(re.escape, words.split()))
    pattern = re.compile(rf"(?<![\w:\"-]){spaced}(?!\w)")
    parts = _QUOTED.split(query)
    for at in range(0, len(parts), 2):
        parts[at], made = pattern.subn(lambda found: make(found[0]), parts[at], count=int(once))
        if once and made:
            break
    return "".join(parts)
