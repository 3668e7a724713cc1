"""What a search costs is told before it is made, so that it can be refused."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from search_app import deadline
from search_app.engines.layout import concept_field
from search_app.engines.tantivy.cost import MOST, Cost
from search_app.errors import TooCostly, TookTooLong
from search_app.query.concepts import identifier
from search_app.query.tree import (
    And,
    AndMaybe,
    Concept,
    Constant,
    DisMax,
    Everything,
    Fuzzy,
    Node,
    Not,
    Or,
    Phrase,
    Prefix,
    Value,
    Word,
)

DECISIONS = 1_000_000
HAVING: Mapping[tuple[str, str], int] = {
    ("rationale", "the"): 900_000,
    ("rationale", "pain"): 400_000,
    ("summary", "pain"): 500_000,
    ("rationale", "hernia"): 1_000,
    (concept_field("rationale"), identifier("gabapentin")): 30_000,
}
FIELD = ("rationale",)
THE, PAIN, HERNIA = (Word(token, FIELD) for token in ("the", "pain", "hernia"))


@pytest.fixture
def cost() -> Cost:
    return Cost(
        DECISIONS,
        lambda field, token: HAVING.get((field, token), 0),
        lambda field, beginning: (
            number
            for (name, token), number in HAVING.items()
            if name == field and token.startswith(beginning)
        ),
    )


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (PAIN, 400_000),
        (Word("pain", ("rationale", "summary")), 900_000),
        (Concept("gabapentin", FIELD), 30_000),
        (Word("unheard", FIELD), 0),
        (Or((THE, PAIN)), 1_300_000),
        (DisMax((THE, PAIN)), 1_300_000),
        (Constant(PAIN, 1.0), 400_000),
        (Or((THE, PAIN, HERNIA), 2), 3 * 1_301_000),
        (And((HERNIA, THE)), 1_000 + 4_000),
        (And((HERNIA, Or((THE, PAIN)))), 1_000 + 2 * 4_000),
        (And((HERNIA, Not(THE))), 1_000 + 4_000),
        (AndMaybe(HERNIA, Or((THE, PAIN))), 1_000 + 2 * 4_000),
        (Phrase(("the", "pain"), FIELD), 12 * 400_000),
        (And((HERNIA, Phrase(("the", "pain"), FIELD))), 1_000 + 12_000),
        (Phrase(("the", "pain", "the", "pain"), FIELD), 3 * 12 * 400_000),
        (Phrase(("the", "pain", "hernia"), FIELD, 9), 3 * 12 * 1_000),
        (Prefix("p", "p", FIELD), 0.4 * 400_000),
        (Fuzzy("pain", 1, FIELD), 0.5 * DECISIONS),
        (Everything(), 0.4 * DECISIONS),
        (Value("outcome", ("Upheld",)), 0.4 * DECISIONS),
    ],
)
def test_the_entries_that_are_read(cost: Cost, node: Node, expected: float) -> None:
    assert cost.of(node, DECISIONS) == pytest.approx(expected)


def test_what_costs_too_much_is_refused_with_what_to_do(cost: Cost) -> None:
    dear = Or(tuple(Phrase(("the", "pain"), FIELD, weight=float(number)) for number in range(30)))
    with pytest.raises(TooCostly, match="144 million places") as caught:
        cost.check(dear)
    assert "fewer or rarer words" in caught.value.hint
    cost.check(Or((THE, PAIN)))


@pytest.mark.time_limit
def test_what_needs_more_time_than_is_left_is_not_begun(cost: Cost) -> None:
    node = Or(tuple(Phrase(("the", "pain"), FIELD, weight=float(number)) for number in range(15)))
    assert cost.of(node, DECISIONS) < MOST
    with deadline.within(60):
        cost.check(node)
    with deadline.within(0.5), pytest.raises(TookTooLong):
        cost.check(node)
