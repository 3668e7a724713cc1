"""Leaving out, finding among a filter's values, the histogram and the range of dates, in a browser."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser

Visit = Callable[..., Visitor]


def count(visitor: Visitor) -> int:
    return int(visitor.find(".count").text.removeprefix("Newest of ").split()[0])


@pytest.mark.parametrize("scripts", [True, False])
def test_leaving_a_value_out_and_taking_it_back(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open("/search?q=therapy")
    before = count(visitor)
    visitor.press(visitor.find('button[name="not_year"][value="2014"]'))
    visitor.until(lambda: "not 2014" in " ".join(visitor.texts(".chip")))
    assert count(visitor) == before - 1
    visitor.press(visitor.find(".chip"))
    visitor.until(lambda: count(visitor) == before)
    assert visitor.all(".chip") == []


@pytest.mark.parametrize("scripts", [True, False])
def test_a_bar_of_the_histogram_narrows_to_its_period(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open("/search?sort=newest")
    bar = visitor.all(".histogram a")[-1]
    expected = int(str(bar.get_attribute("aria-label")).split(": ")[1].split()[0])
    visitor.press(bar)
    visitor.until(lambda: "Decided" in " ".join(visitor.texts(".chip")))
    assert count(visitor) == expected


@pytest.mark.parametrize("scripts", [True, False])
def test_a_range_is_typed(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open("/search?sort=newest")
    visitor.find('.range input[name="from"]').send_keys("2016-03")
    visitor.press(visitor.find(".range button"))
    visitor.until(lambda: "from 2016-03" in " ".join(visitor.texts(".chip")))
    assert set(visitor.texts(".hit-where time")) == {"Mar 9, 2016"}
    if scripts:
        assert "to=" not in visitor.driver.current_url


def test_finding_among_the_values_of_a_filter(visit: Visit, shipped: str) -> None:
    visitor = Visitor(visit().driver, shipped)
    visitor.open("/")
    box = visitor.find('[data-facet="category"] .facet-find input')
    box.send_keys("imaging")
    listed = [one.text for one in visitor.all('[data-facet="category"] .choice-label') if one.is_displayed()]
    assert len(listed) > 1
    assert any("imaging" in one.lower() for one in listed)
    assert not any("physical" in one.lower() for one in listed)
    box.send_keys("zzz")
    assert visitor.texts('[data-facet="category"] output') == ["None listed here"]


def test_without_scripts_the_list_of_all_values_does_that(visit: Visit, shipped: str) -> None:
    visitor = Visitor(visit(scripts=False).driver, shipped)
    visitor.open("/")
    assert not any(one.is_displayed() for one in visitor.all(".facet-find"))
    visitor.follow(visitor.find('[data-facet="drug"] .all-values'))
    visitor.find("#within").send_keys("codone")
    visitor.follow(visitor.find(".within button"))
    assert visitor.texts(".values tbody th") == ["hydrocodone", "oxycodone"]
    visitor.follow(visitor.find(".values tbody a"))
    assert "hydrocodone" in " ".join(visitor.texts(".chip"))
