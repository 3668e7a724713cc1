"""A reader works with one letter: follows its dates, finds words in it, prints it, cites it, keeps a note."""

from __future__ import annotations

import base64
import json
from collections.abc import Callable
from pathlib import Path

import pypdfium2
import pytest
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.wait import WebDriverWait

from tests.browser.conftest import NARROW, WIDE
from tests.browser.test_accessibility import violations
from tests.browser.visitor import PATIENCE, Visitor

Visit = Callable[..., Visitor]

CASE = "cases/CM16-0000001"
BOTH_WAYS = pytest.mark.parametrize("scripts", [True, False], ids=["script", "no script"])
NOTES = "return localStorage.getItem('imr-search-notes')"

pytestmark = pytest.mark.browser


def reads(visitor: Visitor, selector: str, words: str) -> None:
    WebDriverWait(visitor.driver, PATIENCE).until(lambda _: words in visitor.find(selector).text)


@BOTH_WAYS
def test_dates_are_told_in_order(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open(CASE)
    assert visitor.texts(".timeline .later")[-1] == "33 days later"
    assert visitor.texts(".timeline .event")[-1] == "Decision"
    visitor.open("cases/CM16-0000005")
    assert "Dates out of order." in visitor.find(".timeline-odd").text


@BOTH_WAYS
def test_asked_authorized_left_and_both_parties(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open(CASE)
    assert visitor.texts("#item-2 .portion dt") == [
        "Originally requested",
        "Authorized by the claims administrator",
        "Left to decide here: Overturned",
    ]
    assert visitor.texts("#item-1 .whole")
    claims, reviewer = visitor.all("#item-1 .sides:not(.likes) .side")
    assert claims.location["y"] == reviewer.location["y"]
    assert claims.location["x"] < reviewer.location["x"]
    assert "The claims administrator cited no guideline." in claims.text


def test_finding_words_while_typing_and_stepping_through_them(visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{CASE}?q=taper")
    box = visitor.find("#find")
    box.send_keys("The")
    count = len(visitor.all("mark.found"))
    assert count > 2
    assert visitor.find(".find-told").text == f"{count} matches for “The” in this letter"
    box.send_keys(Keys.ENTER)
    assert visitor.find(".find-told").text == f"Match 1 of {count} for “The”"
    box.send_keys(Keys.ENTER)
    assert visitor.all("mark.found").index(visitor.find("mark.current")) == 1
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    box.send_keys(Keys.SHIFT, Keys.ENTER)
    assert visitor.find(".find-told").text == f"Match {count} of {count} for “The”"
    visitor.press(visitor.find("[aria-label='Next match']"))
    assert visitor.find(".find-told").text == f"Match 1 of {count} for “The”"
    box.send_keys(Keys.ESCAPE)
    assert visitor.texts("mark") == ["taper"]
    assert box.get_attribute("value") == visitor.find(".find-told").text == ""
    assert visitor.complaints() == []


def test_a_match_may_run_through_a_mark_of_the_search(visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{CASE}?q=taper")
    before = visitor.find("#item-1 .prose").text
    visitor.find("#find").send_keys("NO taper  was")
    assert visitor.texts("mark.found") == ["no", "taper", "was"]
    assert visitor.find(".find-told").text.startswith("1 match ")
    assert visitor.find("#item-1 .prose").text == before
    visitor.find("#find").send_keys(" [x(")
    assert visitor.texts("mark.found") == []
    assert visitor.find(".find-told").text.startswith("No match ")


def test_finding_words_without_scripts(visit: Visit) -> None:
    visitor = visit(scripts=False)
    visitor.open(f"{CASE}?q=taper")
    visitor.find("#find").send_keys("short course")
    visitor.follow(visitor.find(".find button"))
    assert visitor.find(".find-told").text == "1 match for “short course” in this letter"
    assert visitor.texts("mark.found") == ["short course"]
    assert "taper" in visitor.texts("mark")
    visitor.press(visitor.find(".find-matches a"))
    assert visitor.find("mark.found:target").text == "short course"


def test_a_found_link_is_stepped_through_with_scripts(visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{CASE}?find=short+course")
    assert visitor.texts("mark.found") == ["short course"]
    assert visitor.all(".find-matches") == []
    visitor.press(visitor.find(".find form button[type=submit]"))
    assert visitor.find(".find-told").text == "Match 1 of 1 for “short course”"


@BOTH_WAYS
def test_a_citation_is_read_and_downloaded(visit: Visit, scripts: bool, tmp_path: Path) -> None:
    visitor = visit(scripts=scripts)
    visitor.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    visitor.open(CASE)
    visitor.press(visitor.find("#item-2 .cite summary"))
    legal = visitor.find("#cite-item-2-legal").text
    assert "Item 2 (Six visits of physical therapy for the back)" in legal
    assert legal.endswith(f"{visitor.site}{CASE}#item-2")
    assert visitor.find("#item-2 .cite [data-copy]").is_displayed() is scripts
    visitor.press(visitor.find("#item-2 .cite a[href*='.bib']"))
    file = tmp_path / "imr-CM16-0000001-item-2.bib"
    WebDriverWait(visitor.driver, PATIENCE).until(lambda _: file.exists())
    assert file.read_text().startswith("@misc{imr-CM16-0000001-item-2,")


@pytest.mark.parametrize("clipboard", [True, False], ids=["clipboard", "fallback"])
def test_a_citation_is_copied_and_pasted(visit: Visit, clipboard: bool) -> None:
    visitor = visit()
    if clipboard:
        granted = {"permissions": ["clipboardReadWrite", "clipboardSanitizedWrite"]}
        visitor.driver.execute_cdp_cmd("Browser.grantPermissions", granted)
    else:
        gone = "Object.defineProperty(Navigator.prototype, 'clipboard', {value: undefined})"
        visitor.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": gone})
    visitor.open(CASE)
    visitor.press(visitor.find(".case-facts .cite summary"))
    visitor.press(visitor.find("[data-copy='cite-case-plain']"))
    reads(visitor, ".case-facts .copied", "Copied.")
    visitor.find("#note-text").send_keys(Keys.CONTROL, "v")
    assert visitor.find("#note-text").get_attribute("value") == visitor.find("#cite-case-plain").text


def test_a_note_is_kept_in_the_browser_and_deleted(visit: Visit) -> None:
    visitor = visit()
    visitor.open(f"{CASE}?q=taper")
    visitor.find("#note-text").send_keys("Ask Dr. Roe <b>about</b> the taper.")
    visitor.press(visitor.find("[data-note=save]"))
    assert visitor.find(".note-told").text == "Note saved in this browser."
    kept = json.loads(visitor.driver.execute_script(NOTES))
    assert kept["CM16-0000001"].keys() == {"text", "at", "url"}
    assert kept["CM16-0000001"]["url"] == f"/{CASE}"
    visitor.open("cases/CM16-0000002")
    assert visitor.find("#note-text").get_attribute("value") == ""
    visitor.open(CASE)
    assert visitor.find("#note-text").get_attribute("value") == "Ask Dr. Roe <b>about</b> the taper."
    assert visitor.find(".note-at time").get_attribute("datetime") == kept["CM16-0000001"]["at"]
    visitor.press(visitor.find("[data-note=delete]"))
    assert visitor.find(".note-told").text == "Note deleted."
    assert visitor.driver.execute_script(NOTES) is None
    assert visitor.complaints() == []


@pytest.mark.parametrize(
    ("trouble", "told"),
    [
        ("Storage.prototype.setItem = () => { throw new DOMException('', 'QuotaExceededError') }", "no room"),
        (
            "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no') }})",
            "does not let the site keep notes",
        ),
        ("localStorage.setItem('imr-search-notes', '{broken')", "can’t be read"),
    ],
    ids=["full", "forbidden", "broken"],
)
def test_a_note_that_cannot_be_kept_is_said_to_be_lost(visit: Visit, trouble: str, told: str) -> None:
    visitor = visit()
    visitor.driver.execute_cdp_cmd("Page.addScriptToEvaluateOnNewDocument", {"source": trouble})
    visitor.open(CASE)
    visitor.find("#note-text").send_keys("Remember this.")
    visitor.press(visitor.find("[data-note=save]"))
    assert told in visitor.find(".note-told").text
    assert visitor.find("#note-text").get_attribute("value") == "Remember this."


def test_without_scripts_there_is_no_note(visit: Visit) -> None:
    visitor = visit(scripts=False)
    visitor.open(CASE)
    assert not visitor.find("#note").is_displayed()


@BOTH_WAYS
def test_a_case_prints_as_a_letter(visit: Visit, scripts: bool) -> None:
    visitor = visit(scripts=scripts)
    visitor.open(f"{CASE}?q=taper&n=1")
    printed = visitor.driver.execute_cdp_cmd("Page.printToPDF", {"displayHeaderFooter": False})
    pdf = pypdfium2.PdfDocument(base64.b64decode(printed["data"]))
    pages = [page.get_textpage() for page in pdf]
    paper = " ".join(" ".join(page.get_text_bounded() for page in pages).split())
    for page in pages:
        page.close()
    pdf.close()
    assert paper.startswith(
        "California Division of Workers' Compensation, Independent Medical Review, Case CM16"
    )
    assert paper.count(f"{visitor.site}{CASE}") == 1
    for told in ("The tablets had been taken for a year", "33 days later", "A baker hurt the lower back"):
        assert told in paper
    for screen in (
        "Find",
        "Search",
        "Cite",
        "Copy",
        "private note",
        "Back to results",
        "More decisions",
        "JSON",
    ):
        assert screen not in paper


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("size", [WIDE, NARROW], ids=["wide", "narrow"])
def test_everything_opened_breaks_no_rule_of_accessibility(
    visit: Visit, size: tuple[int, int], theme: str
) -> None:
    visitor = visit(size)
    scheme = [{"name": "prefers-color-scheme", "value": theme}]
    visitor.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": scheme})
    visitor.open("cases/CM16-0000005?q=back")
    for summary in visitor.all(".cite summary"):
        visitor.press(summary)
    visitor.find("#note-text").send_keys("Look at the visits.")
    visitor.press(visitor.find("[data-note=save]"))
    visitor.find("#find").send_keys("back", Keys.ENTER)
    visitor.driver.set_script_timeout(60)
    assert visitor.find("mark.current")
    assert violations(visitor) == []
    width = visitor.driver.execute_script("return document.documentElement.scrollWidth - innerWidth")
    assert width <= 0


def test_a_note_is_listed_with_the_saved_searches(visit: Visit) -> None:
    visitor = visit()
    visitor.open(CASE)
    visitor.find("#note-text").send_keys("Call about the taper.")
    visitor.press(visitor.find("[data-note=save]"))
    visitor.follow(visitor.find(".all-notes"))
    reads(visitor, "#notes", "Call about the taper.")
    visitor.follow(visitor.find("#notes a"))
    assert visitor.find("h1").text == "Case CM16-0000001"
    assert visitor.find("#note-text").get_attribute("value") == "Call about the taper."
