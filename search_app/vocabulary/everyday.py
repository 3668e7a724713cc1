"""Groups of wordings that mean the same: everyday words, technical terms and abbreviations of the field.

The groups are in the files of the folder `everyday`; README.md there says what their parts mean.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from types import MappingProxyType
from typing import Any

from search_app.fields import REMAINDER, WHOLE_REQUEST
from search_app.model import OVERTURNED, PHARMACEUTICALS, UPHELD
from search_app.vocabulary import taxonomy
from search_app.vocabulary._files import read_toml
from search_app.vocabulary.body_parts import all_body_parts
from search_app.vocabulary.drug_table import drug_table
from search_app.vocabulary.guideline_table import all_labels

FILES = (
    "treatment_care",
    "treatment_tests",
    "treatment_surgery",
    "drugs",
    "body_conditions",
    "reasons",
    "framing",
)

KINDS = ("treatment", "drug", "body", "condition", "reason", "document", "outcome", "framing")

TREATMENT, BODY = 2, 1
"""Ranks of what a decision can be about: what can be asked for, and where it is applied."""

SUBJECTS: Mapping[str, int] = MappingProxyType({"treatment": TREATMENT, "drug": TREATMENT, "body": BODY})
"""The kinds that a decision can be about, with their ranks; the others tell of circumstances."""

_ONLY_TYPED = frozenset({"outcome", "framing"})

_NEGATIONS = tuple(
    " ".join(filter(None, (negation, time, verb)))
    for negation in ("not", "never", "wasn't", "isn't", "weren't", "hasn't", "haven't", "hadn't", "won't")
    for time in ("", "yet", "ever")
    for verb in ("", "been", "be", "being", "have been")
)
"""What turns a word for an outcome into its opposite, standing before it."""

_NEGATED = ("un", "dis", "non")
"""Beginnings of words that deny by themselves."""

_PARTS = frozenset({"same", "typed", "read", "includes", "value", "class"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """One thing and its wordings.

    `same` are wordings as people type them and as letters have them, the name among them; `typed` are only
    understood when they are typed, `read` only found in letters. `includes` names the groups and drugs that
    are kinds of it, `classes` the pharmaceutical subcategories whose drugs are. `values` are facet values, by
    facet, that decisions about it have.
    """

    name: str
    kind: str
    same: tuple[str, ...]
    typed: tuple[str, ...] = ()
    read: tuple[str, ...] = ()
    includes: tuple[str, ...] = ()
    classes: tuple[str, ...] = ()
    values: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: MappingProxyType({}))


@cache
def everyday_groups() -> Mapping[str, Group]:
    """The groups that ship with the package by name, read once; raises ValueError as `build` does."""
    return build({name: read_toml(f"everyday/{name}.toml") for name in FILES})


def build(files: Mapping[str, Mapping[str, Any]]) -> Mapping[str, Group]:
    """Make the groups from the tables of the files.

    Raises ValueError, naming the file and the group, for an unknown kind, part, value or group, and where
    two groups have one name.
    """
    groups: dict[str, Group] = {}
    for file, tables in files.items():
        for where, group in _groups(file, tables):
            if group.name in groups:
                raise ValueError(f"{where}: another group has this name")
            groups[group.name] = group
    groups |= _with_negated(groups)
    for group in groups.values():
        if unknown := sorted(set(group.includes) - groups.keys() - drug_table().ingredients.keys()):
            raise ValueError(f"everyday: {group.name!r} includes {unknown[0]!r}, neither group nor drug")
    return MappingProxyType(groups)


def _groups(file: str, tables: Mapping[str, Any]) -> Iterator[tuple[str, Group]]:
    for kind, named in tables.items():
        if kind not in KINDS:
            raise ValueError(f"everyday/{file}.toml: there is no kind {kind!r}; kinds are {', '.join(KINDS)}")
        for name, parts in named.items():
            where = f"everyday/{file}.toml: {name!r}"
            yield where, _group(kind, name, parts, where)


def _group(kind: str, name: str, parts: Mapping[str, Any], where: str) -> Group:
    if unknown := sorted(parts.keys() - _PARTS):
        raise ValueError(f"{where}: unknown {', '.join(unknown)}")
    return Group(
        name=name,
        kind=kind,
        same=(name, *parts.get("same", ())) if kind not in _ONLY_TYPED else (),
        typed=tuple(parts.get("typed", ())),
        read=tuple(parts.get("read", ())),
        includes=tuple(parts.get("includes", ())),
        classes=_classes(_list(parts.get("class", [])), where),
        values=_values(parts.get("value", {}), where),
    )


def _with_negated(groups: Mapping[str, Group]) -> dict[str, Group]:
    """The groups of outcomes, each also typed as the denial of another's words: not yet granted."""
    outcomes = [group for group in groups.values() if group.kind == "outcome"]
    negated = {group.name: tuple(_negated(group)) for group in outcomes}
    return {
        group.name: replace(
            group,
            typed=(
                *group.typed,
                *(text for name, texts in negated.items() if name != group.name for text in texts),
            ),
        )
        for group in outcomes
    }


def _negated(group: Group) -> Iterator[str]:
    single = (word for word in group.typed if word.endswith("ed") or word in ("overturn", "uphold", "deny"))
    for word in single:
        if " " not in word and not word.startswith(_NEGATED):
            yield from (f"{negation} {word}" for negation in _NEGATIONS)


def _list(given: str | list[str]) -> tuple[str, ...]:
    return (given,) if isinstance(given, str) else tuple(given)


def _classes(titles: tuple[str, ...], where: str) -> tuple[str, ...]:
    for title in titles:
        taxonomy.check(PHARMACEUTICALS, title, where)
    return titles


def _values(given: Mapping[str, Any], where: str) -> Mapping[str, tuple[str, ...]]:
    values = {facet: _list(one) for facet, one in given.items()}
    known = _known_values()
    for facet, several in values.items():
        if unknown := sorted(set(several) - known.get(facet, frozenset())):
            raise ValueError(f"{where}: {facet} has no value {unknown[0]!r}")
    return MappingProxyType(values)


@cache
def _known_values() -> Mapping[str, frozenset[str]]:
    return {
        "portion": frozenset({WHOLE_REQUEST, REMAINDER}),
        "outcome": frozenset({UPHELD, OVERTURNED}),
        "category": frozenset(taxonomy.taxonomy()),
        "subcategory": frozenset(taxonomy.paths()),
        "drug_class": frozenset(taxonomy.taxonomy()[PHARMACEUTICALS]),
        "body_part": frozenset(all_body_parts()),
        "guideline": frozenset(all_labels()),
    }
