"""A visitor types the beginning of a name and takes what is offered, or leaves it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import NARROW, WIDE
from tests.browser.visitor import Visitor
from tests.web.letters import HOSTILE

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

OPTIONS = "#suggestions [role=option]"


def typed(visitor: Visitor, text: str) -> None:
    """Type into the box, and wait for the list to answer it."""
    visitor.find("#q").clear()
    visitor.find("#q").send_keys(text)
    visitor.until(lambda: visitor.find("#q").get_attribute("aria-expanded") == "true")


def active(visitor: Visitor) -> str:
    """The text of the active option; "" for none."""
    name = visitor.find("#q").get_attribute("aria-activedescendant")
    if not name:
        return ""
    option = visitor.find(f"#{name}")
    assert option.get_attribute("aria-selected") == "true"
    return option.find_element("css selector", ".suggestion-text").text


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_brand_is_chosen_with_keys_and_its_drug_ticked(visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit(size)
    visitor.open("/")
    box = visitor.find("#q")
    assert (box.get_attribute("role"), box.get_attribute("aria-expanded")) == ("combobox", "false")
    typed(visitor, "xan")
    assert visitor.texts(OPTIONS) == ["alprazolam (Xanax) Benzodiazepines Drug 2 decisions"]
    assert visitor.find(".search-form [role=status]").get_attribute("textContent") == "1 suggestion"
    assert active(visitor) == ""
    visitor.keys(Keys.ARROW_DOWN)
    assert active(visitor) == "alprazolam (Xanax)"
    assert box.get_attribute("value") == "xan"
    visitor.keys(Keys.ENTER)
    visitor.until(lambda: visitor.at() == "/search?drug=alprazolam" and visitor.settled())
    assert visitor.total() == 2
    assert ("drug", "alprazolam") in visitor.ticked()
    assert visitor.complaints() == []


def test_keys_move_through_the_list_and_leave_it(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/help")
    typed(visitor, "pain")
    names = visitor.texts(".suggestion-text")
    assert len(names) > 1
    visitor.keys(Keys.ARROW_DOWN, Keys.ARROW_DOWN)
    assert active(visitor) == names[1]
    visitor.keys(Keys.ARROW_UP, Keys.ARROW_UP)
    assert active(visitor) == names[-1]
    visitor.keys(Keys.ARROW_DOWN)
    assert active(visitor) == names[0]
    for key, place in ((Keys.HOME, 0), (Keys.END, len("pain"))):
        visitor.keys(Keys.ARROW_DOWN, key)
        assert active(visitor) == ""
        assert visitor.run("return document.getElementById('q').selectionStart") == place
    visitor.keys(Keys.ESCAPE)
    assert not visitor.find("#suggestions").is_displayed()
    assert visitor.find("#q").get_attribute("value") == "pain"
    visitor.keys(Keys.ARROW_DOWN)
    visitor.until(lambda: active(visitor) == names[0])
    visitor.keys(Keys.TAB)
    assert not visitor.find("#suggestions").is_displayed()
    assert visitor.find("#q").get_attribute("value") == "pain"


def test_enter_without_a_choice_searches_for_what_was_typed(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/help")
    typed(visitor, "phys")
    visitor.keys(Keys.ENTER)
    visitor.until(lambda: visitor.at() == "/search?q=phys")


def test_a_treatment_is_chosen_with_the_mouse_beside_the_filters_that_are_ticked(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=knee&year=2016")
    typed(visitor, "physical thera")
    (option,) = [one for one in visitor.all(OPTIONS) if one.text.startswith("physical therapy")]
    visitor.follow(option)
    assert visitor.at() == "/search?year=2016&q=physical+therapy"
    assert visitor.find("#q").get_attribute("value") == "physical therapy"
    assert visitor.total() == 1


def test_a_case_number_opens_the_case(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/status")
    typed(visitor, "cm16-0000003")
    visitor.keys(Keys.ARROW_DOWN, Keys.ENTER)
    visitor.until(lambda: visitor.at() == "/cases/CM16-0000003")
    assert visitor.find("h1").text == "Case CM16-0000003"


def test_what_a_letter_says_is_offered_as_text(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    typed(visitor, "script")
    assert HOSTILE in visitor.texts(".suggestion-text")
    assert visitor.driver.title != "taken"
    assert visitor.complaints() == []


def test_nothing_is_offered_for_what_begins_no_name(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    visitor.find("#q").send_keys("zzzz")
    told = visitor.find(".search-form [role=status]")
    visitor.until(lambda: told.get_attribute("textContent") == "No suggestions")
    assert visitor.find("#q").get_attribute("aria-expanded") == "false"
    assert not visitor.find("#suggestions").is_displayed()
    visitor.keys(Keys.BACKSPACE * 4)
    visitor.until(lambda: told.get_attribute("textContent") == "")


def test_without_script_the_box_is_a_plain_one(visit: Visit) -> None:
    visitor = visit(WIDE, scripts=False)
    visitor.open("/")
    assert visitor.find("#q").get_attribute("role") is None
    assert visitor.all("#suggestions") == []
