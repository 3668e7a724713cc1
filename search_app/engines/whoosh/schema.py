"""The Whoosh schema: one document a decision, derived from the field table."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from whoosh import analysis as whoosh_analysis
from whoosh import columns
from whoosh import fields as whoosh_fields

from search_app.engines.layout import (
    VALUE_GAP,
    VALUE_SEPARATOR,
    concept_field,
    concepts_of,
    day_number,
    facet_column,
)
from search_app.fields import CONCEPT_FIELDS, FACETS, FIELDS, TEXT_FIELDS, facet_values, texts
from search_app.model import Determination
from search_app.query.analysis import spans
from search_app.query.twins import twin_keys

CASE_ID = "case_id"
ITEM = "item"
DECIDED = "decided"
HIT = "hit"
WHOLE_CASE = "whole_case"
TWINS = "twins"


class Tokens(whoosh_analysis.Analyzer):  # type: ignore[misc]  # whoosh has no types
    """`query.analysis` in Whoosh's form; values joined by VALUE_SEPARATOR lie VALUE_GAP apart."""

    def __call__(self, value: str, **_: Any) -> Iterator[whoosh_analysis.Token]:
        """Yield the tokens of a value with their positions."""
        token = whoosh_analysis.Token(positions=True, boosts=True, boost=1.0)
        position = 0
        for part in value.split(VALUE_SEPARATOR):
            for span in spans(part):
                token.text, token.pos = span.token, position
                yield token
                position += 1
            position += VALUE_GAP

    def has_morph(self) -> bool:
        """Tokens are stemmed."""
        return True


def schema() -> whoosh_fields.Schema:
    """The schema of an index."""
    tokens = Tokens()
    built = whoosh_fields.Schema(
        **{
            CASE_ID: whoosh_fields.ID(sortable=True),
            ITEM: whoosh_fields.COLUMN(columns.NumericColumn("H")),
            DECIDED: whoosh_fields.COLUMN(columns.NumericColumn("i")),
            HIT: whoosh_fields.STORED(),
            WHOLE_CASE: whoosh_fields.STORED(),
            TWINS: whoosh_fields.KEYWORD(stored=True),
        }
    )
    for name in FACETS:
        built.add(facet_column(name), whoosh_fields.COLUMN(columns.VarBytesColumn()))
    for name in TEXT_FIELDS:
        built.add(name, whoosh_fields.TEXT(analyzer=tokens, phrase=True))
    for name in CONCEPT_FIELDS:
        identifiers = whoosh_fields.TEXT(analyzer=whoosh_analysis.SpaceSeparatedTokenizer(), phrase=False)
        built.add(concept_field(name), identifiers)
    return built


def documents(determination: Determination) -> Iterator[dict[str, Any]]:
    """One Whoosh document for each decision; the first one carries the whole case."""
    header = replace(determination, summary="", decisions=())
    for number, decision in enumerate(determination.decisions, 1):
        document: dict[str, Any] = {
            CASE_ID: determination.id,
            ITEM: number,
            DECIDED: day_number(determination.decision_date),
            HIT: json.dumps(replace(header, decisions=(decision,)).to_json()),
            TWINS: " ".join(twin_keys(decision.rationale)),
        }
        if number == 1:
            document[WHOLE_CASE] = json.dumps(determination.to_json())
        for name in FACETS:
            joined = VALUE_SEPARATOR.join(facet_values(name, determination, decision))
            document[facet_column(name)] = joined.encode()
        for name in TEXT_FIELDS:
            document[name] = VALUE_SEPARATOR.join(texts(name, determination, decision))
        for name in CONCEPT_FIELDS:
            document[concept_field(name)] = concepts_of(name, determination, decision)
        yield document


def _check_names() -> None:
    clash = {CASE_ID, ITEM, HIT, WHOLE_CASE, TWINS} & set(FIELDS)
    if clash:
        raise ValueError(f"schema.py: fields.py uses the reserved names {sorted(clash)}")


_check_names()
