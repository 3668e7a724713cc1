"""The words of an index, as spelling is measured against."""

from __future__ import annotations

import pytest

from search_app.engines.base import Engine
from search_app.query.analysis import tokens
from tests.contract.letters import LETTERS

HAVING: dict[str, int] = {}
for letter in LETTERS:
    for decision in letter.decisions:
        for token in set(tokens(decision.rationale)):
            HAVING[token] = HAVING.get(token, 0) + 1


@pytest.mark.parametrize("beginning", ["k", "kn", "knee", "func", "m", "zzz"])
def test_words_of_rationales_with_the_number_of_decisions(engine: Engine, beginning: str) -> None:
    expected = {token: number for token, number in HAVING.items() if token.startswith(beginning)}
    assert dict(engine.vocabulary(beginning)) == expected


def test_some_words_are_there() -> None:
    assert HAVING["knee"] > 5
