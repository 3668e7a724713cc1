"""The whole path by keyboard alone: search, refine, open, cite, go back. Nothing here is clicked."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs, urlsplit

import pytest
from selenium.webdriver import ActionChains
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.remote.webelement import WebElement

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

MOST_TABS = 200
"""Presses of Tab by which anything on a page must be reached."""


def press(visitor: Visitor, *keys: str) -> None:
    ActionChains(visitor.driver).send_keys(*keys).perform()


def focused(visitor: Visitor) -> WebElement:
    return visitor.driver.switch_to.active_element


def tab_to(visitor: Visitor, selector: str) -> WebElement:
    """Press Tab until an element has the focus, and be sure that it shows that it has."""
    for _ in range(MOST_TABS):
        press(visitor, Keys.TAB)
        element = focused(visitor)
        if visitor.driver.execute_script("return arguments[0].matches(arguments[1])", element, selector):
            shown = visitor.driver.execute_script(
                "const own = getComputedStyle(arguments[0]);"
                "return own.outlineStyle !== 'none' || own.boxShadow !== 'none'",
                element,
            )
            assert shown, f"{selector} does not show its focus"
            return element
    raise AssertionError(f"{selector} is not reached by {MOST_TABS} presses of Tab")


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_question_to_a_citation_and_back(visit: Callable[..., Visitor], scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open("/")
    tab_to(visitor, "#q")
    press(visitor, "therapy", Keys.ENTER)
    visitor.until(lambda: visitor.total() == 3)

    tab_to(visitor, 'input[name="year"][value="2014"]')
    press(visitor, Keys.SPACE)
    if not scripts:
        tab_to(visitor, ".apply button")
        press(visitor, Keys.ENTER)
    visitor.until(lambda: visitor.total() == 1)
    assert ("year", "2014") in visitor.ticked()
    results = visitor.driver.current_url

    tab_to(visitor, ".hit-title a")
    press(visitor, Keys.ENTER)
    visitor.until(lambda: visitor.find("h1").text == "Case CM16-0000005")

    tab_to(visitor, ".cite summary")
    press(visitor, Keys.ENTER)
    assert "CM16-0000005" in visitor.find(".cite[open]").text
    if scripts:
        tab_to(visitor, ".cite[open] button")
        press(visitor, Keys.ENTER)
        visitor.until(lambda: "Copied" in visitor.find(".cite[open]").text)

    visitor.open(visitor.driver.current_url.removeprefix(visitor.site))
    tab_to(visitor, ".trail .back")
    press(visitor, Keys.ENTER)
    visitor.until(lambda: visitor.total() == 1)
    assert parse_qs(urlsplit(visitor.driver.current_url).query) == parse_qs(urlsplit(results).query)
