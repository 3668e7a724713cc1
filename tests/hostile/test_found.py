"""What is fuzzed holds for the seeds, and for every input that fuzzing has ever found fault with."""

from __future__ import annotations

from pathlib import Path

import pytest

from fuzz import targets
from fuzz.limits import limited
from fuzz.targets import Check

FOUND = Path(__file__).parent / "found"
INPUTS = [(path.parent.name, path.name) for path in sorted(FOUND.rglob("*")) if path.is_file()]
FEW = 40
"""Seeds that are tried; fuzzing begins with all of them."""


@pytest.fixture(scope="module")
def checks(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Check]:
    return {name: targets.make(name, tmp_path_factory.mktemp(name)) for name in targets.NAMES}


@pytest.mark.parametrize(("target", "name"), INPUTS)
def test_what_was_found_stays_mended(target: str, name: str, checks: dict[str, Check]) -> None:
    with limited():
        checks[target]((FOUND / target / name).read_bytes())


@pytest.mark.parametrize("target", targets.NAMES)
def test_seeds_hold(target: str, checks: dict[str, Check]) -> None:
    seeds = list(targets.seeds(target))
    for seed in seeds[:: max(1, len(seeds) // FEW)]:
        with limited():
            checks[target](seed)
