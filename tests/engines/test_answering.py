"""Answers over a small index of each engine: spelling, near misses, near-twins of a decision."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from search_app.engines.answering import FEW, Answer, answer, asked_tree
from search_app.engines.base import Engine
from search_app.engines.spelling import corrected, corrections
from search_app.errors import CaseNotFound
from search_app.model import Decision, Determination
from search_app.query.highlight import Highlighter
from search_app.query.parameters import search_of
from search_app.query.reading import read
from tests.contract.engines import ENGINES

TWIN = (
    "The walrus of the zoo has tusks that are long, white and without a crack. It eats clams, sleeps on the "
    "ice, and has done so for years. A {} is for hair, of which a walrus has little, and a brush would do as "
    "well. Nobody has seen it use either, and the papers that came with it tell of no plan, no aim and no "
    "end. The item is not needed."
)


def letter(case_id: str, *items: tuple[str, str, str]) -> Determination:
    decisions = tuple(
        Decision(request=request, disputed=request, outcome=outcome, rationale=rationale)
        for request, outcome, rationale in items
    )
    return Determination(id=case_id, decisions=decisions)


LETTERS = (
    letter("A1", ("Lumbar support", "Overturned", "The back has healed with a parabolic exercise.")),
    letter("A2", ("Knee brace", "Upheld", "A parabolic exercise was not tried, nor was Norco.")),
    letter("A3", *(("Comb", "Upheld", TWIN.format(word)) for word in ("comb", "brush", "towel"))),
    letter("A4", ("MRI of the knee", "Upheld", "No red flags. Nothing points to a tear.")),
    letter("A5", ("MRI of the knee", "Overturned", "Conservative care has failed for six months.")),
    *(letter(f"B{at}", ("Hat", "Upheld", f"The radiculopathy number {at} is seen.")) for at in range(30)),
    letter(
        "D1", ("Cuff", "Upheld", "Hypertension and a spine that is plantar every day, perio care, prenatal.")
    ),
    letter("C1", ("Cap", "Upheld", "One radiculopaty only.")),
    letter("C2", ("Conservatory visit", "Upheld", "The conservators were out.")),
)


@pytest.fixture(scope="module", params=list(ENGINES))
def engine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = ENGINES[request.param].build(tmp_path_factory.mktemp("answering") / "index", LETTERS, 2)
    yield engine
    engine.close()


def asked(engine: Engine, query: str, **parameters: str) -> Answer:
    given = {"q": [query]} | {name: [value] for name, value in parameters.items()}
    return answer(engine, search_of(given))


def ids(found: Answer) -> set[str]:
    return {hit.id for hit in found.page.hits}


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("parabolc", "parabolic"),
        ("exrcise", "exercise"),
        ("hydrocodne", "hydrocodone"),
        ("conservitive", "conservative"),
        ("walruss", "walrus"),
    ],
)
def test_a_word_that_nobody_has_is_mended(engine: Engine, typed: str, meant: str) -> None:
    found = asked(engine, typed)
    assert [(one.typed, one.meant) for one in found.corrected] == [(typed, meant)]
    assert found.page.total > 0
    assert ids(found) == ids(asked(engine, meant))
    assert found.meant is None


def test_a_word_that_hardly_anybody_has_is_only_asked_about(engine: Engine) -> None:
    found = asked(engine, "radiculopaty seen")
    assert found.corrected == ()
    assert found.meant == "radiculopathy seen"
    assert ids(asked(engine, "radiculopaty")) == {"C1/1"}


@pytest.mark.parametrize(
    "typed",
    [
        "parabolic",
        "zzzzzz",
        "knee",
        "conservatory",
        '"parabolc"',
        "rationale:parabolc",
        "para",
        "parabolc*",
        "x9y9z9",
        "tuskless",
        "bearded",
        "eversion",
        "supination",
        "plantation",
        "perineal",
    ],
)
def test_what_is_not_mended(engine: Engine, typed: str) -> None:
    assert corrections(read(typed), engine) == ()
    assert asked(engine, typed).meant is None


def test_an_opposite_is_no_slip(engine: Engine) -> None:
    """The letters have hypertension; a blood pressure that is too low is something else."""
    assert asked(engine, "hypertenson").corrected[0].meant == "hypertension"
    for typed in ("hypotension", "hypotensive"):
        assert (asked(engine, typed).corrected, asked(engine, typed).meant) == ((), None)


def test_a_slip_in_a_word_whose_ending_is_cut(engine: Engine) -> None:
    """Its token is shorter than any slip: the spelling is what counts."""
    assert [one.meant for one in asked(engine, "MRI deneid").corrected] == ["denied"]


def test_only_words_by_themselves_are_mended(engine: Engine) -> None:
    assert asked(engine, "walrus -parabolc").corrected == ()
    found = asked(engine, '"walruss" walruss')
    assert found.reading.typed == '"walruss" walrus'


def test_by_date_nothing_comes_near(engine: Engine) -> None:
    assert asked(engine, "knee MRI conservative").strict is not None
    found = asked(engine, "knee MRI conservative", sort="newest")
    assert found.strict is None
    assert found.page.total < asked(engine, "knee MRI conservative").page.total


def test_words_as_they_stand_are_not_mended(engine: Engine) -> None:
    found = asked(engine, "parabolc", expand="0")
    assert (found.corrected, found.page.total) == ((), 0)


def test_only_whole_words_are_changed(engine: Engine) -> None:
    changes = corrections(read("parabolc"), engine)
    assert corrected("parabolc parabolcs (parabolc)", changes) == "parabolic parabolcs (parabolic)"


def test_what_comes_near_is_shown_where_little_has_all(engine: Engine) -> None:
    found = asked(engine, "knee MRI approved")
    assert found.strict == 1
    assert found.page.hits[0].id == "A5/1"
    assert ids(found) == {"A5/1", "A4/1"}
    assert ids(asked(engine, "knee MRI approved", expand="0")) == {"A4/1", "A5/1"}


def test_nothing_is_widened_where_enough_has_all(engine: Engine) -> None:
    found = asked(engine, "radiculopathy seen")
    assert found.page.total >= FEW
    assert found.strict is None


def test_the_near_twins_of_a_decision(engine: Engine) -> None:
    found = asked(engine, "walrus", twins="A3/1")
    assert ids(found) == {"A3/1", "A3/2", "A3/3"}
    assert ids(asked(engine, "towel", twins="A3/1")) == {"A3/3"}


@pytest.mark.parametrize("nobody", ["A3/0", "A3/4", "A3", "A3/x", "Z9/1", "/", "A3/1/1", "A3/" + "9" * 5_000])
def test_near_twins_of_nothing(engine: Engine, nobody: str) -> None:
    with pytest.raises(CaseNotFound):
        asked(engine, "walrus", twins=nobody)


def test_all_that_was_looked_for_is_marked(engine: Engine) -> None:
    tree = asked_tree(engine, search_of({"q": ["parabolc back brace"]}))
    marked = Highlighter(tree).mark("A lumbar support and parabolic thoughts", "rationale")
    assert [one.text for one in marked.segments if one.marked] == ["lumbar support", "parabolic"]


def test_what_is_excluded_stays_out_of_what_comes_near(engine: Engine) -> None:
    wide = asked(engine, "knee MRI conservative")
    narrow = asked(engine, "knee MRI conservative", not_outcome="Overturned")
    assert wide.strict is not None
    assert {"A4/1", "A5/1"} <= ids(wide)
    assert "A4/1" in ids(narrow)
    assert "A5/1" not in ids(narrow)
    assert {hit.decision.outcome for hit in narrow.page.hits} == {"Upheld"}


def test_a_range_of_dates_restricts_what_comes_near_too(engine: Engine) -> None:
    assert asked(engine, "knee MRI conservative", **{"from": "2016"}).page.total == 0
