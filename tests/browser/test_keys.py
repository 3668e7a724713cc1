"""A visitor reads with single keys, and switches them off."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import WIDE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]


def links(visitor: Visitor) -> list[object]:
    return list(visitor.all(".hit-title a"))


def test_results_are_walked_through_and_opened(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back&fold=0")
    visitor.keys("j")
    assert visitor.focused() == links(visitor)[0]
    visitor.keys("jj")
    assert visitor.focused() == links(visitor)[2]
    shadow = visitor.focused().find_element("xpath", "ancestor::article").value_of_css_property("box-shadow")
    assert shadow != "none"
    visitor.keys("kkkkk")
    assert visitor.focused() == links(visitor)[0]
    visitor.keys("j" * 50)
    assert visitor.focused() == links(visitor)[-1]
    address = visitor.focused().get_attribute("href")
    visitor.keys("o")
    visitor.until(lambda: visitor.driver.current_url == address)


def test_enter_opens_too(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.keys("j")
    address = visitor.focused().get_attribute("href")
    visitor.keys(Keys.ENTER)
    visitor.until(lambda: visitor.driver.current_url == address)


def test_the_slash_goes_to_the_box_and_keys_are_text_there(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.keys("/")
    box = visitor.find("#q")
    assert visitor.focused() == box
    visitor.keys("j/k?o")
    assert box.get_attribute("value") == "j/k?o"
    assert not visitor.find("#keys").is_displayed()


def test_keys_with_modifiers_belong_to_the_browser(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    for modifier in (Keys.ALT, Keys.CONTROL, Keys.META):
        visitor.run(
            "document.body.dispatchEvent(new KeyboardEvent('keydown', {key: 'j', bubbles: true,"
            f" {({Keys.ALT: 'alt', Keys.CONTROL: 'ctrl', Keys.META: 'meta'})[modifier]}Key: true}}))"
        )
    assert visitor.focused() == visitor.find("body")


def test_the_list_of_keys_opens_and_closes_and_keeps_the_focus(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.keys("j", "?")
    dialog = visitor.find("#keys")
    assert dialog.is_displayed()
    assert dialog.find_element("css selector", "h2").text == "Keyboard shortcuts"
    visitor.keys("j", Keys.ESCAPE)
    assert not dialog.is_displayed()
    assert visitor.focused() == links(visitor)[0]


def test_keys_are_switched_off_for_good(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.press(visitor.find("#show-keys"))
    assert visitor.find("#keys-on").is_selected()
    visitor.find("#keys-on").click()
    visitor.find("#keys button").click()
    for page in ("/search?q=back", "/cases/CM16-0000001"):
        visitor.open(page)
        visitor.keys("j", "/", "?")
        assert visitor.focused() == visitor.find("body")
        assert not visitor.find("#keys").is_displayed()
    visitor.press(visitor.find("#show-keys"))
    visitor.find("#keys-on").click()
    visitor.keys(Keys.ESCAPE)
    visitor.open("/cases/CM16-0000001")
    visitor.keys("/")
    assert visitor.focused() == visitor.find("#q")
