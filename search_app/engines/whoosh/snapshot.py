"""One commit of an index, with what searching needs of every document laid out side by side.

Documents are known by their number in the commit. Values are read once per commit, when they are first
asked for, so that matching, counting and sorting touch no stored document but those of the hits shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from functools import cached_property
from itertools import chain, compress
from typing import Any

from search_app.engines.layout import VALUE_SEPARATOR, facet_column
from search_app.engines.whoosh import postings
from search_app.engines.whoosh.bits import bits_of, flags
from search_app.engines.whoosh.schema import CASE_ID, DECIDED, ITEM, TWINS


class Snapshot:
    """A reader of one commit and its values. Sets of documents are `bits`."""

    def __init__(self, reader: Any) -> None:
        self.reader = reader
        self.size: int = reader.doc_count_all()
        self.live = bits_of(reader.all_doc_ids(), self.size)
        self._flags = flags(self.live, self.size) if self.live.bit_count() < self.size else None
        self._facets: dict[str, Mapping[str, int]] = {}
        self._terms: dict[str, Sequence[str]] = {}

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
    def by_case(self) -> Sequence[int]:
        """The documents in order of case id and item, which ends every sort."""
        keys = list(zip(self.case_ids, self.items, strict=True))
        return sorted(range(self.size), key=keys.__getitem__)

    @cached_property
    def newest(self) -> Sequence[int]:
        """The documents in the order of `Sort.NEWEST`."""
        return sorted(self.by_case, key=self.days.__getitem__, reverse=True)

    @cached_property
    def oldest(self) -> Sequence[int]:
        """The documents in the order of `Sort.OLDEST`."""
        after_all = max(self.days, default=0) + 1
        return sorted(self.by_case, key=[day or after_all for day in self.days].__getitem__)

    def facet(self, name: str) -> Mapping[str, int]:
        """The documents that have each value of a facet."""
        if name not in self._facets:
            together: dict[bytes, list[int]] = defaultdict(list)
            for document, values in enumerate(self._column(facet_column(name))):
                together[values].append(document)
            having: dict[str, int] = defaultdict(int)
            for values, documents in together.items():
                bits = bits_of(documents, self.size)
                for value in values.decode().split(VALUE_SEPARATOR):
                    having[value] |= bits
            self._facets[name] = dict(having)
        return self._facets[name]

    def lengths(self, field: str) -> Sequence[int]:
        """The number of tokens that each document has in a field."""
        length = self.reader.doc_field_length
        return [length(document, field, 0) or 0 for document in range(self.size)]

    def terms(self, field: str) -> Sequence[str]:
        """The tokens that occur in a field."""
        if field not in self._terms:
            self._terms[field] = [term.decode() for term in self.reader.lexicon(field)]
        return self._terms[field]

    def vocabulary(self, field: str, beginning: str) -> Mapping[str, int]:
        """The tokens of a field that begin so, and how many documents have each, deleted ones too."""
        having = self.reader.doc_frequency
        return {
            token: having(field, token.encode()) for token in self.terms(field) if token.startswith(beginning)
        }

    def documents_of(self, case_id: str) -> Sequence[int]:
        """The live documents of a case, in order of number."""
        return self.alive(postings.documents_of(self.reader, CASE_ID, case_id.encode(errors="replace")))

    def twins(self, keys: Sequence[str]) -> int:
        """The live documents that have any of the keys of near-twins."""
        having = (postings.documents_of(self.reader, TWINS, key.encode()) for key in keys)
        return bits_of(chain.from_iterable(having), self.size) & self.live

    def alive(self, documents: Sequence[int]) -> Sequence[int]:
        """The live ones of these documents."""
        if self._flags is None:
            return documents
        return list(compress(documents, map(self._flags.__getitem__, documents)))

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
