"""With script another search is shown in place: nothing jumps, the history works, and it is told."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.conftest import NARROW, WIDE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

MARK = "window.stayed = true"
STAYED = "return window.stayed === true"
"""Whether the page is still the one that was marked, not another one that was loaded."""

FAIL = "window.fetch = () => Promise.reject(new TypeError('no network'))"
HOLD_FIRST = """
const real = window.fetch;
let first = true;
window.fetch = (...all) => {
  if (!first) return real(...all);
  first = false;
  return new Promise((go) => (window.letGo = () => go(real(all[0]))));
};
"""


def told(visitor: Visitor) -> str:
    return str(visitor.find("#told").get_attribute("textContent"))


def middle(visitor: Visitor, element: WebElement) -> float:
    """How far down the window the middle of an element is, in CSS pixels."""
    script = "const at = arguments[0].getBoundingClientRect(); return at.top + at.height / 2"
    return float(str(visitor.run(script, element)))


def test_ticking_updates_in_place_and_keeps_focus_and_place(visit: Visit) -> None:
    visitor = visit((1280, 500))
    visitor.open("/search?q=back")
    visitor.run(MARK)
    box = visitor.box("category", "Diagnostic Testing")
    visitor.run("arguments[0].scrollIntoView({block: 'center'})", box)
    assert visitor.run("return scrollY")
    before = middle(visitor, box)
    title = visitor.driver.title
    visitor.follow(box)
    assert visitor.run(STAYED)
    assert visitor.at() == "/search?q=back&category=Diagnostic+Testing"
    box = visitor.box("category", "Diagnostic Testing")
    assert visitor.ticked() == {("category", "Diagnostic Testing")}
    assert visitor.focused() == box
    assert abs(middle(visitor, box) - before) < 2
    assert visitor.driver.title != title
    visitor.until(lambda: told(visitor) == f"{visitor.total()} decisions")
    visitor.keys(Keys.SPACE)
    visitor.until(lambda: visitor.at() == "/search?q=back" and visitor.ticked() == set())
    assert visitor.run(STAYED)
    assert visitor.complaints() == []


def test_opened_parts_of_the_filters_stay_open(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    twigs = visitor.find(".twigs:not([open]) > summary")
    visitor.press(twigs)
    count = len(visitor.all(".filters details[open]"))
    visitor.follow(visitor.box("outcome", "Upheld"))
    assert len(visitor.all(".filters details[open]")) == count == 1


def test_leaving_a_value_out_and_a_bar_of_the_histogram_are_shown_in_place(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.run(MARK)
    total = visitor.total()
    upheld = visitor.count_beside("outcome", "Upheld")
    visitor.follow(visitor.find(".choice-not[name='not_outcome'][value=Upheld]"))
    assert visitor.at() == "/search?q=back&not_outcome=Upheld"
    assert visitor.total() == total - upheld
    facet = visitor.focused().find_element("xpath", "ancestor::fieldset")
    assert facet.get_attribute("data-facet") == "outcome"
    visitor.follow(visitor.find(".histogram a"))
    assert "&from=" in visitor.at()
    assert visitor.focused().find_element("xpath", "ancestor::fieldset[contains(@class, 'dates')]")
    visitor.find("input[name=from]").clear()
    visitor.find("input[name=to]").clear()
    visitor.find("input[name=to]").send_keys("2015", Keys.ENTER)
    visitor.until(lambda: visitor.at() == "/search?q=back&not_outcome=Upheld&to=2015" and visitor.settled())
    assert visitor.focused() == visitor.find("input[name=to]")
    assert visitor.run(STAYED)
    assert visitor.complaints() == []


def test_back_and_forward_show_what_was_there(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    front = visitor.texts(".hit-title")
    visitor.run(MARK)
    visitor.search("back")
    visitor.follow(visitor.box("outcome", "Upheld"))
    upheld = visitor.texts(".hit-title")
    visitor.back()
    assert (visitor.at(), visitor.ticked()) == ("/search?q=back", set())
    visitor.back()
    assert (visitor.at(), visitor.texts(".hit-title")) == ("/", front)
    assert visitor.find("#q").get_attribute("value") == ""
    visitor.driver.forward()
    visitor.until(lambda: visitor.at() == "/search?q=back" and visitor.settled())
    visitor.driver.forward()
    visitor.until(lambda: visitor.ticked() == {("outcome", "Upheld")} and visitor.settled())
    assert visitor.texts(".hit-title") == upheld
    assert visitor.find("#q").get_attribute("value") == "back"
    assert visitor.run(STAYED)


def test_paging_goes_to_the_top_and_back_to_where_the_reader_was(visit: Visit) -> None:
    visitor = visit((1280, 500))
    visitor.open("/search?q=back&limit=2&fold=0")
    visitor.run(MARK)
    next_page = visitor.find(".paging [rel=next]")
    visitor.run("arguments[0].scrollIntoView({block: 'center'})", next_page)
    y = visitor.run("return scrollY")
    assert y
    visitor.follow(next_page)
    assert visitor.run("return scrollY") == 0
    assert visitor.focused() == visitor.find("main")
    assert visitor.find(".paging [aria-current=page]").text.endswith("2")
    visitor.back()
    visitor.until(lambda: visitor.run("return scrollY") == y)
    assert visitor.run(STAYED)


def test_sorting_and_removing_a_chip_keep_the_focus_near(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back&year=2015&outcome=Upheld")
    visitor.run(MARK)
    visitor.follow(visitor.all(".sorts a")[1])
    assert visitor.focused().text == "Newest"
    assert visitor.focused().get_attribute("aria-current") == "true"
    visitor.follow(visitor.all(".chip")[0])
    assert visitor.focused() == visitor.all(".chip")[0]
    assert visitor.at() == "/search?q=back&year=2015&sort=newest"
    visitor.follow(visitor.focused())
    assert visitor.focused() == visitor.find("main")
    assert visitor.run(STAYED)


def test_a_search_from_the_box_is_shown_in_place_and_an_empty_one_too(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back&outcome=Upheld")
    visitor.run(MARK)
    visitor.search("xanax")
    assert visitor.at() == "/search?q=xanax&outcome=Upheld"
    visitor.find("#q").clear()
    visitor.follow(visitor.find("#search button"))
    assert visitor.at() == "/search?outcome=Upheld"
    assert visitor.find("#q").is_enabled()
    assert visitor.run(STAYED)


def test_a_case_number_in_the_box_opens_the_case(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.search("CM16-0000003")
    assert visitor.find("h1").text == "Case CM16-0000003"
    visitor.back()
    assert visitor.at() == "/search?q=back"


def test_where_it_fails_the_page_is_loaded(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.run(MARK)
    visitor.run(FAIL)
    visitor.follow(visitor.box("year", "2015"))
    assert not visitor.run(STAYED)
    assert (visitor.at(), visitor.ticked()) == ("/search?q=back&year=2015", {("year", "2015")})


def test_an_older_request_never_takes_the_place_of_a_newer_one(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.run(MARK)
    visitor.run(HOLD_FIRST)
    visitor.press(visitor.box("year", "2015"))
    visitor.until(lambda: visitor.find("main").get_attribute("aria-busy") == "true")
    visitor.follow(visitor.box("outcome", "Upheld"))
    shown = (visitor.at(), visitor.ticked(), visitor.texts(".hit-title"))
    assert shown[1] == {("year", "2015"), ("outcome", "Upheld")}
    visitor.driver.execute_async_script("const done = arguments[0]; letGo(); setTimeout(done, 500)")
    assert (visitor.at(), visitor.ticked(), visitor.texts(".hit-title")) == shown
    assert visitor.run(STAYED)


def test_what_is_typed_meanwhile_stays(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.run(HOLD_FIRST)
    visitor.press(visitor.box("outcome", "Upheld"))
    visitor.find("#q").send_keys(" brace")
    visitor.run("letGo()")
    visitor.until(lambda: visitor.at() == "/search?q=back&outcome=Upheld" and visitor.settled())
    assert visitor.ticked() == {("outcome", "Upheld")}
    assert visitor.find("#q").get_attribute("value") == "back brace"
    assert visitor.focused() == visitor.find("#q")


def test_on_a_narrow_screen_leaving_a_value_out_leads_to_the_results(visit: Visit) -> None:
    visitor = visit(NARROW)
    visitor.open("/search?q=back")
    visitor.run(MARK)
    visitor.find(".filters-toggle summary").click()
    visitor.follow(visitor.find(".choice-not[name=not_outcome][value=Upheld]"))
    assert visitor.focused() == visitor.find("main")
    assert visitor.run(STAYED)


def test_on_a_narrow_screen_filters_wait_for_apply_and_then_come_in_place(visit: Visit) -> None:
    visitor = visit(NARROW)
    visitor.open("/search?q=back")
    visitor.run(MARK)
    visitor.find(".filters-toggle summary").click()
    visitor.press(visitor.box("outcome", "Upheld"))
    visitor.press(visitor.box("year", "2015"))
    assert visitor.at() == "/search?q=back"
    visitor.follow(visitor.find(".apply button"))
    assert visitor.at() == "/search?q=back&outcome=Upheld&year=2015"
    assert visitor.focused() == visitor.find("main")
    assert not visitor.find(".filters").is_displayed()
    assert visitor.run(STAYED)


@pytest.mark.parametrize("scripts", [True, False])
def test_the_page_size_is_chosen_and_kept(visit: Visit, scripts: bool) -> None:
    visitor = visit(WIDE, scripts)
    visitor.open("/search?fold=0&limit=3&page=2")
    first = visitor.texts(".hit-title")[0]
    assert visitor.texts(".sizes a") == ["3", "10", "20", "50", "100"]
    visitor.follow(visitor.all(".sizes a")[1])
    assert visitor.at() == "/search?limit=10&fold=0"
    assert visitor.find(".sizes [aria-current]").text == "10"
    assert first in visitor.texts(".hit-title")
    visitor.follow(visitor.box("outcome", "Upheld") if scripts else visitor.all(".sorts a")[1])
    assert "limit=10" in visitor.at()


def test_the_density_is_kept_from_page_to_page(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    tall = visitor.find(".hit").size["height"]
    comfortable, compact = visitor.all("[data-density-choice]")
    assert comfortable.get_attribute("aria-pressed") == "true"
    visitor.press(compact)
    assert compact.get_attribute("aria-pressed") == "true"
    assert visitor.find(".hit").size["height"] < tall
    visitor.follow(visitor.all(".sorts a")[1])
    assert visitor.all("[data-density-choice]")[1].get_attribute("aria-pressed") == "true"
    visitor.open("/search?q=back")
    assert visitor.find(".hit").size["height"] < tall
    visitor.press(visitor.all("[data-density-choice]")[0])
    assert visitor.find(".hit").size["height"] == tall


def test_without_script_nothing_that_needs_it_is_shown(visit: Visit) -> None:
    visitor = visit(WIDE, scripts=False)
    visitor.open("/search?q=back")
    assert not visitor.find(".view").is_displayed()
    assert not visitor.find("#show-keys").is_displayed()
    assert not visitor.find("#keys").is_displayed()
