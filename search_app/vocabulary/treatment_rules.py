"""The rules of treatments.toml, read, checked and made ready for matching."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from search_app.model import PHARMACEUTICALS
from search_app.vocabulary import taxonomy
from search_app.vocabulary._files import read_toml
from search_app.vocabulary.drug_table import drug_table
from search_app.vocabulary.patterns import milled, pattern_table
from search_app.vocabulary.words import PhraseTable

BY_CLASS = "by class"
ASSOCIATED = "@associated"

_PHRASES = ("any", "with", "without", "nowhere")
_FIELDS = {"id", "category", "subcategory", "drug", "classes", "route", "whole", *_PHRASES}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, its groups spelled out; what its parts mean stands at the top of treatments.toml."""

    id: str
    category: str
    subcategory: str
    any: frozenset[str]
    with_: frozenset[str]
    without: frozenset[str]
    nowhere: frozenset[str]
    classes: frozenset[str]
    route: str
    drug: bool
    whole: bool


@dataclass(frozen=True, slots=True)
class RuleBook:
    """The rules in order, the table that finds their phrases, and the words that end a request's head."""

    rules: tuple[Rule, ...]
    phrases: PhraseTable[str]
    ends_head: frozenset[str]


def _spelled_out(entries: list[str], groups: dict[str, list[str]], where: str) -> Iterator[str]:
    for entry in entries:
        if not entry.startswith("@") or entry == ASSOCIATED:
            yield milled(entry)
        elif entry[1:] in groups:
            yield from _spelled_out(groups[entry[1:]], groups, where)
        else:
            raise ValueError(f"treatments.toml: {where}: there is no group {entry!r}")


def _rule(table: dict[str, Any], groups: dict[str, list[str]]) -> Rule:
    where = f"rule {table.get('id')!r}"
    if unknown := table.keys() - _FIELDS:
        raise ValueError(f"treatments.toml: {where}: unknown {', '.join(sorted(unknown))}")
    if table["subcategory"] != BY_CLASS:
        taxonomy.check(table["category"], table["subcategory"], f"treatments.toml: {where}")
    for name in table.get("classes", []):
        taxonomy.check(PHARMACEUTICALS, name, f"treatments.toml: {where}")
    lists = {name: frozenset(_spelled_out(table.get(name, []), groups, where)) for name in _PHRASES}
    return Rule(
        id=table["id"],
        category=table["category"],
        subcategory=table["subcategory"],
        any=lists["any"],
        with_=lists["with"],
        without=lists["without"],
        nowhere=lists["nowhere"],
        classes=frozenset(table.get("classes", [])),
        route=table.get("route", ""),
        drug=table.get("drug", False),
        whole=table.get("whole", False),
    )


def build(file: dict[str, Any]) -> RuleBook:
    """Make the rule book from the tables of treatments.toml.

    Raises ValueError where a rule names what is not in the taxonomy or no group, has an unknown part, or
    shares its id with another.
    """
    rules = tuple(_rule(table, file["groups"]) for table in file["rule"])
    if len({rule.id for rule in rules}) < len(rules):
        raise ValueError("treatments.toml: two rules have the same id")
    phrases = frozenset().union(*(rule.any | rule.with_ | rule.without | rule.nowhere for rule in rules))
    entries = {phrase: phrase for phrase in phrases - {ASSOCIATED}}
    return RuleBook(rules, pattern_table(entries, file.get("spellings", {})), frozenset(file["ends_head"]))


@cache
def rule_book() -> RuleBook:
    """Return the rules that ship with the package, read once; raises ValueError as `build` does.

    Also raises it where a drug's class is not in the taxonomy.
    """
    for name in drug_table().names:
        for title in (name.drug_class, name.topical_class):
            taxonomy.check(PHARMACEUTICALS, title, f"drug {name.written!r}")
    return build(read_toml("treatments.toml"))
