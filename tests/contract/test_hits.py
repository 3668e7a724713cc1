"""What a hit shows, and the whole case behind it."""

from __future__ import annotations

import pytest

from search_app.engines.base import SCHEMA_VERSION, Engine
from search_app.query.reading import read
from search_app.query.request import SearchRequest
from tests.contract.comparing import all_hits
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle, case_of_hit, snippets_of

TYPED = (
    "",
    "brace",
    "request:brace",
    "rationale:brace",
    "drug:alprazolam",
    "script alert",
    '"functional improvement"',
    "pseudarthrosis",
    "func*",
    "shuolder~",
    "-knee",
    "ménière",
    "xanax",
    "decided:2015",
)
_ITEMS = {item.id: item for item in Oracle(LETTERS).items}


@pytest.mark.parametrize("typed", TYPED)
def test_hits_carry_their_decision_and_marks(engine: Engine, typed: str) -> None:
    tree = read(typed).tree
    hits = all_hits(engine, SearchRequest(tree=tree))
    assert hits
    for hit in hits:
        item = _ITEMS[hit.id]
        assert hit.case == case_of_hit(item)
        assert hit.decision == item.decision
        assert (hit.title, hit.snippets) == snippets_of(tree, item)


def test_a_hit_found_by_its_summary_alone_shows_it(engine: Engine) -> None:
    """Some of the suite's queries match only there, and the passage then says where it is from."""
    fields = [
        snippet.field
        for typed in TYPED
        for hit in all_hits(engine, SearchRequest(tree=read(typed).tree))
        for snippet in hit.snippets
    ]
    assert {"rationale", "summary"} == set(fields)


def test_the_passage_deep_in_a_long_rationale_is_shown(engine: Engine) -> None:
    (hit,) = engine.search(SearchRequest(tree=read("pseudarthrosis").tree)).hits
    (snippet,) = hit.snippets
    assert snippet.cut_before
    assert snippet.cut_after
    assert [one.text for one in snippet.segments if one.marked] == ["pseudarthrosis"]


def test_texts_come_back_as_they_are_printed(engine: Engine) -> None:
    """HTML in a letter is text: nothing is stripped or escaped by an engine."""
    (hit,) = engine.search(SearchRequest(tree=read("request:script").tree)).hits
    assert hit.decision.request.startswith("<script>alert('brace')</script>")
    assert hit.decision.rationale.startswith("<b>Braces</b>")


@pytest.mark.parametrize("letter", LETTERS, ids=lambda letter: ascii(letter.id))
def test_the_whole_case_comes_back(engine: Engine, letter: object) -> None:
    assert engine.case(letter.id) == letter  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "case_id", ["", "CM16", "CM16-000000", "CM16-000000100", "0000001", "07", "*", "scan 07", "nobody", "\0"]
)
def test_no_case_is_none(engine: Engine, case_id: str) -> None:
    assert engine.case(case_id) is None


def test_stats(engine: Engine) -> None:
    stats = engine.stats()
    assert stats.engine
    assert stats.schema_version == SCHEMA_VERSION
    assert stats.determinations == len(LETTERS)
    assert stats.decisions == sum(len(letter.decisions) for letter in LETTERS)
    assert stats.size > 0
