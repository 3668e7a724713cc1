"""The things that can be suggested, each with every name that it goes by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from functools import cache

from search_app.engines.base import Facet
from search_app.fields import NOT_STATED, PATH_SEPARATOR
from search_app.suggest.beginnings import Beginnings
from search_app.vocabulary.drug_table import DrugName, drug_table
from search_app.vocabulary.everyday import Group, everyday_groups


class Kind(Enum):
    """What a suggestion is."""

    DRUG = "drug"
    TREATMENT = "treatment"
    CATEGORY = "category"
    GUIDELINE = "guideline"
    SPECIALTY = "specialty"
    CASE = "case"


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """One thing and the names that it is found by; `text` is what it is called.

    The usual name stands first among `forms`; "" where there is none, as for a product of several drugs.

    It is either the value of a facet (`field`, `value`), or words that are searched for: `query`, or the
    name that matched where that is empty.
    """

    kind: Kind
    text: str
    forms: tuple[str, ...]
    detail: str = ""
    field: str = ""
    value: str = ""
    query: str = ""


FACET_KINDS = {
    "category": Kind.CATEGORY,
    "subcategory": Kind.CATEGORY,
    "guideline": Kind.GUIDELINE,
    "specialty": Kind.SPECIALTY,
}
"""Facets whose values are suggested as the index has them."""

COUNTED = ("drug", *FACET_KINDS)
"""All facets that suggestions are counted by."""


@cache
def known_names() -> Beginnings[Name]:
    """Drugs and treatments of the vocabularies, whatever is in an index; made once."""
    return Beginnings((name, name.forms) for name in (*_drugs(), *_treatments()))


def names_in(facets: tuple[Facet, ...]) -> Beginnings[Name]:
    """The values of the facets in `FACET_KINDS` by their names."""
    names = (_of_value(facet.field, one.value) for facet in facets for one in facet.values)
    return Beginnings((name, name.forms) for name in names if name is not None)


def _of_value(field: str, value: str) -> Name | None:
    if field not in FACET_KINDS or value == NOT_STATED:
        return None
    above, _, text = value.rpartition(PATH_SEPARATOR)
    return Name(kind=FACET_KINDS[field], text=text, forms=(text,), detail=above, field=field, value=value)


def _drugs() -> Iterator[Name]:
    """Ingredients as values of the facet; products of several as words, as a facet would take either."""
    by_ingredients: dict[tuple[str, ...], list[DrugName]] = defaultdict(list)
    for one in drug_table().names:
        if not one.weak:
            by_ingredients[one.ingredients].append(one)
    for ingredients, names in by_ingredients.items():
        usual, single = " and ".join(ingredients), len(ingredients) == 1
        written = tuple(one.written for one in names)
        yield Name(
            kind=Kind.DRUG,
            text=usual,
            forms=tuple(dict.fromkeys((usual if single else "", *written))),
            detail=names[0].drug_class,
            field="drug" if single else "",
            value=usual if single else "",
        )


def _treatments() -> Iterator[Name]:
    """What can be asked for, and classes of drugs, by everyday and technical words."""
    for group in everyday_groups().values():
        if group.kind in {"treatment", "drug"}:
            forms = tuple(dict.fromkeys((*group.same, *group.typed)))
            yield Name(
                kind=Kind.TREATMENT, text=group.name, forms=forms, detail=_place(group), query=group.name
            )


def _place(group: Group) -> str:
    """The state's category of a group where it has one."""
    several = (*group.values.get("subcategory", ()), *group.values.get("category", ()))
    return several[0].partition(PATH_SEPARATOR)[0] if several else ""
