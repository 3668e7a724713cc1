"""The writer: changes are gathered and become one Whoosh commit."""

from __future__ import annotations

from typing import Any

from search_app.engines.whoosh.schema import CASE_ID, documents
from search_app.model import Determination

MEMORY = 256
"""Megabytes that Whoosh may fill with postings before it writes them out."""


class WhooshWriter:
    """Gathers changes by case id, so that within one batch the last one for a case counts."""

    def __init__(self, index: Any) -> None:
        self._index = index
        self.changes: dict[str, Determination | None] = {}

    def put(self, determination: Determination) -> None:
        """Add a determination, or replace the one with the same id."""
        self.changes[determination.id] = determination

    def delete(self, case_id: str) -> None:
        """Remove a determination; one that is not there is no error."""
        self.changes[case_id] = None

    def commit(self) -> None:
        """Make all changes since the last commit visible and durable, atomically."""
        if not self.changes:
            return
        writer = self._index.writer(limitmb=MEMORY)
        try:
            self._delete_old(writer)
            for determination in self.changes.values():
                if determination is not None:
                    for document in documents(determination):
                        writer.add_document(**document)
        except BaseException:
            writer.cancel()
            raise
        writer.commit()
        self.changes = {}

    def _delete_old(self, writer: Any) -> None:
        with writer.reader() as reader:
            for case_id in self.changes:
                if (CASE_ID, case_id.encode()) in reader:
                    for document in list(reader.postings(CASE_ID, case_id).all_ids()):
                        writer.delete_document(document)
