"""Names of files as they are told: as text that steers no terminal and no page, and each once."""

from __future__ import annotations

import os
import re
from itertools import count
from pathlib import PurePosixPath

REPLACED = "\ufffd"
"""Stands for what is no text in a name."""

LONGEST = 255
"""Characters of a name in an archive: what file systems take for one (POSIX, NAME_MAX). The end is kept."""

_STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
"""Control characters, line ends, and signs that turn the direction of writing."""


def shown(name: str) -> str:
    """The name of a file or folder on disk as text, whatever bytes it has."""
    return _STEERING.sub(REPLACED, os.fsencode(name).decode("utf-8", errors="replace"))


def inside(name: str) -> PurePosixPath:
    """The name of a member of an archive, as a path that doesn't climb out of it."""
    named = _STEERING.sub(REPLACED, name.replace("\\", "/"))
    parts = [part for part in PurePosixPath(named).parts if part not in ("/", "//", "..", ".")]
    return PurePosixPath("/".join(parts)[-LONGEST:].lstrip("/") or "unnamed")


class UniqueNames:
    """Gives out each name once."""

    def __init__(self) -> None:
        self._taken: set[str] = set()
        self._numbers: dict[str, count[int]] = {}

    def take(self, name: PurePosixPath) -> str:
        """The name, or where it is taken the first of name~2, name~3, ... that is not."""
        free = str(name)
        if free in self._taken:
            numbers = self._numbers.setdefault(free, count(2))
            free = next(one for one in (str(_numbered(name, of)) for of in numbers) if one not in self._taken)
        self._taken.add(free)
        return free


def _numbered(name: PurePosixPath, number: int) -> PurePosixPath:
    return name.with_stem(f"{name.stem}~{number}")
