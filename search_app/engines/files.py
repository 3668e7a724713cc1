"""The files of an index, which come and go while they are looked at."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path


def statuses(folder: Path) -> list[os.stat_result]:
    """The status of each file in a folder; those that go meanwhile are left out."""
    found = []
    with suppress(FileNotFoundError):
        for path in folder.iterdir():
            with suppress(FileNotFoundError):
                found.append(path.stat())
    return found
