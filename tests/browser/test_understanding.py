"""A visitor types everyday words, undoes what was made of them, and finds decisions like a letter."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.browser.conftest import WIDE
from tests.browser.visitor import Visitor
from tests.letters.pdfs import pdf

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

DENIAL = "We deny six visits of physical therapy for the lower back."


@pytest.mark.parametrize("scripts", [True, False])
def test_everyday_words_are_undone_one_by_one(visit: Visit, scripts: bool) -> None:
    visitor = visit(WIDE, scripts)
    visitor.open("/")
    visitor.search("PT approved")
    assert visitor.texts(".hit-title") == ["Six visits of physical therapy for the back"]
    assert "outcome Overturned" in visitor.find(".added summary").text
    visitor.press(visitor.find(".added summary"))
    (only,) = [link for link in visitor.all(".added .switch") if "approved" in link.text]
    visitor.follow(only)
    assert visitor.find("#q").get_attribute("value") == 'PT "approved"'
    assert visitor.complaints() == []


@pytest.mark.parametrize("scripts", [True, False])
def test_near_twins_are_opened_and_folded_again(visit: Visit, scripts: bool) -> None:
    visitor = visit(WIDE, scripts)
    visitor.open("/search?q=therapy")
    assert (visitor.total(), len(visitor.all(".hit"))) == (3, 1)
    visitor.follow(visitor.find(".hit-twins a"))
    assert (visitor.total(), len(visitor.all(".hit"))) == (3, 3)
    (chip,) = visitor.all(".chip")
    visitor.follow(chip)
    assert (visitor.total(), len(visitor.all(".hit"))) == (3, 1)


@pytest.mark.parametrize("scripts", [True, False])
def test_a_letter_is_pasted_or_sent(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    visitor = visit(WIDE, scripts)
    visitor.open("/")
    visitor.follow(visitor.find(".site-nav a[href$='/similar']"))
    visitor.find("#text").send_keys(DENIAL)
    visitor.press(visitor.find("input[value=upheld]"))
    visitor.follow(visitor.find(".similar-form button"))
    assert visitor.texts(".likes h2") == ["Upheld", "Overturned"]
    assert "Six visits of physical therapy for the back" in visitor.texts(".like-title")
    assert visitor.find("#text").get_attribute("value") == ""

    letter = tmp_path / "denial.pdf"
    letter.write_bytes(pdf([DENIAL]))
    visitor.find("#file").send_keys(str(letter))
    visitor.follow(visitor.find(".similar-form button"))
    assert "Six visits of physical therapy for the back" in visitor.texts(".like-title")
    visitor.follow(visitor.all(".like-title a")[0])
    assert visitor.find("h1").text.startswith("Case CM16-")
    assert visitor.complaints() == []


def test_from_a_case_to_decisions_like_one_of_it(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/cases/CM16-0000001")
    visitor.follow(visitor.find(".more-like"))
    assert visitor.find("h1").text == "Decisions like Xanax 1mg #30"
    visitor.follow(visitor.find(".likes .like-title a"))
    assert visitor.find("h1").text == "Case CM16-0000002"


def test_from_results_to_what_sets_outcomes_apart_and_back(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back&year=2015")
    total = visitor.total()
    visitor.follow(visitor.find(".apart"))
    assert "to compare" in visitor.find(".notice").text
    visitor.follow(visitor.find(".back"))
    assert visitor.total() == total
