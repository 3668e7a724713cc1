"""Nothing that letters, names of files, values, or what is typed say ever runs, loads, or breaks a page.

A dialog that opens fails the next command of the browser; what the policy had to stop stands in its console.
"""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote, urlencode

import pytest

from search_app.config import Settings
from search_app.fields import FACETS
from search_app.web import create_app
from tests.browser.conftest import WIDE
from tests.browser.test_accessibility import PAGES
from tests.browser.test_case import Visit
from tests.browser.visitor import Visitor
from tests.security import hostile
from tests.security.hostile import ATTACKS, LETTERS
from tests.web.serving import running

pytestmark = pytest.mark.browser

CASES = [f"/cases/{quote(letter.id, safe='')}?q=brace&n=1&find=brace" for letter in LETTERS]
LISTS = [
    "/",
    "/search?q=brace",
    "/search?sort=oldest&fold=0&limit=10",
    "/insights?q=brace",
    "/contrast?q=brace",
    "/export?q=brace",
    *(f"/facets/{field}?q=brace" for field in FACETS),
    "/insights?q=brace&open=drug",
    "/saved",
    "/help",
    "/api",
    "/status",
    "/nothing",
]
TYPED = [
    f"/search?{urlencode({'q': attack, 'drug': attack, 'not_specialty': attack, attack: attack})}"
    for attack in ATTACKS
]
ALIKE = [f"/similar?{urlencode({'to': f'{letter.id}/1'})}" for letter in LETTERS[:4]]
ODD = [f"/{quote(attack, safe='')}" for attack in ATTACKS[:4]]


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    settings = Settings(index=hostile.build(tmp_path_factory.mktemp("hostile")), port=0)
    with running(create_app(settings), settings) as address:
        yield address


def test_no_page_runs_or_loads_anything_of_a_letter_or_a_query(visit: Visit) -> None:
    visitor = visit(WIDE)
    for path in (*LISTS, *CASES, *ALIKE, *TYPED, *ODD):
        visitor.open(path)
        assert visitor.all("main"), path
        assert problems(visitor) == [], path


def test_no_page_of_ordinary_letters_asks_for_what_the_policy_refuses(visit: Visit, shipped: str) -> None:
    visitor = Visitor(visit(WIDE).driver, shipped)
    visitor.open("/search?sort=newest")
    case = str(visitor.find(".hit-title a").get_attribute("href")).partition("/cases/")[2].partition("?")[0]
    for path in PAGES.values():
        visitor.open(path.format(case=case))
        assert problems(visitor) == [], path


def test_original_letters_run_nothing(visit: Visit) -> None:
    """Here the policy has to stop what is in them, and says so in the console."""
    visitor = visit(WIDE)
    for letter in LETTERS:
        visitor.open(f"/cases/{quote(letter.id, safe='')}/letter")
        assert visitor.find("p").text == "Plain."
        assert visitor.at().endswith("/letter")


def problems(visitor: Visitor) -> list[str]:
    """What the console holds against a page, but for a status that the page itself tells."""
    return [one for one in visitor.complaints() if "Failed to load resource: the server responded" not in one]


def test_the_browser_would_tell(visit: Visit) -> None:
    """What this file relies on: an attack that a page did not escape shows itself."""
    visitor = visit(WIDE)
    visitor.open("/help")
    visitor.run("document.querySelector('main').insertAdjacentHTML('beforeend', arguments[0])", ATTACKS[1])
    visitor.until(lambda: problems(visitor))
