"""Strict checks of a scenario table: keys, lists, category, regions and guideline codes."""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from bench.corpus_writer.datafiles import prose
from bench.corpus_writer.guidelines import parse_code
from bench.corpus_writer.scenario_texts import text_problems

# The least number of variants of each list of texts.
_TEXTS = {"requests": 1, "diagnoses": 1, "history": 1, "deny": 2, "approve": 1}
_CODES = ("claims_admin", "reviewer")
_LISTS = ("regions", "drugs", *_TEXTS, *_CODES)
_TABLES = ("facts", "numbers", "partial")
_REQUIRED = ("id", "category", "subcategory", "regions", *_TEXTS, *_CODES)
_KNOWN = (*_REQUIRED, "drugs", "role", *_TABLES)


@cache
def _categories() -> dict[str, list[str]]:
    categories: dict[str, list[str]] = prose("taxonomy.toml")["categories"]
    return categories


@cache
def _regions() -> frozenset[str]:
    return frozenset(prose("regions.toml")) | {"whole body"}


def problems_of(table: Mapping[str, Any]) -> list[str]:
    """Return what is wrong with a scenario table, each with what to do; empty when it can be used."""
    problems = [*_keys(table), *_lists(table)]
    return problems or [
        *_taxonomy(table),
        *_places(table),
        *_codes(table),
        *text_problems(table, tuple(_TEXTS)),
    ]


def _keys(table: Mapping[str, Any]) -> Iterator[str]:
    for key in sorted(set(table) - set(_KNOWN)):
        yield f"unknown key {key!r}; remove it (known: {', '.join(_KNOWN)})"
    for key in _REQUIRED:
        if key not in table:
            yield f"key {key!r} is missing; add it"
    for key in _TABLES:
        if not isinstance(table.get(key, {}), dict):
            yield f"{key} must be a table; write it as [scenario.{key}]"


def _lists(table: Mapping[str, Any]) -> Iterator[str]:
    for key in (key for key in _LISTS if key in table):
        texts, least = table[key], _TEXTS.get(key, 0)
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            yield f"{key} must be a list of texts; put them in [ ]"
        elif len(texts) < least:
            yield f"{key} has {len(texts)} variants; write at least {least}"


def _taxonomy(table: Mapping[str, Any]) -> Iterator[str]:
    category, subcategory = table["category"], table["subcategory"]
    known = _categories().get(category)
    if known is None:
        yield f"unknown category {category!r}; use one of {', '.join(_categories())}"
    elif subcategory not in known:
        yield f"unknown subcategory {subcategory!r} of {category}; use one of {', '.join(known)}"
    for drug in table.get("drugs", ()):
        if drug != drug.lower():
            yield f"drug {drug!r} has capitals; write generic ingredients in lower case"


def _places(table: Mapping[str, Any]) -> Iterator[str]:
    if not table["regions"]:
        yield "regions is empty; name at least one"
    for region in table["regions"]:
        if region not in _regions():
            yield f"unknown region {region!r}; use one of {', '.join(sorted(_regions()))}"
    if table.get("role", "primary") not in ("primary", "adjunct"):
        yield f"unknown role {table['role']!r}; use primary or adjunct"


def _codes(table: Mapping[str, Any]) -> Iterator[str]:
    for key in _CODES:
        if not table[key]:
            yield f"{key} is empty; give at least one guideline code"
        for code in table[key]:
            try:
                parse_code(code)
            except ValueError as error:
                yield f"{key}: {error}"
