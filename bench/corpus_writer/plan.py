"""Chooses what a letter is about: its region, the disputed treatments, and the outcome of each."""

from dataclasses import dataclass

from bench.corpus_writer.catalog import Catalog
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.prosedata import mix
from bench.corpus_writer.scenario import Scenario

# Draws of a further item before a letter is left shorter.
_TRIES = 6


@dataclass(frozen=True, slots=True)
class Plan:
    """The region and, in the order of the letter, each treatment with whether it is approved."""

    region: str
    items: tuple[tuple[Scenario, bool], ...]


def write_plan(catalog: Catalog, dice: Dice) -> Plan:
    """Draw a plan whose items belong to one region and fit together."""
    index = dice.draw(catalog.first)
    first = catalog.scenarios[index]
    region = dice.draw(catalog.homes[index])
    chosen = [first]
    if first.is_surgery and dice.chance(mix().surgery_bundle):
        chosen += [
            catalog.scenarios[i] for i in dice.some(catalog.adjuncts[region], dice.draw(mix().bundle_items))
        ]
    else:
        _add_more(chosen, catalog, region, dice)
    approved = dice.chance(mix().approved[first.category])
    outcomes = [approved] + [_outcome(scenario, approved, dice) for scenario in chosen[1:]]
    return Plan(region, tuple(zip(chosen, outcomes, strict=True)))


def _add_more(chosen: list[Scenario], catalog: Catalog, region: str, dice: Dice) -> None:
    wanted = dice.draw(mix().decisions)
    pool = catalog.by_region[region]
    for _ in range(_TRIES * (wanted - 1)):
        if len(chosen) >= wanted:
            return
        candidate = catalog.scenarios[dice.draw(pool)]
        if all(_together(candidate, other) for other in chosen):
            chosen.append(candidate)


def _together(one: Scenario, other: Scenario) -> bool:
    """Whether two treatments can be disputed in one letter: not the same one twice, no second surgery."""
    if one.id == other.id or one.is_surgery or set(one.drugs) & set(other.drugs):
        return False
    return one.category != "Pharmaceuticals" or one.subcategory != other.subcategory


def _outcome(scenario: Scenario, first: bool, dice: Dice) -> bool:
    """A surgery's dependent items share its fate; other items often share the first one's."""
    if scenario.adjunct or dice.chance(mix().same_outcome):
        return first
    return dice.chance(mix().approved[scenario.category])
