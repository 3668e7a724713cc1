"""Facet values as people type them on a command line or in a URL, in the form that the index has."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from functools import cache

from search_app.fields import NOT_STATED
from search_app.model import OVERTURNED, PHARMACEUTICALS, UPHELD
from search_app.vocabulary import drugs, specialties
from search_app.vocabulary.body_parts import all_body_parts
from search_app.vocabulary.taxonomy import paths, taxonomy


@cache
def closed_values() -> Mapping[str, tuple[str, ...]]:
    """All values that there can be, for the facets that have a fixed list."""
    return {
        "outcome": (UPHELD, OVERTURNED),
        "drug_class": tuple(taxonomy()[PHARMACEUTICALS]),
        "body_part": all_body_parts(),
        "category": tuple(taxonomy()),
        "subcategory": paths(),
    }


def in_index_form(field: str, value: str) -> str | None:
    """The value as the index has it; None if the facet has a fixed list and the value isn't on it."""
    if value == NOT_STATED:
        return value
    if field in closed_values():
        return _by_case(closed_values()[field]).get(value.casefold())
    return _OPEN.get(field, str)(value)


@cache
def _by_case(values: Iterable[str]) -> Mapping[str, str]:
    return {value.casefold(): value for value in values}


def _ingredient(value: str) -> str:
    """A generic name in small letters, also for a brand of a single ingredient."""
    ingredients = drugs.drugs_of(value.lower())
    return ingredients[0] if len(ingredients) == 1 else value.lower()


_OPEN: Mapping[str, Callable[[str], str]] = {"drug": _ingredient, "specialty": specialties.canonical}
