"""The writer's prose files as frozen values: regions, people, reviewers, the mix of treatments, the form."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from bench.corpus_writer.datafiles import prose, templates
from bench.corpus_writer.dice import Weighted
from bench.corpus_writer.template import Template


@dataclass(frozen=True, slots=True)
class Region:
    """A body region: what hurts there, what is found there, and the guideline chapters that treat it."""

    name: str
    sides: bool
    words: tuple[str, ...]
    mtus: str
    odg: str
    diagnoses: tuple[Template, ...]
    complaints: tuple[Template, ...]
    findings: tuple[tuple[Template, ...], ...]
    only: frozenset[str]


@dataclass(frozen=True, slots=True)
class People:
    """Who is injured, and how: occupations with their groups, mechanisms by region and group."""

    ages: tuple[int, int]
    words: Weighted[str]
    occupations: tuple[tuple[str, str], ...]
    mechanisms: Mapping[tuple[str, str], tuple[Template, ...]]


@dataclass(frozen=True, slots=True)
class Reviewers:
    """Licence states and board certifications."""

    licensure_count: Weighted[int]
    certification_count: Weighted[int]
    states: Weighted[str]
    first: Mapping[str, Weighted[str]]
    second: Mapping[str, list[str]]
    by_region: Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Mix:
    """How often things happen; approved maps a category to its share of approvals."""

    decisions: Weighted[int]
    bundle_items: Weighted[int]
    surgery_bundle: float
    same_outcome: float
    partial: float
    partial_whole: float
    approved: Mapping[str, float]


def _counts(table: Mapping[str, float]) -> Weighted[int]:
    return Weighted.of({int(key): weight for key, weight in table.items()})


@cache
def regions() -> dict[str, Region]:
    """Return the body regions by name."""
    return {
        name: Region(
            name=name,
            sides=row["sides"],
            words=tuple(row["words"]),
            mtus=row.get("mtus", ""),
            odg=row["odg"],
            diagnoses=templates(row["diagnoses"]),
            complaints=templates(row["complaints"]),
            findings=tuple(templates(group) for group in row["findings"]),
            only=frozenset(row.get("only", ())),
        )
        for name, row in prose("regions.toml").items()
    }


@cache
def region_weights() -> dict[str, float]:
    """Return how often a claim is about each region."""
    return {name: row["weight"] for name, row in prose("regions.toml").items()}


@cache
def people() -> People:
    """Return the people data."""
    table = prose("people.toml")
    groups = table["occupations"]
    return People(
        ages=(table["age"][0], table["age"][1]),
        words=Weighted.of(table["words"]),
        occupations=tuple((name, group) for group, names in groups.items() for name in names),
        mechanisms={
            (region, group): templates(
                table["mechanisms"][kind]["any"] + table["mechanisms"][kind].get(group, [])
            )
            for region, kind in table["mechanism_of_region"].items()
            for group in groups
        },
    )


@cache
def reviewers() -> Reviewers:
    """Return the reviewer data."""
    table = prose("reviewers.toml")
    return Reviewers(
        licensure_count=_counts(table["licensure_count"]),
        certification_count=_counts(table["certification_count"]),
        states=Weighted.of(table["states"]),
        first={key: Weighted.of(weights) for key, weights in table["first"].items()},
        second=table["second"],
        by_region=table["region"],
    )


@cache
def mix() -> Mix:
    """Return the odds."""
    table = prose("mix.toml")
    return Mix(
        decisions=_counts(table["decisions"]),
        bundle_items=_counts(table["bundle_items"]),
        surgery_bundle=table["surgery_bundle"],
        same_outcome=table["same_outcome"],
        partial=table["partial"],
        partial_whole=table["partial_whole"],
        approved={name: row["approved"] for name, row in table["category"].items()},
    )


@cache
def treatment_weight(category: str, subcategory: str) -> tuple[float, float]:
    """Return the weight of a category and that of a subcategory within it."""
    table = prose("mix.toml")
    listed: dict[str, Any] = table["subcategory"]
    own = listed.get(f"{category}/{subcategory}", listed.get(subcategory, table["unlisted_subcategory"]))
    return float(table["category"][category]["weight"]), float(own)


@cache
def summary_texts() -> dict[str, tuple[Template, ...]]:
    """Return the sentences of the case summary by their place in it."""
    table = prose("summary.toml")
    answers = table.pop("answer")
    found = {key: templates(texts) for key, texts in table.items()}
    return found | {f"answer_{key}": templates(texts) for key, texts in answers.items()}


@cache
def form() -> dict[str, Any]:
    """Return the form around the case: headings, labels and sentences."""
    return prose("boilerplate.toml")
