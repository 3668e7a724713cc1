"""Opens an index in a folder that can't be written to, as on a read-only disk.

Tantivy makes a lock file beside the data whenever it opens an index, to read. So it is given a folder of
links instead, for as long as opening takes: what it opens then stays mapped.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from search_app.engines.tantivy import segments


@contextmanager
def openable(folder: Path) -> Iterator[Path]:
    """The folder itself, or where it can't be written to one that has links to its files.

    Raises OSError, or ValueError for a damaged list of segments.
    """
    if os.access(folder, os.W_OK) or not folder.exists():
        yield folder
        return
    with TemporaryDirectory(prefix="imr-search-") as links:
        for name in segments.files(folder):
            (Path(links) / name).symlink_to((folder / name).resolve())
        yield Path(links)
