"""The writer: changes go to Tantivy as they come, and become visible with a commit."""

from __future__ import annotations

from tantivy import Document, IndexWriter

from search_app.engines.tantivy.schema import CASE_ID, documents
from search_app.model import Determination


class TantivyWriter:
    """Changes one index."""

    def __init__(self, writer: IndexWriter) -> None:
        self._writer = writer

    def put(self, determination: Determination) -> None:
        """Add a determination, or replace the one with the same id."""
        self.delete(determination.id)
        for document in documents(determination):
            self._add(document)

    def delete(self, case_id: str) -> None:
        """Remove a determination; one that is not there is no error."""
        self._writer.delete_documents_by_term(CASE_ID, case_id)

    def commit(self) -> None:
        """Make all changes since the last commit visible and durable, atomically."""
        self._writer.commit()

    def _add(self, document: Document) -> None:
        try:
            self._writer.add_document(document)
        except ValueError:  # A thread that writes has failed; a commit can't be made then, and says why.
            self._writer.commit()
            raise
