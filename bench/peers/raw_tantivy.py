"""tantivy-py used by hand: its own tokenizers, fast facet fields, terms aggregations and snippets.

A page is one search with its count, one aggregation for all facets without a ticked value, and one more
for each ticked facet.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

import tantivy
from tantivy import Filter, Occur, Query, Tokenizer

from bench.peers.base import SNIPPET, OnDisk, Page, Shown
from bench.peers.documents import Document, documents
from bench.peers.tantivy_queries import Compiler
from search_app.fields import FACETS, TEXT_FIELDS
from search_app.model import Determination
from search_app.query.request import SearchRequest, Sort

STORED = ("case", "request", "rationale", "summary", "outcome")
HEAP = 256_000_000
"""Bytes that the writer may fill before it writes out a segment; ours gets as many."""

BUCKETS = 1_000
"""More values than any facet has."""

TOKENIZERS: Mapping[str, str] = MappingProxyType(
    {"simple": "", "regex": r"[A-Za-z\u00aa-\u02af]+[0-9]*(?:['\u2019][sS]\b)?|[0-9]+"}
)
"""Tantivy's tokenizers that are measured, with the pattern of the one that takes one.

`simple` is what most would take; it leaves 325mg one word. The pattern cuts the words that we cut.
"""


class RawTantivy(OnDisk):
    """tantivy-py with one of its tokenizers."""

    most = None

    def __init__(self, tokenizer: str = "simple") -> None:
        self._tokenizer = tokenizer
        self.name = f"raw-tantivy-{tokenizer}"
        self.label = f"tantivy-py by hand, {tokenizer} tokenizer"

    def absent(self) -> str:
        """It comes with our engine."""
        return ""

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make an index in an empty folder."""
        index = tantivy.Index(_schema(), path=str(folder))
        self._register(index)
        writer = index.writer(HEAP)
        for document in documents(determinations):
            writer.add_document(_row(document))
        writer.commit()
        writer.wait_merging_threads()

    def open(self, folder: Path) -> RawTantivyOpen:
        """Open what `build` made."""
        index = tantivy.Index.open(str(folder))
        self._register(index)
        return RawTantivyOpen(index)

    def _register(self, index: tantivy.Index) -> None:
        pattern = TOKENIZERS[self._tokenizer]
        tokenizer = Tokenizer.regex(pattern) if pattern else Tokenizer.simple()
        chain = tantivy.TextAnalyzerBuilder(tokenizer).filter(Filter.lowercase())
        index.register_tokenizer("english", chain.filter(Filter.stemmer("english")).build())


class RawTantivyOpen:
    """An open index."""

    def __init__(self, index: tantivy.Index) -> None:
        self._schema = index.schema
        self._searcher = index.searcher()
        self._compiler = Compiler(index.schema)

    def page(self, request: SearchRequest) -> Page:
        """Answer a search."""
        words = self._compiler.query(request.tree)
        filters = {one.field: self._filter(one.field, one.values) for one in request.filters}
        query = _all(words, filters)
        newest = request.sort is Sort.NEWEST
        found: Any = self._searcher.search(  # whose types lack the count
            query, request.limit, count=True, order_by_field="decided" if newest else None
        )
        facets = self._counts(query, [name for name in FACETS if name not in filters])
        for name in filters:
            others = {field: one for field, one in filters.items() if field != name}
            facets |= self._counts(_all(words, others), [name])
        return Page(found.count, self._shown(words, found), facets)

    def close(self) -> None:
        """Nothing is held that needs closing."""

    def _filter(self, field: str, values: tuple[str, ...]) -> Query:
        return Query.const_score_query(Query.term_set_query(self._schema, f"facet_{field}", values), 0.0)

    def _counts(self, query: Query, names: Iterable[str]) -> dict[str, dict[str, int]]:
        asked = {name: {"terms": {"field": f"facet_{name}", "size": BUCKETS}} for name in names}
        found = self._searcher.aggregate(query, asked)
        return {
            name: {bucket["key"]: int(bucket["doc_count"]) for bucket in found[name]["buckets"]}
            for name in asked
        }

    def _shown(self, words: Query, found: Any) -> tuple[Shown, ...]:
        titles = self._snippets(words, "request", 1_000)
        passages = self._snippets(words, "rationale", SNIPPET)
        shown = []
        for _, address in found.hits:
            document: Any = self._searcher.doc(address)
            title = titles.snippet_from_doc(document).to_html() or document.get_first("request")
            passage = passages.snippet_from_doc(document).to_html()
            passage = passage or document.get_first("rationale")[:SNIPPET]
            shown.append(Shown(document.get_first("case"), document.get_first("number"), title, passage))
        return tuple(shown)

    def _snippets(self, words: Query, field: str, length: int) -> tantivy.SnippetGenerator:
        generator = tantivy.SnippetGenerator.create(self._searcher, words, self._schema, field)
        generator.set_max_num_chars(length)
        return generator


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    for name in TEXT_FIELDS:
        builder.add_text_field(name, stored=name in STORED, tokenizer_name="english")
    for name in FACETS:
        builder.add_text_field(f"facet_{name}", fast=True, tokenizer_name="raw", index_option="basic")
    builder.add_unsigned_field("number", stored=True)
    builder.add_unsigned_field("decided", stored=True, indexed=True, fast=True)
    return builder.build()


def _row(document: Document) -> tantivy.Document:
    row = tantivy.Document()
    for name, values in document.texts.items():
        for value in values:
            row.add_text(name, value)
    for name, values in document.facets.items():
        for value in values:
            row.add_text(f"facet_{name}", value)
    row.add_unsigned("number", document.number)
    row.add_unsigned("decided", document.decided)
    return row


def _all(words: Query, filters: Mapping[str, Query]) -> Query:
    if not filters:
        return words
    return Query.boolean_query([(Occur.Must, one) for one in (words, *filters.values())])
