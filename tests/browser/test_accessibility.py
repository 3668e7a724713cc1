"""No page breaks a rule of WCAG 2.2 A and AA that axe-core can see, in either theme, wide or narrow."""

from __future__ import annotations

from collections.abc import Callable
from importlib.resources import files
from typing import Any

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import NARROW
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

AXE = files("axe_playwright_python").joinpath("axe.min.js").read_text(encoding="utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = """
const done = arguments[arguments.length - 1];
axe.run(document, {runOnly: {type: "tag", values: arguments[0]}, resultTypes: ["violations"]})
  .then((found) => done(found.violations), (error) => done([{id: String(error), nodes: []}]));
"""
PAGES = {
    "front": "/",
    "results": "/search?q=physical+therapy&outcome=Upheld&not_year=2014",
    "widened": "/search?q=knee+MRI+walrus+approved",
    "nothing": "/search?q=zzzzzz&year=2016",
    "problems": "/search?q=knee&sort=best&from=soon",
    "case": "/cases/{case}?q=therapy&n=1",
    "similar form": "/similar",
    "similar": "/similar?to={case}/1",
    "apart": "/contrast?q=therapy",
    "insights": "/insights?q=therapy",
    "values": "/facets/drug?q=pain",
    "export": "/export?q=therapy",
    "help": "/help",
    "api": "/api",
    "saved": "/saved",
    "status": "/status",
    "missing": "/cases/CM99-9999999",
}


def violations(visitor: Visitor) -> list[str]:
    """What axe-core holds against the page: the rule, and the elements that break it."""
    visitor.driver.execute_script(AXE)
    found: list[dict[str, Any]] = visitor.driver.execute_async_script(RUN, RULES)
    return [f"{one['id']}: {[node['target'] for node in one['nodes']][:3]}" for one in found]


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [(1440, 900), NARROW], ids=["wide", "narrow"])
def test_no_page_breaks_a_rule(
    visit: Callable[..., Visitor], shipped: str, size: tuple[int, int], theme: str
) -> None:
    visitor = Visitor(visit(size).driver, shipped)
    visitor.driver.set_script_timeout(60)
    scheme = [{"name": "prefers-color-scheme", "value": theme}]
    visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    visitor.open("/search?q=therapy")
    case = str(visitor.find(".hit-title a").get_attribute("href")).split("/cases/")[1].split("?")[0]
    broken = {}
    for name, path in PAGES.items():
        visitor.open(path.format(case=case))
        if found := violations(visitor):
            broken[name] = found
    assert broken == {}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_what_script_opens_breaks_no_rule(visit: Callable[..., Visitor], shipped: str, theme: str) -> None:
    visitor = Visitor(visit(NARROW).driver, shipped)
    visitor.driver.set_script_timeout(60)
    scheme = [{"name": "prefers-color-scheme", "value": theme}]
    visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    visitor.open("/search?q=therapy")
    visitor.press(visitor.find("[data-density-choice=compact]"))
    visitor.press(visitor.find("#save-search"))
    broken = {"saved and compact": violations(visitor)}
    visitor.find("#q").clear()
    visitor.find("#q").send_keys("ortho", Keys.ARROW_DOWN)
    visitor.until(lambda: visitor.find("#q").get_attribute("aria-activedescendant"))
    broken["suggestions"] = violations(visitor)
    visitor.open("/saved")
    visitor.press(visitor.find("#searches [data-does=rename]"))
    broken["renaming"] = violations(visitor)
    visitor.keys(Keys.ESCAPE)
    visitor.press(visitor.find("#show-keys"))
    broken["keys"] = violations(visitor)
    assert {name: found for name, found in broken.items() if found} == {}
