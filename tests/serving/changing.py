"""An index that changes all the time, in such a way that a page over a mixture of two states shows it."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from search_app import engines
from search_app.engines.base import Engine, ResultPage
from search_app.fields import FACETS
from search_app.model import OVERTURNED, UPHELD, Decision, Determination

MOST = 8
SINGLE_VALUED = ("outcome", "year")
"""Facets of which each decision of these letters has exactly one value."""


def letters(state: int) -> tuple[Determination, ...]:
    """All letters of a state of the index: from 2 to MOST, each telling its state in every text."""
    return tuple(_letter(state, number) for number in range(2 + state % (MOST - 1)))


def _letter(state: int, number: int) -> Determination:
    said = f"This is state {state} of the file."
    items = ((f"Brace {number}", UPHELD), (f"Cane {number}", OVERTURNED), (f"Splint {number}", UPHELD))
    return Determination(
        id=f"CM20-000000{number}",
        case_number=f"CM20-000000{number}",
        decision_date=date(2000 + state % 20, 1, 1 + number),
        summary=f"A florist slipped on wet leaves. {said}",
        decisions=tuple(
            Decision(request=what, disputed=what, outcome=outcome, rationale=f"{said} Nothing else matters.")
            for what, outcome in items
        ),
        source=f"letters/{number}.txt",
    )


def state_told(*texts: str) -> int:
    """The state that texts tell, which must be the same in all."""
    (told,) = {int(number) for text in texts for number in re.findall(r"state (\d+) of", text)}
    return told


def assert_whole(case: Determination) -> None:
    """A case is one of the letters of some state, unchanged."""
    assert case in letters(state_told(case.summary))


def assert_of_one_state(
    total: int, hits: Sequence[tuple[str, str]], facets: dict[str, dict[str, int]]
) -> int:
    """A page with all hits (id and rationale) and facets is exactly that of one state, which is returned."""
    state = state_told(*(rationale for _, rationale in hits))
    expected = letters(state)
    ids = {f"{case.id}/{number}" for case in expected for number in (1, 2, 3)}
    assert sorted(one for one, _ in hits) == sorted(ids)
    assert total == len(ids)
    assert facets["outcome"] == Counter(one.outcome for case in expected for one in case.decisions)
    assert {name: sum(facets[name].values()) for name in SINGLE_VALUED} == dict.fromkeys(SINGLE_VALUED, total)
    return state


def assert_page(page: ResultPage) -> int:
    """The same for an engine's page."""
    hits = [(hit.id, hit.decision.rationale) for hit in page.hits]
    facets = {one.field: {value.value: value.count for value in one.values} for one in page.facets}
    assert tuple(facets) == FACETS
    return assert_of_one_state(page.total, hits, facets)


@dataclass(slots=True)
class ChangingIndex:
    """An index that goes from state to state, as ingestion does it: by commits and by swaps."""

    path: Path
    names: Sequence[str]
    state: int = 0
    _swaps: int = field(default=0)

    def commit(self) -> None:
        """Change the served index to the next state, in one commit."""
        engine = engines.open_engine(self.path)
        _bring(engine, self.state + 1)
        engine.close()
        self.state += 1

    def swap(self) -> None:
        """Put a new index, by the next engine, in its place, and remove the old one at once."""
        record, engine = engines.create(self.path, self.names[self._swaps % len(self.names)])
        _bring(engine, self.state + 1)
        engine.close()
        engines.publish(self.path, record)
        engines.tidy(self.path)
        self.state += 1
        self._swaps += 1


def _bring(engine: Engine, state: int) -> None:
    new = letters(state)
    with engine.writer() as writer:
        for letter in new:
            writer.put(letter)
        for number in range(len(new), MOST):
            writer.delete(f"CM20-000000{number}")
        writer.commit()
