"""How a query was read, as the page tells it: added, mended, widened, and each way back."""

from __future__ import annotations

import pytest

from search_app.web.pages.read_as import quoted
from tests.web.conftest import Get
from tests.web.reading import href, text, texts


def test_everyday_words_are_told_and_can_be_switched_off_one_by_one(get: Get) -> None:
    page = get("/search?q=PT+low+back")
    told = dict(zip(texts(page, ".added dt"), texts(page, ".added dd"), strict=True))
    assert "physical therapy" in told["PT"]
    assert "lumbar spine" in told["low back"]
    only = get(href(page, "only “PT”"))
    assert only.select_one("#q")["value"] == '"PT" low back'
    assert texts(only, ".added dt") == ["low back"]


def test_an_outcome_is_told(get: Get) -> None:
    page = get("/search?q=xanax+denied")
    assert "outcome Upheld" in text(page.select_one(".added summary"))
    assert texts(page, ".hit-title")[0] == "Xanax 1mg #30"


def test_a_misspelt_word_is_mended(get: Get) -> None:
    page = get("/search?q=kidny")
    assert "No decision has kidny, so kidney was searched" in texts(page, ".read-as")[0]
    assert get(href(page, "only “kidny”")).select(".hit") == []
    assert get("/search?q=kidny&expand=0").select(".hit") == []


def test_what_comes_near_is_told(get: Get) -> None:
    page = get("/search?q=MRI+back+approved")
    assert text(page.select_one(".widened")).startswith("No decision has all of this")
    assert "MRI of the lower back" in texts(page, ".hit-title")[0]
    assert get("/search?q=MRI").select(".widened") == []


def test_what_comes_near_can_be_left_out(get: Get) -> None:
    page = get("/search?q=xanax+taper+safer")
    assert text(page.select_one(".widened")).startswith("Only 1 decision has all of this")
    only = get(href(page, "Show only this one"))
    assert text(only.h1) == "1 decision"
    assert only.select_one("#search input[name=near]")["value"] == "0"
    assert text(get(href(only, "Show what comes near")).h1) == text(page.h1)


def test_near_twins_are_folded_and_opened(get: Get) -> None:
    page = get("/search?q=therapy")
    assert text(page.h1) == "3 decisions"
    assert len(page.select(".hit")) == 1
    twins = get(href(page, "2 more with nearly the same rationale"))
    assert (text(twins.h1), len(twins.select(".hit"))) == ("3 decisions", 3)
    assert "Nearly the same rationale as" in text(twins.select_one(".chip"))
    apart = get(href(page, "show them apart"))
    assert (text(apart.h1), len(apart.select(".hit"))) == ("3 decisions", 3)
    assert len(get(href(apart, "Fold rationales")).select(".hit")) == 1


def test_decisions_of_one_case_group_under_it(get: Get) -> None:
    page = get("/search?q=decided:2016&sort=newest")
    assert "same-case" in page.select(".hits > li")[2].get("class", [])
    assert "Same case CM16-0000001, item 2" in texts(page, ".hit-where")[2]


@pytest.mark.parametrize(
    ("query", "word", "result"),
    [
        ("back brace denied", "back brace", '"back brace" denied'),
        ("PT or OT", "OT", 'PT or "OT"'),
        ("xanaxes xanax xanax", "xanax", 'xanaxes "xanax" xanax'),
        ("a (b) c", "(b)", 'a "(b)" c'),
        ("a", "z", "a"),
    ],
)
def test_words_in_quotes(query: str, word: str, result: str) -> None:
    assert quoted(query, word) == result
