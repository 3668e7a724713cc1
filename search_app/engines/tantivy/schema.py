"""The Tantivy schema: one document a decision, derived from the field table."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b

import orjson
import tantivy
from tantivy import Document, Filter, PreTokenizedString, SchemaBuilder, TextAnalyzerBuilder, Token, Tokenizer

from search_app.engines.layout import VALUE_GAP, concept_field, concepts_of, day_number
from search_app.engines.tantivy.columns import COLUMNS
from search_app.fields import CONCEPT_FIELDS, FACETS, TEXT_FIELDS, facet_values, texts
from search_app.model import Decision, Determination
from search_app.query.analysis import tokens
from search_app.query.runs import cut
from search_app.query.twins import twin_keys

CASE_ID = "case_id"
ITEM = "item"
DAY = "day"
TICKS = "ticks"
NEWEST = "newest"
OLDEST = "oldest"
HIT = "hit"
SUMMARY = "whole_summary"

_cut = lru_cache(maxsize=64)(cut)
"""The decisions of a letter share its summary."""

_TOKENS = "imr_tokens"
_CONCEPTS = "imr_concepts"
_EXACT = "raw"
_NEVER = 9_999_999


@lru_cache(maxsize=65_536)
def tick(facet: str, value: str) -> int:
    """The number that stands for a value of a facet in restrictions: 64 bits of BLAKE2."""
    return int.from_bytes(blake2b(f"{facet}\0{value}".encode(errors="replace"), digest_size=8).digest())


def twin_tick(key: str) -> int:
    """The number that stands for a key of near-twins: its 64 bits."""
    return int(key, 16)


def schema() -> tantivy.Schema:
    """The schema of an index.

    `item` counts the decisions of a letter from 1; `day` is the ordinal of the decision date, 0 for none;
    `ticks` has a number for each facet value of the decision and each key of its near-twins; `newest` and
    `oldest` sort like the orders of those names, and are different for every decision. The first decision of
    a case also stores the summary, which all of them share.
    """
    builder = SchemaBuilder()
    builder.add_text_field(CASE_ID, tokenizer_name=_EXACT, index_option="basic")
    builder.add_unsigned_field(ITEM, indexed=True)
    builder.add_unsigned_field(DAY, fast=True)
    builder.add_unsigned_field(TICKS, indexed=True)
    for name in (NEWEST, OLDEST, *(column.name for column in COLUMNS)):
        builder.add_text_field(name, fast=True, tokenizer_name=_EXACT, index_option="basic")
    for name in TEXT_FIELDS:
        builder.add_text_field(name, tokenizer_name=_TOKENS, index_option="position")
    for name in CONCEPT_FIELDS:
        builder.add_text_field(concept_field(name), tokenizer_name=_CONCEPTS, index_option="freq")
    for name in (HIT, SUMMARY):
        builder.add_bytes_field(name, stored=True)
    return builder.build()


def analyzer() -> tantivy.TextAnalyzer:
    """`query.analysis` in Tantivy's form, for texts that are `cut`."""
    chain = TextAnalyzerBuilder(Tokenizer.whitespace())
    return chain.filter(Filter.lowercase()).filter(Filter.stemmer("english")).build()


def register_analyzers(index: tantivy.Index) -> None:
    """Make the analyzers known to an index that is to be written."""
    index.register_tokenizer(_TOKENS, analyzer())
    index.register_tokenizer(_CONCEPTS, TextAnalyzerBuilder(Tokenizer.whitespace()).build())


def documents(determination: Determination) -> Iterator[Document]:
    """A document for each decision."""
    header = orjson.dumps(replace(determination, summary="", decisions=()).to_json())
    for number, decision in enumerate(determination.decisions, 1):
        document = Document()
        document.add_text(CASE_ID, determination.id)
        document.add_unsigned(ITEM, number)
        document.add_unsigned(DAY, day_number(determination.decision_date))
        document.add_text(NEWEST, sort_key(determination, number, newest=True))
        document.add_text(OLDEST, sort_key(determination, number, newest=False))
        keys = twin_keys(decision.rationale)
        for key in keys:
            document.add_unsigned(TICKS, twin_tick(key))
        parts = (number, header, orjson.dumps(keys), orjson.dumps(decision))
        document.add_bytes(HIT, b'{"number": %d, "case": %b, "twins": %b, "decision": %b}' % parts)
        if number == 1:
            document.add_bytes(SUMMARY, determination.summary.encode())
        _add_fields(document, determination, decision)
        yield document


def _add_fields(document: Document, determination: Determination, decision: Decision) -> None:
    facets = {name: facet_values(name, determination, decision) for name in FACETS}
    for column in COLUMNS:
        document.add_text(column.name, column.entry(facets))
    for name, ticked in facets.items():
        for value in ticked:
            document.add_unsigned(TICKS, tick(name, value))
    for name in TEXT_FIELDS:
        values = texts(name, determination, decision)
        if len(values) == 1:
            document.add_text(name, _cut(values[0]))
        elif values:
            document.add_pre_tokenized_text(name, _apart(values))
    for name in CONCEPT_FIELDS:
        document.add_text(concept_field(name), concepts_of(name, determination, decision))


@lru_cache(maxsize=4096)
def _apart(values: tuple[str, ...]) -> PreTokenizedString:
    """Several values as one, VALUE_GAP positions apart, so that no phrase reaches from one into another."""
    found: list[Token] = []
    for number, value in enumerate(values):
        begin = len(found) + number * VALUE_GAP
        found += [Token(token, position, 0, 0) for position, token in enumerate(tokens(value), begin)]
    return PreTokenizedString("", found)


def sort_key(determination: Determination, number: int, *, newest: bool) -> str:
    """What the orders by date sort by: the date, undated last, then the case and the item."""
    day = day_number(determination.decision_date)
    return f"{_NEVER - day if newest else day or _NEVER:07} {determination.id}\0{number:06}"
