"""A visitor saves searches in the browser, orders them, and takes them elsewhere in a file."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.keys import Keys

from tests.browser.conftest import NARROW, WIDE
from tests.browser.visitor import Visitor

pytestmark = pytest.mark.browser
Visit = Callable[..., Visitor]

EVIL = "<img src=x onerror=\"document.title='taken'\">"
NOTE = {"text": f"Ask for the letter.\n{EVIL}", "at": "2026-05-04T10:00:00Z", "url": "/cases/CM16-0000003"}


def kept(visitor: Visitor, key: str = "imr-search-saved") -> object:
    return json.loads(str(visitor.run("return localStorage.getItem(arguments[0])", key)))


def keep(visitor: Visitor, key: str, what: object) -> None:
    visitor.run("localStorage.setItem(arguments[0], arguments[1])", key, json.dumps(what))


def button(visitor: Visitor, words: str) -> object:
    (found,) = [one for one in visitor.all("main button") if one.is_displayed() and words in one.text]
    return found


def take_in(visitor: Visitor, path: Path, what: object) -> str:
    path.write_text(what if isinstance(what, str) else json.dumps(what), encoding="utf-8")
    visitor.run("document.getElementById('import-said').textContent = ''")
    visitor.find("#import").send_keys(str(path))
    visitor.until(lambda: visitor.find("#import-said").text)
    return visitor.find("#import-said").text


@pytest.mark.parametrize("size", [WIDE, NARROW])
def test_a_search_is_saved_renamed_opened_and_deleted(visit: Visit, size: tuple[int, int]) -> None:
    visitor = visit(size)
    visitor.open("/search?q=back&year=2015&page=1")
    total = visitor.total()
    visitor.press(visitor.find("#save-search"))
    assert "Saved" in visitor.find("#save-search").text
    assert visitor.find("#told").get_attribute("textContent") == "Saved in this browser."
    (one,) = kept(visitor)
    assert set(one) == {"name", "url", "at", "count"}
    assert (one["name"], one["url"], one["count"]) == ("back, 2015", "/search?q=back&year=2015", total)

    visitor.follow(visitor.find("#see-saved"))
    assert visitor.all("#needs-script") == []
    assert visitor.texts("#searches a") == ["back, 2015"]
    assert f"{total} decisions when saved" in visitor.find("#searches .muted").text
    visitor.press(button(visitor, "Rename"))
    assert visitor.focused() == visitor.find(".renaming input")
    visitor.keys(EVIL, Keys.ENTER)
    visitor.until(lambda: visitor.texts("#searches a") == [EVIL])
    assert kept(visitor)[0]["name"] == EVIL
    visitor.follow(visitor.find("#searches a"))
    assert visitor.at() == "/search?q=back&year=2015"
    assert "Saved" in visitor.find("#save-search").text

    visitor.open("/saved")
    visitor.press(button(visitor, "Delete"))
    assert (visitor.all("#searches li"), kept(visitor)) == ([], [])
    assert visitor.find("#no-searches").is_displayed()
    assert visitor.focused().text == "Undo"
    visitor.keys(Keys.ENTER)
    assert visitor.texts("#searches a") == [EVIL]
    assert visitor.driver.title != "taken"
    assert visitor.complaints() == []


def test_saving_follows_the_list_that_is_shown_in_place(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/")
    assert visitor.all("#save-search") == []
    visitor.search("back")
    visitor.press(visitor.find("#save-search"))
    visitor.follow(visitor.box("year", "2015"))
    assert visitor.find("#save-search").text == "Save this search"
    visitor.press(visitor.find("#save-search"))
    assert [one["name"] for one in kept(visitor)] == ["back, 2015", "back"]


def test_notes_on_cases_are_listed_as_text_and_deleted(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/saved")
    evil = {**NOTE, "url": "javascript:document.title='taken'"}
    keep(visitor, "imr-search-notes", {"CM16-0000003": NOTE, EVIL: evil, "broken": 3, "empty": {"text": " "}})
    visitor.open("/saved")
    assert visitor.texts("#notes .kept-what a") == ["Case CM16-0000003", f"Case {EVIL}"]
    assert [one.get_attribute("href") for one in visitor.all("#notes a")][1] is None
    assert EVIL in visitor.find("#notes p").text
    visitor.press(visitor.find("#notes li:nth-child(2) button"))
    assert list(kept(visitor, "imr-search-notes")) == ["CM16-0000003"]
    visitor.follow(visitor.find("#notes a"))
    assert visitor.at() == "/cases/CM16-0000003"
    assert visitor.driver.title != "taken"


def test_everything_goes_through_a_file_into_another_browser(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(WIDE)
    visitor.driver.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    visitor.open("/saved")
    search = {"name": "back", "url": "/search?q=back", "at": "2026-05-04T10:00:00Z", "count": 7}
    keep(visitor, "imr-search-saved", [search])
    keep(visitor, "imr-search-notes", {"CM16-0000003": NOTE})
    visitor.open("/saved")
    visitor.press(visitor.find("#export"))
    file = tmp_path / "imr-search-saved.json"
    visitor.until(file.exists)
    written = json.loads(file.read_text(encoding="utf-8"))
    assert written == {"imr-search": 1, "saved": [search], "notes": {"CM16-0000003": NOTE}}

    visitor.run("localStorage.clear()")
    visitor.open("/saved")
    assert take_in(visitor, file, written) == "2 taken in, 0 here already."
    assert (kept(visitor), kept(visitor, "imr-search-notes")) == ([search], {"CM16-0000003": NOTE})
    assert take_in(visitor, file, written) == "0 taken in, 2 here already."
    assert visitor.texts("#searches a") == ["back"]


BAD_PLACES = (
    "javascript:alert(1)",
    "https://example.com/search",
    "//example.com/",
    "/\\example.com/",
    "\\\\example.com",
    "/\t/example.com",
    "data:text/html,x",
    "search?q=x",
    "",
    None,
    7,
)


def test_what_leads_elsewhere_is_not_taken_in(visit: Visit, tmp_path: Path) -> None:
    visitor = visit(WIDE)
    visitor.open("/saved")
    bad = [{"name": "x", "url": url, "at": "", "count": 1} for url in BAD_PLACES]
    said = take_in(
        visitor, tmp_path / "in.json", {"saved": [*bad, {"name": "good", "url": "/search?q=x"}, 1]}
    )
    assert said.startswith(f"1 taken in, 0 here already, {len(bad) + 1} refused")
    assert visitor.texts("#searches a") == ["good"]


@pytest.mark.parametrize("text", ["", "no json", "[]", "null", "{}", '"saved"', '{"saved": 3}'])
def test_another_file_is_refused_with_words(visit: Visit, tmp_path: Path, text: str) -> None:
    visitor = visit(WIDE)
    visitor.open("/saved")
    assert "no searches or notes in it" in take_in(visitor, tmp_path / "in.json", text)


def test_what_is_kept_may_be_broken(visit: Visit) -> None:
    visitor = visit(WIDE)
    visitor.open("/saved")
    for broken in ("{", "3", '[null, {"name": 1}]', '{"url": "/"}'):
        for key in ("imr-search-saved", "imr-search-notes"):
            visitor.run("localStorage.setItem(arguments[0], arguments[1])", key, broken)
        visitor.open("/saved")
        assert visitor.all("#searches li, #notes li") == []
    assert visitor.complaints() == []


def test_without_script_the_page_says_what_it_needs(visit: Visit) -> None:
    visitor = visit(WIDE, scripts=False)
    visitor.open("/")
    visitor.follow(visitor.find(".site-nav a[href$='/saved']"))
    assert "needs JavaScript" in visitor.find("#needs-script").text
    assert not any(one.is_displayed() for one in visitor.all("main section"))
