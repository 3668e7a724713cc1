"""Strict checks of a scenario's texts: brackets, slots, characters, facts, numbers and partial headings."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from bench.corpus_writer.template import compile_text

# Slots that every text may use.
COMMON_SLOTS = frozenset(
    {
        "worker",
        "Worker",
        "he",
        "He",
        "his",
        "His",
        "him",
        "age",
        "sex",
        "occupation",
        "part",
        "Part",
        "region",
    }
    | {"side", "injured", "months", "visit", "rfa", "ur", "pain", "pain_with", "pain_without", "item"}
)
_OF_PARTIAL = ("authorized", "remaining")
_PARTIAL_KEYS = {"original", "authorized", "remaining"}


def late_facts(facts: Mapping[str, Sequence[str]]) -> frozenset[str]:
    """Return "item" and the facts that speak of {item}, themselves or through an earlier fact.

    Headings can't use them, because the item is a heading.
    """
    late = {"item"}
    for name, texts in facts.items():
        if any("{" + slot + "}" in text for text in texts for slot in late):
            late.add(name)
    return frozenset(late)


def text_problems(table: Mapping[str, Any], lists: Iterable[str]) -> list[str]:
    """Return what is wrong with the texts in the named lists, the facts, the numbers and [partial]."""
    problems = [*_numbers(table), *_facts(table), *_partial(table)]
    return problems or [*_fact_texts(table), *_texts(table, lists)]


def _numbers(table: Mapping[str, Any]) -> Iterator[str]:
    for name, row in table.get("numbers", {}).items():
        if not _is_range(row):
            yield f"numbers.{name} is {row!r}; write [low, high] or [low, high, step] in whole numbers"


def _is_range(row: object) -> bool:
    if (
        not isinstance(row, list)
        or len(row) not in (2, 3)
        or not all(isinstance(value, int) for value in row)
    ):
        return False
    return bool(row[0] <= row[1] and row[-1] >= 1)


def _facts(table: Mapping[str, Any]) -> Iterator[str]:
    for name, texts in table.get("facts", {}).items():
        if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
            yield f"facts.{name} must be a list of one or more texts"
    for name in [*table.get("facts", {}), *table.get("numbers", {})]:
        if name in COMMON_SLOTS or name in _OF_PARTIAL:
            yield f"the name {name!r} is one of the writer's own slots; give the fact or number another name"


def _partial(table: Mapping[str, Any]) -> Iterator[str]:
    partial = table.get("partial")
    if partial is None:
        return
    if set(partial) != _PARTIAL_KEYS:
        yield f"partial must have the keys original, authorized and remaining; it has {', '.join(partial)}"
    if "count" not in table.get("numbers", {}):
        yield "partial needs numbers.count; add it or remove [scenario.partial]"


def _fact_texts(table: Mapping[str, Any]) -> Iterator[str]:
    earlier = COMMON_SLOTS | set(table.get("numbers", {}))
    for name, texts in table.get("facts", {}).items():
        for text in texts:
            yield from _text(f"facts.{name}", text, earlier, partial=False)
        earlier = earlier | {name}


def _texts(table: Mapping[str, Any], lists: Iterable[str]) -> Iterator[str]:
    every = COMMON_SLOTS | set(table.get("facts", {})) | set(table.get("numbers", {}))
    heading = every - late_facts(table.get("facts", {}))
    for key in lists:
        for number, text in enumerate(table[key], 1):
            allowed = heading if key in ("requests", "diagnoses") else every
            yield from _text(f"{key} {number}", text, allowed, partial=False)
    for name, text in table.get("partial", {}).items():
        yield from _text(f"partial.{name}", text, heading, partial=True)


def _text(where: str, text: str, allowed: frozenset[str], *, partial: bool) -> Iterator[str]:
    try:
        compiled = compile_text(text)
    except ValueError as error:
        yield f"{where}: {error}; close or remove it"
        return
    for sign in sorted({sign for sign in text if not sign.isascii()}):
        yield f"{where}: the character {sign!r} is not ASCII; write plain ASCII punctuation"
    for slot, inside in compiled.slots():
        if slot in _OF_PARTIAL:
            if not inside and not partial:
                yield f"{where}: {{{slot}}} may stand only inside {{{{partial: ...}}}}; move or remove it"
        elif slot not in allowed:
            yield f"{where}: {{{slot}}} is no slot, fact or number that can stand here; mend or remove it"
