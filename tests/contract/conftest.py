"""Indexes over the contract's letters, each built once for the whole run."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from tests.contract.engines import ENGINES, Maker
from tests.contract.letters import LETTERS, after_change, changed
from tests.contract.oracle import Oracle

STATES = ("one segment", "several segments", "changed", "changed and reopened")
"""How an index over the letters came to be as it is."""


@dataclass(slots=True)
class Indexes:
    """Builds the engine of a name in a state when it is first asked for."""

    folder: Path
    built: dict[tuple[str, str], Engine] = field(default_factory=dict)
    oracles: dict[bool, Oracle] = field(
        default_factory=lambda: {False: Oracle(LETTERS), True: Oracle(after_change())}
    )

    def engine(self, name: str, state: str) -> Engine:
        if (name, state) not in self.built:
            path = self.folder / f"{name}-{STATES.index(state)}"
            self.built[name, state] = _build(ENGINES[name], path, state)
        return self.built[name, state]

    def oracle(self, state: str) -> Oracle:
        return self.oracles[state.startswith("changed")]


def _build(maker: Maker, path: Path, state: str) -> Engine:
    engine = maker.build(path, LETTERS, 1 if state == "one segment" else 5)
    if state.startswith("changed"):
        apply_changes(engine)
    if state.endswith("reopened"):
        engine.close()
        engine = maker.open(path)
    return engine


def apply_changes(engine: Engine) -> None:
    replaced, deleted = changed()
    with engine.writer() as writer:
        for letter in replaced.values():
            writer.put(letter)
        for case_id in deleted:
            writer.delete(case_id)
        writer.commit()


@pytest.fixture(scope="session")
def indexes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Indexes]:
    made = Indexes(tmp_path_factory.mktemp("indexes"))
    yield made
    for engine in made.built.values():
        engine.close()


@pytest.fixture(params=list(ENGINES))
def maker(request: pytest.FixtureRequest) -> Maker:
    """Each engine in turn, for tests that build their own index."""
    chosen: Maker = ENGINES[request.param]
    return chosen


@pytest.fixture(params=list(ENGINES))
def engine(request: pytest.FixtureRequest, indexes: Indexes) -> Engine:
    """Each engine in turn over the letters in several segments; for reading only."""
    return indexes.engine(request.param, "several segments")
