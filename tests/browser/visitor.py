"""What a visitor of the site does and sees, in a browser."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from selenium.common.exceptions import WebDriverException
from selenium.webdriver import ActionChains, Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.wait import WebDriverWait

PATIENCE = 20
"""Seconds to wait for a page; only ever reached when a test fails."""


@dataclass(frozen=True, slots=True)
class Visitor:
    driver: Chrome
    site: str

    def open(self, path: str) -> None:
        self.driver.get(self.site + path.lstrip("/"))

    def find(self, selector: str) -> WebElement:
        return self.driver.find_element(By.CSS_SELECTOR, selector)

    def all(self, selector: str) -> list[WebElement]:
        return self.driver.find_elements(By.CSS_SELECTOR, selector)

    def texts(self, selector: str) -> list[str]:
        return [" ".join(one.text.split()) for one in self.all(selector)]

    def search(self, query: str) -> None:
        box = self.find("#q")
        box.clear()
        box.send_keys(query)
        self.follow(self.find("#search button"))

    def follow(self, element: WebElement) -> None:
        """Click, and wait for the next page, or for what takes the place of the list on this one."""
        page = self.find("main")
        self.press(element)
        self._wait_for_another(page)

    def press(self, element: WebElement) -> None:
        """Click an element after scrolling it to the middle of the window."""
        self.driver.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()

    def back(self) -> None:
        page = self.find("main")
        self.driver.back()
        self._wait_for_another(page)

    def until(self, condition: Callable[[], object]) -> None:
        """Wait until something holds; elements that go meanwhile are looked up again."""
        wait = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[WebDriverException])
        wait.until(lambda _: condition())

    def _wait_for_another(self, page: WebElement) -> None:
        wait = WebDriverWait(self.driver, PATIENCE, ignored_exceptions=[WebDriverException])
        wait.until(lambda _: self.find("main") != page and self.find("footer") and self.settled())

    def keys(self, *pressed: str) -> None:
        """Press keys wherever the focus is."""
        ActionChains(self.driver).send_keys(*pressed).perform()

    def focused(self) -> WebElement:
        return self.driver.switch_to.active_element

    def at(self) -> str:
        """Where the browser is, without the site's address."""
        return self.driver.current_url.removeprefix(self.site.rstrip("/"))

    def run(self, script: str, *given: object) -> object:
        return self.driver.execute_script(script, *given)

    def settled(self) -> bool:
        """Whether nothing is on its way any more."""
        ready = "return document.readyState === 'complete' && !document.documentElement.matches('.busy')"
        return bool(self.driver.execute_script(ready))

    def box(self, field: str, value: str) -> WebElement:
        return self.find(f'.filters input[name="{field}"][value="{value}"]')

    def ticked(self) -> set[tuple[str, str]]:
        boxes = [box for box in self.all(".filters input") if box.is_selected()]
        return {(str(box.get_attribute("name")), str(box.get_attribute("value"))) for box in boxes}

    def count_beside(self, field: str, value: str) -> int:
        label = self.box(field, value).find_element(By.XPATH, "..")
        return int(label.find_element(By.CSS_SELECTOR, ".choice-count").text)

    def total(self) -> int:
        return int(next(word for word in self.find(".count").text.split() if word.isdigit()))

    def complaints(self) -> list[str]:
        """What the browser's console holds against the page."""
        return [entry["message"] for entry in self.driver.get_log("browser") if entry["level"] == "SEVERE"]
