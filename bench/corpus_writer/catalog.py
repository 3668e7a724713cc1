"""Which scenarios can stand in a letter about a region, and how likely each one is."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bench.corpus_writer.datafiles import SCENARIOS
from bench.corpus_writer.dice import Weighted
from bench.corpus_writer.prosedata import region_weights, regions, treatment_weight
from bench.corpus_writer.scenario import Scenario, load_scenarios

_ANYWHERE = "whole body"


@dataclass(frozen=True)
class Catalog:
    """Scenarios to draw from: of any region for a letter's first item, of one region for the rest.

    Scenarios are named by their place in `scenarios`; `words` are those that the texts write in lower case.
    """

    scenarios: tuple[Scenario, ...]
    first: Weighted[int]
    by_region: dict[str, Weighted[int]]
    adjuncts: dict[str, tuple[int, ...]]
    homes: tuple[Weighted[str], ...]
    words: frozenset[str]


@cache
def catalog(folder: Path = SCENARIOS) -> Catalog:
    """Read a folder of scenarios, once; raises CorpusDataError where its data is wrong."""
    scenarios = load_scenarios(folder)
    primary = [index for index, scenario in enumerate(scenarios) if not scenario.adjunct]
    by_region: dict[str, Weighted[int]] = {}
    adjuncts: dict[str, tuple[int, ...]] = {}
    for region in regions():
        fitting = [index for index in primary if _fits(scenarios[index], region)]
        if fitting:
            by_region[region] = _weighted(scenarios, fitting)
        adjuncts[region] = tuple(i for i, s in enumerate(scenarios) if s.adjunct and _fits(s, region))
    return Catalog(
        scenarios=scenarios,
        first=_weighted(scenarios, primary),
        by_region=by_region,
        adjuncts=adjuncts,
        homes=tuple(_homes(scenario) for scenario in scenarios),
        words=frozenset(_lower_words(scenarios)),
    )


def _fits(scenario: Scenario, region: str) -> bool:
    if region in scenario.regions:
        return True
    only = regions()[region].only
    return _ANYWHERE in scenario.regions and (not only or scenario.subcategory in only)


def _homes(scenario: Scenario) -> Weighted[str]:
    """Return the regions that a letter about this scenario can be about."""
    named = scenario.regions - {_ANYWHERE}
    fitting = named or {region for region in regions() if _fits(scenario, region)}
    weights = region_weights()
    return Weighted.of({region: weights[region] for region in regions() if region in fitting})


def _weighted(scenarios: tuple[Scenario, ...], indexes: list[int]) -> Weighted[int]:
    """Spread each category's weight over its subcategories, and each subcategory's over its scenarios."""
    members: dict[tuple[str, str], int] = defaultdict(int)
    for index in indexes:
        members[scenarios[index].category, scenarios[index].subcategory] += 1
    within: dict[str, float] = defaultdict(float)
    for category, subcategory in members:
        within[category] += treatment_weight(category, subcategory)[1]
    weights = {}
    for index in indexes:
        pair = scenarios[index].category, scenarios[index].subcategory
        category_weight, own = treatment_weight(*pair)
        weights[index] = category_weight * own / within[pair[0]] / members[pair]
    return Weighted.of(weights)


def _lower_words(scenarios: Iterable[Scenario]) -> Iterable[str]:
    for scenario in scenarios:
        yield from scenario.drugs
        for template in (*scenario.deny, *scenario.approve, *scenario.history):
            yield from (
                word
                for word in template.source.replace("|", " ").split()
                if word.isalpha() and word.islower()
            )
