"""One commit of an index, with what searching needs of every document laid out in arrays.

Documents are known by their number in the commit. Values are read once per commit, so that matching,
counting and sorting touch no stored document but those of the hits shown.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from search_app.engines.whoosh.schema import CASE_ID, DECIDED, ITEM, VALUE_SEPARATOR, facet_column


@dataclass(frozen=True, slots=True)
class FacetColumn:
    """A facet's values: `combination[doc]` indexes `values`, the distinct lists of values that occur."""

    combination: Sequence[int]
    values: Sequence[tuple[str, ...]]


class Snapshot:
    """A reader of one commit and its arrays."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.live = array("I", reader.all_doc_ids())
        self._lengths: dict[str, array[int]] = {}
        self._facets: dict[str, FacetColumn] = {}

    @cached_property
    def case_ids(self) -> list[str]:
        """The case id of each document."""
        return [value.decode() if isinstance(value, bytes) else value for value in self._column(CASE_ID)]

    @cached_property
    def items(self) -> list[int]:
        """The number of the decision in its letter, of each document."""
        return self._column(ITEM)

    @cached_property
    def days(self) -> list[int]:
        """The decision date of each document as `schema.day_number`."""
        return self._column(DECIDED)

    @cached_property
    def rank(self) -> Sequence[int]:
        """The place of each live document in the order of case id and item, which ends every sort."""
        ordered = sorted(self.live, key=lambda doc: (self.case_ids[doc], self.items[doc]))
        ranks = array("I", bytes(4 * self.reader.doc_count_all()))
        for place, doc in enumerate(ordered):
            ranks[doc] = place
        return ranks

    def facet(self, name: str) -> FacetColumn:
        """The column of a facet."""
        if name not in self._facets:
            known: dict[bytes, int] = {}
            column = array(
                "I", (known.setdefault(value, len(known)) for value in self._column(facet_column(name)))
            )
            values = [tuple(value.decode().split(VALUE_SEPARATOR)) for value in known]
            self._facets[name] = FacetColumn(column, values)
        return self._facets[name]

    def lengths(self, field: str) -> Sequence[int]:
        """The number of tokens that each document has in a field."""
        if field not in self._lengths:
            length = self.reader.doc_field_length
            documents = range(self.reader.doc_count_all())
            self._lengths[field] = array("I", (length(doc, field, 0) or 0 for doc in documents))
        return self._lengths[field]

    def documents_of(self, case_id: str) -> list[int]:
        """The live documents of a case, in order of number."""
        term = case_id.encode(errors="replace")
        if (CASE_ID, term) not in self.reader:
            return []
        return list(self.reader.postings(CASE_ID, term).all_ids())

    def close(self) -> None:
        """Release the reader's files."""
        self.reader.close()

    def _column(self, name: str) -> list[Any]:
        values: list[Any] = []
        for reader, _ in self.reader.leaf_readers():
            if reader.has_column(name):
                values.extend(reader.column_reader(name, translate=False))
            else:
                values.extend([b""] * reader.doc_count_all())
        return values
