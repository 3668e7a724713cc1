"""Writes one disputed item: heading, what is decided, guideline paragraphs, rationale and its history."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bench.corpus_writer.citation import Paragraph, write_paragraph
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.guidelines import Reference
from bench.corpus_writer.prosedata import Region, form, mix, regions
from bench.corpus_writer.scenario import Scenario
from bench.corpus_writer.template import Template

_SINGLE = re.compile(r"\b1 (sessions|visits|treatments|days|weeks|months|hours|tablets|units|injections)\b")
_UNITS = (30, 15, 10, 6, 5, 4, 3, 2)
UPHELD, OVERTURNED = "Upheld", "Overturned"


@dataclass(frozen=True, slots=True)
class Item:
    """A disputed item as the letter prints it; `asked` is the request as the case summary names it.

    There is no paragraph of the claims administrator's (`claims_admin`) where the layout prints none.
    """

    scenario: Scenario
    request: str
    disputed: str
    original: str | None
    authorized: str | None
    outcome: str
    claims_admin: Paragraph | None
    reviewer: Paragraph
    rationale: str
    diagnosis: str
    history: str
    asked: str


@dataclass(frozen=True, slots=True)
class Setting:
    """What all items of a letter share: shared slot values, region, day of decision, ordinary words."""

    values: dict[str, str]
    region: Region
    decided: date
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Heading:
    request: str
    disputed: str
    original: str | None = None
    authorized: str | None = None


def write_item(scenario: Scenario, approved: bool, setting: Setting, dice: Dice) -> Item:
    """Write an item of a letter."""
    values = setting.values | _numbers(scenario, dice)
    _add_facts(scenario, values, dice, late=False)
    heading = _heading(scenario, values, setting.region.name, dice)
    partial = heading.original is not None
    values["item"] = in_sentence(heading.disputed, scenario, setting.words)
    _add_facts(scenario, values, dice, late=True)
    rationales = scenario.approve if approved else scenario.deny
    return Item(
        scenario=scenario,
        request=heading.request,
        disputed=heading.disputed,
        original=heading.original,
        authorized=heading.authorized,
        outcome=OVERTURNED if approved else UPHELD,
        claims_admin=_paragraph(scenario.claims_admin, "claims_admin", setting, dice),
        reviewer=_paragraph(scenario.reviewer, "reviewer", setting, dice),
        rationale=dice.pick(rationales).render(dice, values, partial),
        diagnosis=dice.pick(fitting(scenario.diagnoses, setting.region.name)).fragment(dice, values),
        history=dice.pick(fitting(scenario.history, setting.region.name)).render(dice, values, partial),
        asked=in_sentence(heading.original or heading.disputed, scenario, setting.words),
    )


def _numbers(scenario: Scenario, dice: Dice) -> dict[str, str]:
    return {
        name: str(low + step * dice.between(0, (high - low) // step))
        for name, (low, high, step) in scenario.numbers.items()
    }


def _add_facts(scenario: Scenario, values: dict[str, str], dice: Dice, *, late: bool) -> None:
    for name, texts in scenario.facts.items():
        if (name in scenario.late_facts) == late:
            values[name] = dice.pick(texts).fragment(dice, values)


def _heading(scenario: Scenario, values: dict[str, str], region: str, dice: Dice) -> _Heading:
    count = int(values.get("count", "0"))
    if scenario.partial and count > 2 and dice.chance(mix().partial):
        return _partial_heading(scenario, values, count, dice)
    text = dice.pick(fitting(scenario.requests, region)).render(dice, values)
    if scenario.adjunct and dice.chance(0.9):
        return _Heading(f"{form()['labels']['adjunct']} {text}", text)
    return _Heading(text, text)


def _partial_heading(scenario: Scenario, values: dict[str, str], count: int, dice: Dice) -> _Heading:
    texts = scenario.partial
    assert texts is not None
    given = _part_of(count, dice)
    values["authorized"], values["remaining"] = str(given), str(count - given)
    original, authorized, remaining = (
        _SINGLE.sub(lambda found: found.group()[:-1], text.render(dice, values))
        for text in (texts.original, texts.authorized, texts.remaining)
    )
    whole = dice.chance(mix().partial_whole)
    disputed = original if whole else remaining
    wording = dice.pick(form()["heading"]["whole" if whole else "remaining"]).removesuffix(" is: {outcome}")
    request = wording.format(original=original, authorized=authorized, disputed=disputed)
    return _Heading(request, disputed, original, authorized)


def _part_of(count: int, dice: Dice) -> int:
    """Return a number below count that people would choose: half of 12 visits, 30 of 90 tablets."""
    units = [unit for unit in _UNITS if unit < count and count % unit == 0 and unit * 6 >= count] or [1]
    unit = dice.pick(units)
    return unit * dice.between(1, count // unit - 1)


@cache
def fitting(texts: tuple[Template, ...], region: str) -> tuple[Template, ...]:
    """Return the texts that don't name another region only; all of them where none is left."""
    kept = tuple(text for text in texts if not _elsewhere(text.source, region))
    return kept or texts


def _elsewhere(text: str, region: str) -> bool:
    named = {name for name, pattern in _region_patterns().items() if pattern.search(text)}
    return bool(named) and region not in named


@cache
def _region_patterns() -> dict[str, re.Pattern[str]]:
    return {
        name: re.compile(r"\b(?:" + "|".join(region.words) + ")", re.IGNORECASE)
        for name, region in regions().items()
        if region.words
    }


def in_sentence(heading: str, scenario: Scenario, words: frozenset[str]) -> str:
    """Return a heading as it stands inside a sentence: an ordinary first word loses its capital."""
    first = heading.split(" ", 1)[0].strip(",.:;()")
    if not first[1:].replace("-", "a").replace("/", "a").islower() and len(first) > 1:
        return heading
    ordinary = first.lower() in words
    if scenario.category != "Pharmaceuticals":
        ordinary = ordinary or first not in form()["names"]["proper"]
    return heading[0].lower() + heading[1:] if ordinary else heading


def _paragraph(codes: Sequence[Reference], party: str, setting: Setting, dice: Dice) -> Paragraph:
    """Cite one to three of the codes; "none" stands alone."""
    wanted = 1 if dice.chance(0.65) else dice.between(2, 3)
    unique = tuple(dict.fromkeys(codes))
    chosen = dice.some(unique, wanted) if wanted > 1 else [dice.pick(codes)]
    cited = [_placed(reference, setting.region) for reference in chosen if reference.kind != "none"]
    return write_paragraph(cited, party, setting.decided, dice)


def _placed(reference: Reference, region: Region) -> Reference:
    """Put the chapter of the letter's region where the code says "part" or names another body part's."""
    elsewhere = reference.chapter in _body_chapters() and reference.chapter != region.mtus
    if reference.kind != "mtus" or not (reference.chapter == "part" or elsewhere):
        return reference
    if region.mtus:
        return Reference("mtus", region.mtus, reference.topic)
    return Reference("odg", region.odg, reference.topic)


@cache
def _body_chapters() -> frozenset[str]:
    return frozenset(region.mtus for region in regions().values() if region.mtus and region.words)
