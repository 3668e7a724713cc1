"""Decisions like another one: the same order of closeness in every engine."""

from __future__ import annotations

import pytest

from search_app.engines.base import Engine
from search_app.query.likeness import of_decision, of_text
from search_app.query.request import Filter
from tests.contract.letters import LETTERS


def decision(case_id: str, number: int = 1) -> tuple[object, str]:
    letter = next(letter for letter in LETTERS if letter.id == case_id)
    return letter.decisions[number - 1], case_id


@pytest.mark.parametrize("letter", LETTERS[:20], ids=lambda letter: ascii(letter.id))
def test_others_are_about_the_same_and_of_other_cases(engine: Engine, letter: object) -> None:
    for one in letter.decisions:  # type: ignore[attr-defined]
        likeness = of_decision(one, letter.id)  # type: ignore[attr-defined]
        for hit in engine.similar(likeness, (), 10).hits:
            assert hit.case.id != letter.id  # type: ignore[attr-defined]
            about = (hit.decision.drugs, hit.decision.category, hit.decision.request)
            same = set(one.drugs) & set(hit.decision.drugs) or one.category == hit.decision.category
            assert same or likeness.treatments or not (one.drugs or one.category), about


def test_filters_hold(engine: Engine) -> None:
    one, case_id = decision("CM17-0000006")
    for outcome in ("Upheld", "Overturned"):
        found = engine.similar(of_decision(one, case_id), (Filter("outcome", (outcome,)),), 5)  # type: ignore[arg-type]
        assert found.hits
        assert {hit.decision.outcome for hit in found.hits} == {outcome}
        assert found.facets == ()


def test_the_closest_come_first(engine: Engine) -> None:
    hits = engine.similar(of_text("Tramadol for the knee"), (), 10).hits
    assert hits
    assert "tramadol" in hits[0].decision.drugs
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)


def test_a_text_that_says_nothing_is_like_anything(engine: Engine) -> None:
    assert engine.similar(of_text(""), (), 3).total == engine.stats().decisions
