"""The page of insights in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.conftest import NARROW, WIDE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_a_bar_is_as_long_as_its_rate_and_leads_to_its_list(
    visit: Callable[..., Visitor], shipped: str, size: tuple[int, int]
) -> None:
    visitor = Visitor(visit(size, scripts=False).driver, shipped)
    visitor.open("/insights?q=therapy")
    row = visitor.find("#by-category tbody tr")
    link = row.find_element("css selector", ".bar-link")
    drawn = [row.find_element("css selector", f".{name}").rect["width"] for name in ("length", "ground")]
    rate = int(row.find_element("css selector", ".rate strong").text.rstrip("%"))
    assert 100 * drawn[0] / drawn[1] == pytest.approx(rate, abs=1.5)
    page = visitor.find("html")
    assert int(page.get_property("scrollWidth")) <= size[0]
    count = int(row.find_element("css selector", ".bar-link .number").text)
    link.click()
    assert visitor.total() == count
    assert visitor.complaints() == []
