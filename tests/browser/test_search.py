"""A visitor searches, filters, reads and comes back: with and without scripts, on wide and narrow screens."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from search_app.model import Decision, Determination
from tests.browser.conftest import NARROW, WIDE
from tests.browser.visitor import Visitor
from tests.web.letters import HOSTILE, HOSTILE_LETTER, LETTERS

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

ABOUT_BACK = [
    (case, one)
    for case in LETTERS
    for one in case.decisions
    if any("back" in text.split() for text in (one.request, one.disputed, one.rationale, case.summary))
]
"""The decisions that the query "back" finds: plain words are looked up in these texts."""

PATHS = (
    "/",
    "/search?q=xanax&year=2015&sort=oldest",
    "/search?q=back&limit=2",
    "/search?q=zzzz&year=2015",
    "/cases/CM16-0000001?q=back&n=1",
    "/similar",
    "/similar?to=CM16-0000001/1",
    "/contrast?q=back",
    "/saved",
    "/help",
    "/status",
)

TARGET = 24
"""Side of a target in CSS pixels, WCAG 2.2 success criterion 2.5.8; links in running text are exempt."""


def left(years: set[int], outcomes: set[str]) -> list[tuple[Determination, Decision]]:
    """What passes two filters, counted over the letters themselves; an empty set lets everything pass."""
    return [
        (case, one)
        for case, one in ABOUT_BACK
        if (not years or (case.decision_date is not None and case.decision_date.year in years))
        and (not outcomes or one.outcome in outcomes)
    ]


def test_search_tick_remove_open_and_come_back(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    visitor.search("back")
    assert visitor.total() == len(ABOUT_BACK)

    visitor.follow(visitor.box("year", "2015"))
    visitor.follow(visitor.box("year", "2014"))
    visitor.follow(visitor.box("outcome", "Upheld"))
    assert visitor.ticked() == {("year", "2015"), ("year", "2014"), ("outcome", "Upheld")}
    assert visitor.total() == len(left({2014, 2015}, {"Upheld"}))
    for year in (2014, 2015, 2016):
        assert visitor.count_beside("year", str(year)) == len(left({year}, {"Upheld"}))
    for outcome in ("Upheld", "Overturned"):
        assert visitor.count_beside("outcome", outcome) == len(left({2014, 2015}, {outcome}))

    (chip,) = [chip for chip in visitor.all(".chip") if "2014" in chip.text]
    visitor.follow(chip)
    assert visitor.ticked() == {("year", "2015"), ("outcome", "Upheld")}
    assert visitor.total() == len(left({2015}, {"Upheld"}))

    address, titles = visitor.driver.current_url, visitor.texts(".hit-title")
    visitor.follow(visitor.all(".hit-title a")[0])
    assert visitor.find("h1").text.startswith("Case CM16-")
    assert {mark.text.lower() for mark in visitor.all("mark")} == {"back", "lower back"}
    visitor.follow(visitor.find(".back"))
    assert visitor.driver.current_url.split("#")[0] == address
    visitor.back()
    visitor.back()
    assert (visitor.driver.current_url, visitor.texts(".hit-title")) == (address, titles)
    assert visitor.ticked() == {("year", "2015"), ("outcome", "Upheld")}
    assert visitor.complaints() == []


def test_going_back_shows_the_filters_of_the_page_gone_back_to(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=back")
    visitor.follow(visitor.box("year", "2015"))
    visitor.back()
    assert visitor.ticked() == set()
    assert visitor.total() == len(ABOUT_BACK)


def test_a_hostile_letter_runs_nothing_and_is_shown(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=brace")
    assert visitor.texts(".hit-title") == [f"Brace {HOSTILE}"]
    assert HOSTILE in visitor.find(".snippet").text
    visitor.follow(visitor.find(".hit-title a"))
    assert visitor.find("h1").text == f"Case {HOSTILE}"
    assert visitor.find(".decision .prose").text == HOSTILE_LETTER.decisions[0].rationale
    assert visitor.driver.title != "taken"
    assert visitor.complaints() == []


def test_an_original_letter_in_html_is_shown_and_not_run(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/search?q=brace")
    visitor.follow(visitor.find(".hit-title a"))
    visitor.find(".case-facts a[href$='/letter']").click()
    assert visitor.find("body").text == "Plain text."
    assert any("sandbox" in message for message in visitor.complaints())


def test_everything_works_without_javascript(visit: Visit) -> None:
    visitor = visit(WIDE, scripts=False)
    visitor.open("/")
    visitor.search("back")
    visitor.press(visitor.box("year", "2015"))
    visitor.press(visitor.box("year", "2014"))
    visitor.press(visitor.box("outcome", "Upheld"))
    assert visitor.total() == len(ABOUT_BACK)
    visitor.follow(visitor.find(".apply button"))
    assert visitor.total() == len(left({2014, 2015}, {"Upheld"}))
    assert visitor.ticked() == {("year", "2015"), ("year", "2014"), ("outcome", "Upheld")}
    visitor.follow(visitor.all(".hit-title a")[0])
    visitor.follow(visitor.find(".back"))
    assert visitor.ticked() == {("year", "2015"), ("year", "2014"), ("outcome", "Upheld")}


@pytest.mark.parametrize("scripts", [True, False])
def test_on_a_narrow_screen_the_filters_wait_behind_a_button(visit: Visit, scripts: bool) -> None:
    visitor = visit(NARROW, scripts)
    visitor.open("/search?q=back")
    assert not visitor.find(".filters").is_displayed()
    visitor.find(".filters-toggle summary").click()
    assert visitor.find(".filters").is_displayed()
    visitor.press(visitor.box("outcome", "Upheld"))
    visitor.press(visitor.box("year", "2015"))
    visitor.follow(visitor.find(".apply button"))
    assert visitor.total() == len(left({2015}, {"Upheld"}))
    assert not visitor.find(".filters").is_displayed()


@pytest.mark.parametrize("size", [(1440, 900), (1024, 768), NARROW, (320, 640)])
def test_nothing_is_wider_than_the_screen_and_targets_are_large_enough(
    visit: Visit, size: tuple[int, int]
) -> None:
    visitor = visit(size)
    for path in PATHS:
        visitor.open(path)
        assert visitor.driver.execute_script("return document.documentElement.scrollWidth") <= size[0], path
        for one in visitor.all("button, summary, label.choice, a:not(p a)"):
            if one.is_displayed():
                assert round(min(one.size["height"], one.size["width"])) >= TARGET, (path, one.text)
    requests = "return performance.getEntriesByType('resource').map(one => one.name)"
    assert all(name.startswith(visitor.site) for name in visitor.driver.execute_script(requests))
