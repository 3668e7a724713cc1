"""The mapping of an index and its documents: one document a decision, derived from the field table.

Texts are sent as the tokens of `query.analysis` with spaces between them, and the cluster splits at spaces:
so its tokens are those of the other engines. Of a document only what a hit shows is stored.
"""

from __future__ import annotations

import zlib
from base64 import b64decode, b64encode
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from hashlib import blake2b
from typing import Any

import orjson

from search_app.engines.base import SCHEMA_VERSION
from search_app.engines.layout import VALUE_GAP, concept_field, concepts_of, day_number, facet_column
from search_app.engines.ranking import WINDOW, Read
from search_app.fields import CONCEPT_FIELDS, FACETS, TEXT_FIELDS, facet_values, texts
from search_app.model import Decision, Determination
from search_app.query.analysis import tokens
from search_app.query.request import MAX_LIMIT, MAX_OFFSET
from search_app.query.twins import twin_keys

VERSION = f"{SCHEMA_VERSION}.1"
"""Of the schema: that of all engines, and after the point that of what is kept here for it."""

CASE_ID = "case_id"
ITEM = "item"
DAY = "day"
BORN = "born"
DIED = "died"
NEWEST = "newest"
OLDEST = "oldest"
TWINS = "twins"
WORDS = "words"
RANKED = "ranked"
"""What ranking reads of a decision, in a column: of a hundred for a page."""

HIT = "hit"
SUMMARY = "whole_summary"
STATE = "state"
"""The field, and the id, of the one document that says what is committed; see `state`."""

_ANALYZER = "imr_tokens"
_NEVER = 9_999_999

_tokens = lru_cache(maxsize=64)(tokens)
"""The decisions of a letter share its summary."""


def index_body(shards: int, replicas: int) -> dict[str, Any]:
    """Settings and mapping of a new index."""
    return {
        "settings": {
            "index": {
                "number_of_shards": shards,
                "number_of_replicas": replicas,
                "refresh_interval": "-1",
                "max_result_window": MAX_OFFSET + MAX_LIMIT + WINDOW,
                "similarity": {"default": {"type": "BM25", "k1": 1.2, "b": 0.75}},
            },
            "analysis": {
                "tokenizer": {_ANALYZER: {"type": "whitespace", "max_token_length": 1_000}},
                "analyzer": {_ANALYZER: {"type": "custom", "tokenizer": _ANALYZER}},
            },
        },
        "mappings": {
            "dynamic": "strict",
            "_source": {"includes": [HIT, SUMMARY, BORN, STATE]},
            "properties": dict(_properties()),
        },
    }


def _properties() -> Iterator[tuple[str, Mapping[str, Any]]]:
    for name in (CASE_ID, NEWEST, OLDEST, TWINS, *map(facet_column, FACETS)):
        yield name, {"type": "keyword"}
    yield WORDS, {"type": "keyword", "index": False}
    yield RANKED, {"type": "binary", "doc_values": True}
    for name in (ITEM, DAY):
        yield name, {"type": "integer"}
    for name in (BORN, DIED):
        yield name, {"type": "long"}
    for name in (HIT, SUMMARY, STATE):
        yield name, {"type": "object", "enabled": False}
    for name in TEXT_FIELDS:
        yield name, {"type": "text", "analyzer": _ANALYZER, "position_increment_gap": VALUE_GAP}
    for name in CONCEPT_FIELDS:
        yield concept_field(name), {"type": "text", "analyzer": _ANALYZER, "index_options": "freqs"}


def document_id(case_id: str, born: int, number: int) -> str:
    """The id of the document for a decision as a generation has it; the same whenever it is sent again."""
    hashed = blake2b(case_id.encode(errors="surrogatepass"), digest_size=16).hexdigest()
    return f"{hashed}-{born}-{number}"


def documents(determination: Determination, born: int) -> Iterator[dict[str, Any]]:
    """A document for each decision; the first also stores the summary, which all of them share."""
    header = replace(determination, summary="", decisions=()).to_json()
    for number, decision in enumerate(determination.decisions, 1):
        keys = list(twin_keys(decision.rationale))
        document = {
            CASE_ID: determination.id,
            ITEM: number,
            DAY: day_number(determination.decision_date),
            BORN: born,
            NEWEST: sort_key(determination, number, newest=True),
            OLDEST: sort_key(determination, number, newest=False),
            TWINS: keys,
            WORDS: sorted(set(_tokens(decision.rationale))),
            RANKED: _packed(Read(decision.rationale, tuple(keys))),
            HIT: {"number": number, "case": header, "decision": decision.to_json()},
        }
        if number == 1:
            document[SUMMARY] = determination.summary
        yield document | _searched(determination, decision)


def _packed(read: Read) -> str:
    return b64encode(zlib.compress(orjson.dumps([read.rationale, read.twin_keys]))).decode()


def unpacked(column: str) -> Read:
    """What ranking reads, from the value of its column, which a cluster tells without padding."""
    rationale, keys = orjson.loads(zlib.decompress(b64decode(column + "==")))
    return Read(rationale, tuple(keys))


def _searched(determination: Determination, decision: Decision) -> dict[str, Any]:
    found: dict[str, Any] = {
        facet_column(name): facet_values(name, determination, decision) for name in FACETS
    }
    for name in TEXT_FIELDS:
        found[name] = [" ".join(_tokens(text)) for text in texts(name, determination, decision)]
    for name in CONCEPT_FIELDS:
        found[concept_field(name)] = concepts_of(name, determination, decision)
    return found


def sort_key(determination: Determination, number: int, *, newest: bool) -> str:
    """What the orders by date sort by: the date, undated last, then the case and the item."""
    day = day_number(determination.decision_date)
    return f"{_NEVER - day if newest else day or _NEVER:07} {determination.id}\0{number:06}"


def case_of(header: Mapping[str, Any], decisions: list[Any], summary: str = "") -> Determination:
    """A stored case with these of its decisions."""
    return Determination.from_json({**header, "summary": summary, "decisions": decisions})
