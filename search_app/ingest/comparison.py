"""What differs between the corpus as it lies there and the account of the index, found by SQL."""

from __future__ import annotations

import os
from collections.abc import Iterator
from itertools import accumulate, chain
from pathlib import Path

from search_app.ingest.manifest import Manifest, State
from search_app.ingest.scan import Scan
from search_app.ingest.workers import Task
from search_app.letters import LetterFile
from search_app.letters.files import MEMBER

PAGE = 1000
"""Rows read at once."""

_VANISHED = f"""
select source from main.files
where source > :after and source not in (select source from scan.found)
order by source limit {PAGE}
"""  # nosec  # a number of our own
_CHANGED = f"""
from scan.found as found left join main.files as known using (source)
where found.source > :after
  and (known.state is not '{State.INDEXED}' or known.parser is not :parser
       or found.size is not known.size or found.modified is not known.modified or known.reason <> '')
"""
_CHANGED_PAGE = f"""
select found.source, found.path, found.member,
       iif(known.state = '{State.INDEXED}' and known.parser = :parser, known.digest, '')
{_CHANGED} order by found.source limit {PAGE}
"""


class Comparison:
    """The files of a scan beside those of a manifest.

    Both lists are read page by page, and stay right while the entries of files that were listed are replaced.
    """

    def __init__(self, manifest: Manifest, scan: Scan, parser: str) -> None:
        """`parser` is the version that letters are read with now."""
        self._connection = manifest.connection
        self._parser = parser
        self._connection.execute("attach database ? as scan", (str(scan.path),))
        (self.changes,) = self._connection.execute(f"select count(*) {_CHANGED}", self._after("")).fetchone()

    def vanished(self) -> Iterator[str]:
        """The files that are gone; those in folders and archives that can't be opened now are kept."""
        for (source,) in self._pages(_VANISHED):
            if not self._is_closed(source):
                yield source

    def changed(self) -> Iterator[Task]:
        """The files, `changes` of them, that are new, may have changed, or were not taken in."""
        for source, path, member, digest in self._pages(_CHANGED_PAGE):
            yield Task(LetterFile(source, Path(os.fsdecode(path)), member), digest)

    def stamp(self, source: str) -> tuple[int, int]:
        """Size and time of modification of a file when it was looked at, which was before it was read."""
        query = "select size, modified from scan.found where source = ?"
        size, modified = self._connection.execute(query, (source,)).fetchone()
        return size, modified

    def _pages(self, query: str) -> Iterator[tuple[str, ...]]:
        after = ""
        while rows := self._connection.execute(query, self._after(after)).fetchall():
            yield from rows
            after = rows[-1][0]

    def _after(self, source: str) -> dict[str, str]:
        return {"after": source, "parser": self._parser}

    def _is_closed(self, source: str) -> bool:
        """Whether a folder above the file, or the archive around it, is there but can't be opened."""
        folders = ((above, "closed") for above in _above(source, "/"))
        archives = ((above, "member = ''") for above in _above(source, MEMBER))
        return any(
            self._connection.execute(
                f"select 1 from scan.found where source = ? and {how}",  # nosec  # `how` is one of the two above
                (above,),
            ).fetchone()
            for above, how in chain(folders, archives)
        )


def _above(source: str, separator: str) -> Iterator[str]:
    """What stands before each separator: "a/b/c" lies in "a" and "a/b"."""
    parts = source.split(separator)[:-1]
    return accumulate(parts, lambda above, part: f"{above}{separator}{part}")
