"""Suggestions over a small index of each engine: what is offered, where it leads, how much is there."""

from __future__ import annotations

import gc
import weakref
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from search_app.engines.answering import answer
from search_app.engines.base import Engine
from search_app.query.parameters import search_of
from search_app.suggest import counts as counting
from search_app.suggest.counts import CountsHolder
from search_app.suggest.names import Kind, known_names
from search_app.suggest.suggestions import MOST, Suggestion, suggestions
from tests.contract.engines import ENGINES
from tests.contract.letters import LETTERS


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    made = ENGINES[request.param].build(tmp_path_factory.mktemp("suggest") / "index", LETTERS)
    yield made
    made.close()


@pytest.fixture
def holder() -> CountsHolder:
    return CountsHolder()


def offered(engine: Engine, holder: CountsHolder, typed: str, kind: Kind) -> dict[str, Suggestion]:
    return {one.text: one for one in suggestions(engine, holder, typed) if one.kind is kind}


def having(field: str, value: str) -> int:
    return sum(value in getattr(one, field) for letter in LETTERS for one in letter.decisions)


def test_a_brand_offers_its_ingredient_as_a_filter(engine: Engine, holder: CountsHolder) -> None:
    found = offered(engine, holder, "ult", Kind.DRUG)["tramadol (Ultram)"]
    assert (found.field, found.value, found.count) == ("drug", "tramadol", having("drugs", "tramadol"))
    assert found.detail == "Opioids"
    assert "tramadol" in offered(engine, holder, "tram", Kind.DRUG)


def test_a_product_of_several_drugs_is_searched_for_by_its_name(engine: Engine, holder: CountsHolder) -> None:
    found = offered(engine, holder, "norc", Kind.DRUG)["hydrocodone and acetaminophen (Norco)"]
    assert (found.field, found.query) == ("", "Norco")


def test_everyday_words_offer_the_treatment_and_count_as_its_search_does(
    engine: Engine, holder: CountsHolder
) -> None:
    found = offered(engine, holder, "magnetic res", Kind.TREATMENT)["MRI"]
    assert found.detail == "“magnetic resonance imaging”"
    assert found.count == answer(engine, search_of({"q": [found.query]})).page.total > 0


def test_values_of_the_index_are_offered_by_their_inner_words(engine: Engine, holder: CountsHolder) -> None:
    category = offered(engine, holder, "radiol", Kind.CATEGORY)["Imaging/Radiology"]
    assert category.detail == "Diagnostic Testing"
    assert (category.field, category.value) == ("subcategory", "Diagnostic Testing > Imaging/Radiology")
    guideline = offered(engine, holder, "chronic", Kind.GUIDELINE)["MTUS: Chronic Pain Medical Treatment"]
    assert guideline.field == "guideline"
    assert "Pain Management" in offered(engine, holder, "pain m", Kind.SPECIALTY)


@pytest.mark.parametrize("typed", ["CM16-0000001", "cm16 0000001", "cm160000001", "case no. cm16-0000001"])
def test_a_case_number_offers_its_case_however_it_is_typed(
    engine: Engine, holder: CountsHolder, typed: str
) -> None:
    first = suggestions(engine, holder, typed)[0]
    assert (first.kind, first.case_id) == (Kind.CASE, "CM16-0000001")
    assert first.count == len(LETTERS[0].decisions)


def test_the_beginning_of_a_case_number_offers_three(engine: Engine, holder: CountsHolder) -> None:
    found = offered(engine, holder, "cm17-00000", Kind.CASE)
    assert len(found) == 3
    assert all(case_id.startswith("CM17-00000") for case_id in found)


@pytest.mark.parametrize(
    "typed", ["", "   ", "?", "zzzzz", "x" * 10_000, "\x00", "é" * 50, "<script>", "* -"]
)
def test_odd_things_offer_nothing(engine: Engine, holder: CountsHolder, typed: str) -> None:
    assert suggestions(engine, holder, typed) == []


@pytest.mark.parametrize("letter", "abcdefghijklmnopqrstuvwxyz")
def test_nothing_is_offered_twice_or_without_decisions(
    engine: Engine, holder: CountsHolder, letter: str
) -> None:
    found = suggestions(engine, holder, letter)
    assert len(found) <= MOST
    assert all(one.count > 0 for one in found)
    assert len({(one.kind, one.text, one.detail) for one in found}) == len(found)


@pytest.mark.parametrize("name", list(ENGINES))
def test_counts_are_made_again_after_a_while(name: str, tmp_path: Path) -> None:
    now = [0.0]
    own = ENGINES[name].build(tmp_path / "index", LETTERS[:1])
    holder = CountsHolder(lambda: now[0])
    try:
        before = offered(own, holder, "hydrocod", Kind.DRUG)["hydrocodone"].count
        with own.writer() as writer:
            writer.put(replace(LETTERS[0], id="CM16-7777777"))
            writer.commit()
        assert offered(own, holder, "hydrocod", Kind.DRUG)["hydrocodone"].count == before
        now[0] = counting.MOST_AGE + 1
        assert offered(own, holder, "hydrocod", Kind.DRUG)["hydrocodone"].count == 2 * before
    finally:
        own.close()


@pytest.mark.parametrize("name", list(ENGINES))
def test_counts_do_not_keep_an_engine_that_was_replaced(
    name: str, tmp_path: Path, holder: CountsHolder
) -> None:
    own = ENGINES[name].build(tmp_path / "index", LETTERS[:1])
    assert suggestions(own, holder, "hydrocod")
    own.close()
    gone = weakref.ref(own)
    del own
    gc.collect()
    assert gone() is None


def test_every_drug_and_treatment_can_be_found_by_its_name() -> None:
    for name in ("tramadol", "acupuncture", "back brace", "physical therapy", "MRI"):
        assert known_names().of(name)[0].value.text == name
