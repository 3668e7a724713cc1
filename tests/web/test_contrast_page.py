from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest
from bs4 import BeautifulSoup
from flask.testing import FlaskClient

from search_app.config import Settings
from search_app.model import Determination
from search_app.web import create_app
from search_app.web.app import close_app
from tests.web.conftest import Get
from tests.web.letters import SCAN
from tests.web.making import build_index
from tests.web.reading import href, text, texts


def _letters() -> Iterator[Determination]:
    for number in range(24):
        won = number % 2 == 0
        why = "shows a broken tusk" if won else "was never weighed"
        own = "abcdefghijklmnopqrstuvwx"[number]
        names = " ".join(f"{letter}{own}{letter}eh" for letter in "bcdfghjklmnpqrstvwxz")
        rationale = f"Walrus {own}eh {why}, as was said by {names}."
        one = replace(SCAN, rationale=rationale, outcome="Overturned" if won else "Upheld")
        yield Determination(id=f"W{number}", decision_date=date(2016, 1, 1 + number), decisions=(one,))


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    app = create_app(Settings(index=build_index(tmp_path_factory.mktemp("marks"), list(_letters()))))
    yield app.test_client()
    close_app(app)


def test_marks_of_each_outcome_are_links_that_search_them(many: FlaskClient) -> None:
    results = BeautifulSoup(many.get("/search?q=walrus&year=2016").data, "html.parser")
    url = str(results.select_one(".apart")["href"])
    page = BeautifulSoup(many.get(url).data, "html.parser")
    overturned, upheld = page.select(".marks .side")
    assert "broken tusk" in texts(overturned, "tbody th")[0]
    assert texts(overturned, "tbody td")[:2] == ["12 of 12", "0 of 12"]
    assert any("weighed" in phrase for phrase in texts(upheld, "tbody th"))
    found = BeautifulSoup(many.get(href(overturned, "broken tusk")).data, "html.parser")
    assert text(found.h1) == "12 decisions"
    assert '"' in found.select_one("#q")["value"]
    back = BeautifulSoup(many.get(href(page, "Back to results")).data, "html.parser")
    assert text(back.h1) == text(results.h1)


def test_too_few_are_not_compared(get: Get) -> None:
    page = get("/contrast?q=xanax")
    assert "too few to compare" in text(page.select_one(".notice"))
    assert page.select(".marks table") == []


def test_a_search_that_asks_for_an_outcome_has_nothing_to_compare(get: Get) -> None:
    page = get("/contrast?q=xanax+denied")
    assert "None of them was overturned" in text(page.select_one(".notice"))


def test_an_excluded_or_ticked_outcome_is_set_aside(get: Get) -> None:
    plain = get("/contrast?q=back")
    for narrowed in ("outcome=Upheld", "not_outcome=Upheld"):
        assert text(get(f"/contrast?q=back&{narrowed}").select_one(".notice")) == text(
            plain.select_one(".notice")
        )


def test_nothing_found_has_no_link(get: Get) -> None:
    assert get("/search?q=zzzz").select(".apart") == []
    get("/contrast?q=zzzz")
