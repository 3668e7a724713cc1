"""The reviewer: licence states and certifications that fit what is reviewed."""

from dataclasses import dataclass

from bench.corpus_writer.dice import Dice, Weighted
from bench.corpus_writer.prosedata import reviewers
from bench.corpus_writer.scenario import Scenario

# A region's own specialists take this share of its surgery and evaluation cases.
_REGIONAL = 0.35
_REGIONAL_CATEGORIES = ("Surgery", "Evaluation & Management", "Injection")


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Licence states and board certifications in the order printed."""

    licensure: tuple[str, ...]
    specialties: tuple[str, ...]


def write_reviewer(scenario: Scenario, region: str, dice: Dice) -> Reviewer:
    """Draw a reviewer for a letter whose first item is of the scenario."""
    data = reviewers()
    first = _first(scenario, region, dice)
    specialties = [first]
    pool = data.second.get(first, [])
    if pool:
        specialties += dice.some(pool, dice.draw(data.certification_count) - 1)
    if dice.chance(0.3):
        specialties.reverse()
    states: dict[str, None] = {}
    for _ in range(dice.draw(data.licensure_count)):
        states[dice.draw(data.states)] = None
    return Reviewer(tuple(states), tuple(specialties))


def _first(scenario: Scenario, region: str, dice: Dice) -> str:
    data = reviewers()
    regional = data.by_region.get(region)
    if regional and scenario.category in _REGIONAL_CATEGORIES and dice.chance(_REGIONAL):
        return dice.pick(regional)
    choices: Weighted[str] = data.first["general"]
    for key in (scenario.category, scenario.subcategory):
        choices = data.first.get(key, choices)
    return dice.draw(choices)
