"""Scenarios: what can be disputed, with the texts that tell its story. Read strictly from TOML files."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from bench.corpus_writer.datafiles import read_toml, templates
from bench.corpus_writer.errors import CorpusDataError
from bench.corpus_writer.guidelines import Reference, parse_code
from bench.corpus_writer.scenario_check import problems_of
from bench.corpus_writer.scenario_texts import late_facts
from bench.corpus_writer.template import Template


@dataclass(frozen=True, slots=True)
class PartialTexts:
    """Headings of an item that was partly authorized."""

    original: Template
    authorized: Template
    remaining: Template


@dataclass(frozen=True, eq=False)
class Scenario:
    """One treatment that can be disputed; the fields are those of its TOML table."""

    id: str
    category: str
    subcategory: str
    drugs: tuple[str, ...]
    regions: frozenset[str]
    adjunct: bool
    requests: tuple[Template, ...]
    diagnoses: tuple[Template, ...]
    history: tuple[Template, ...]
    claims_admin: tuple[Reference, ...]
    reviewer: tuple[Reference, ...]
    deny: tuple[Template, ...]
    approve: tuple[Template, ...]
    facts: Mapping[str, tuple[Template, ...]]
    numbers: Mapping[str, tuple[int, int, int]]
    partial: PartialTexts | None

    @cached_property
    def is_surgery(self) -> bool:
        """Whether dependent items can go with it."""
        return self.category == "Surgery" and self.subcategory != "Surgical Consult" and not self.adjunct

    @cached_property
    def late_facts(self) -> frozenset[str]:
        """Names that can be filled in only after the heading is known, "item" among them."""
        return late_facts({name: [text.source for text in texts] for name, texts in self.facts.items()})


def load_scenarios(folder: Path) -> tuple[Scenario, ...]:
    """Read every scenario file of a folder, in the order of file names.

    Raises CorpusDataError with one line for each problem: file, scenario, what is wrong, what to do.
    """
    files = sorted(folder.glob("*.toml"))
    if not files:
        raise CorpusDataError([f"{folder}: holds no scenario files; add at least one .toml file"])
    problems: list[str] = []
    scenarios: list[Scenario] = []
    seen: dict[str, str] = {}
    for path in files:
        for table in _tables(path, problems):
            where = f"{path.name}: scenario {table.get('id', '(without id)')}"
            found = [f"{where}: {problem}" for problem in problems_of(table)]
            name = str(table.get("id"))
            if name in seen:
                found.append(f"{where}: the id is taken in {seen[name]}; give it another")
            seen[name] = path.name
            problems += found
            if not found:
                scenarios.append(_scenario(table))
    if problems:
        raise CorpusDataError(problems)
    return tuple(scenarios)


def _tables(path: Path, problems: list[str]) -> list[dict[str, Any]]:
    try:
        content = read_toml(path)
    except CorpusDataError as error:
        problems += error.problems
        return []
    for key in sorted(set(content) - {"scenario"}):
        problems.append(f"{path.name}: key {key!r} stands outside a scenario; move or remove it")
    return list(content.get("scenario", []))


def _scenario(table: Mapping[str, Any]) -> Scenario:
    partial = table.get("partial")
    return Scenario(
        id=table["id"],
        category=table["category"],
        subcategory=table["subcategory"],
        drugs=tuple(table.get("drugs", ())),
        regions=frozenset(table["regions"]),
        adjunct=table.get("role", "primary") == "adjunct",
        requests=templates(table["requests"]),
        diagnoses=templates(table["diagnoses"]),
        history=templates(table["history"]),
        claims_admin=tuple(parse_code(code) for code in table["claims_admin"]),
        reviewer=tuple(parse_code(code) for code in table["reviewer"]),
        deny=templates(table["deny"]),
        approve=templates(table["approve"]),
        facts={name: templates(texts) for name, texts in table.get("facts", {}).items()},
        numbers={
            name: (row[0], row[1], row[2] if len(row) > 2 else 1)
            for name, row in table.get("numbers", {}).items()
        },
        partial=PartialTexts(*templates([partial[k] for k in ("original", "authorized", "remaining")]))
        if partial
        else None,
    )
