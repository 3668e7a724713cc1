"""The search page shows what was found, counts truly, and gives a way on from everywhere."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from bs4 import BeautifulSoup

from search_app.config import Settings
from search_app.fields import FACETS, facet_values
from search_app.model import Decision, Determination, Reviewer
from search_app.web import create_app
from search_app.web.app import close_app
from search_app.web.pages.paging import page_numbers
from tests.web.conftest import Get
from tests.web.letters import HOSTILE_LETTER, LETTERS
from tests.web.making import build_index
from tests.web.reading import checkboxes, href, text, texts, total

ALL = [(case, one) for case in (*LETTERS, HOSTILE_LETTER) for one in case.decisions]


def counted(field: str, among: list[tuple[Determination, Decision]]) -> dict[str, int]:
    """How many decisions have each value of a facet, counted over the letters themselves."""
    return dict(Counter(value for case, one in among for value in facet_values(field, case, one)))


def test_the_front_page_shows_the_whole_corpus_newest_first(get: Get) -> None:
    page = get("/")
    assert total(page) == len(ALL)
    assert texts(page, ".hit-where time") == [
        "Mar 9, 2016",
        "Feb 3, 2016",
        "Feb 3, 2016",
        "Sept 30, 2015",
        "July 21, 2015",
    ]
    assert text(page.h1) == "Find out how reviewers reasoned"
    assert texts(page, ".sorts a") == ["Newest", "Oldest"]


@pytest.mark.parametrize("field", [name for name in FACETS if name != "month"])
def test_facets_count_every_decision(get: Get, field: str) -> None:
    shown = {value: count for value, (count, _) in checkboxes(get("/"), field).items()}
    assert shown == counted(field, ALL)


def test_a_facet_is_counted_without_its_own_ticks(get: Get) -> None:
    page = get("/search?year=2016&year=2015&outcome=Upheld")
    years = [pair for pair in ALL if pair[0].decision_date and pair[0].decision_date.year in {2015, 2016}]
    upheld = [pair for pair in ALL if pair[1].outcome == "Upheld"]
    assert {value: count for value, (count, _) in checkboxes(page, "outcome").items()} == counted(
        "outcome", years
    )
    assert {value: count for value, (count, _) in checkboxes(page, "year").items()} == counted("year", upheld)
    assert total(page) == len([pair for pair in years if pair in upheld])


def test_ticked_values_never_vanish(get: Get) -> None:
    page = get("/search?q=xanax&drug=ibuprofen&drug=no+such+drug&subcategory=Surgery+%3E+Spine")
    assert checkboxes(page, "drug")["ibuprofen"] == (0, True)
    assert checkboxes(page, "drug")["no such drug"] == (0, True)
    assert checkboxes(page, "subcategory") == {"Surgery > Spine": (0, True)}


def test_subcategories_stand_below_their_category(get: Get) -> None:
    page = get("/search?category=Pharmaceuticals")
    (branch,) = [li for li in page.select("li.branch") if li.input["value"] == "Pharmaceuticals"]
    assert texts(branch, ".twigs .choice-label") == ["Benzodiazepines", "NSAID"]
    assert branch.details.has_attr("open")


def test_a_category_that_only_holds_ticked_subcategories_is_a_heading(get: Get) -> None:
    page = get("/search?q=xanax&subcategory=Surgery+%3E+Spine")
    assert texts(page, ".choice-heading") == ["Surgery", "Pharmaceuticals"]


def test_values_that_are_not_stated_have_a_name_of_their_own(get: Get) -> None:
    page = get("/search?drug=not+stated&guideline=not+stated")
    chips = [chip.rpartition(" ")[0] for chip in texts(page, ".chip")]
    assert chips == ["Remove filter Drug no medication", "Remove filter Reviewer's guideline none cited"]
    assert total(page) == sum(not one.drugs and not one.reviewer_guidelines for _, one in ALL)


def test_years_are_listed_along_time(get: Get) -> None:
    assert list(checkboxes(get("/"), "year")) == ["2016", "2015", "2014", "not stated"]


def test_a_chip_removes_its_value_and_nothing_else(get: Get) -> None:
    page = get("/search?q=plain&outcome=Upheld&year=2014&year=2015&sort=oldest")
    after = get(href(page, "Remove filter Decision year 2014"))
    assert texts(after, ".chip-field") == ["Outcome", "Decision year"]
    assert after.select_one("#q")["value"] == "plain"
    assert text(after.select_one(".sorts [aria-current]")) == "Oldest"
    cleared = get(str(after.select_one(".chips .clear")["href"]))
    assert cleared.select_one(".chips") is None
    assert cleared.select_one("#q")["value"] == "plain"


def test_a_result_says_what_was_decided_and_marks_what_was_searched(get: Get) -> None:
    page = get("/search?q=xanax")
    hit = next(hit for hit in page.select(".hit") if "Xanax" in text(hit.h2))
    assert texts(hit, "h2 mark") == ["Xanax"]
    assert text(hit.select_one(".badge")) == "Upheld"
    assert hit.select_one(".badge svg[aria-hidden=true]") is not None
    assert text(hit.select_one(".hit-where")).endswith("Decided Feb 3, 2016 Case CM16-0000001, item 1")
    assert texts(hit, ".hit-facts dd") == [
        "alprazolam",
        "MTUS: Chronic Pain Medical Treatment",
        "Pain Management",
    ]
    assert str(hit.h2.a["href"]).endswith("#item-1")


def test_a_partly_authorized_request_says_so(get: Get) -> None:
    page = get("/search?q=%22physical+therapy%22")
    assert texts(page, ".hit-partial")[0] == (
        "Asked: Twelve visits of physical therapy for the back Authorized: Six visits of physical therapy"
    )


def test_other_names_are_told_and_can_be_switched_off(get: Get) -> None:
    page = get("/search?q=xanax&year=2016")
    assert "Also searched alprazolam (for xanax)" in texts(page, ".read-as")[1]
    assert total(get(href(page, "only “xanax”"))) == 1
    only = get(href(page, "Search for the words as typed only"))
    assert (total(page), total(only)) == (2, 1)
    assert only.select_one("#search input[type=hidden][name=expand]")["value"] == "0"
    assert total(get(href(only, "Search for other wordings too"))) == 2


def test_how_the_query_was_read(get: Get) -> None:
    page = get("/search?q=the+%22plain+care%22+trial")
    assert texts(page, ".read-as") == [
        "Read as “plain care” and trial",
        "Common words were left out: the.",
    ]


def test_sort_links(get: Get) -> None:
    page = get("/search?q=back")
    assert texts(page, ".sorts a") == ["Relevance", "Newest", "Oldest"]
    dates = texts(get(href(page, "Oldest")), ".hit-where time")
    assert dates[:2] == ["May 12, 2014", "May 12, 2014"]


def test_pages(get: Get) -> None:
    page = get("/search?sort=newest")
    assert texts(page, ".paging li") == [f"Page {number}" for number in range(1, len(ALL) // 5 + 2)]
    seen = texts(page, ".hit-where")
    while page.select_one(".paging [rel=next]"):
        page = get(str(page.select_one(".paging [rel=next]")["href"]))
        seen += texts(page, ".hit-where")
    assert len(seen) == len(set(seen)) == len(ALL)


def test_a_page_beyond_the_end_leads_to_the_last(get: Get) -> None:
    page = get("/search?page=40")
    assert "The list ends before this page." in text(page.select_one(".notice"))
    last = get(href(page, f"page {len(ALL) // 5 + 1}"))
    assert last.select(".hit")


def test_what_can_not_be_read_is_told_and_the_rest_is_used(get: Get) -> None:
    page = get("/search?q=xanax&page=first&sort=best&colour=red")
    notices = " ".join(texts(page, ".notice"))
    assert "'first'" in notices
    assert "'best'" in notices
    assert "'colour'" in notices
    assert total(page) == 2


def test_nothing_found_offers_what_does_find_something(get: Get) -> None:
    page = get("/search?q=xanax&outcome=Overturned&year=2015")
    assert total(page) == 0
    assert texts(page, ".offers li") == [
        "Drop “Decision year: 2015” finds 1",
        "Switch all filters off finds 2",
        "Drop the words, keep the filters finds 2",
    ]
    for link, count in zip(page.select(".offers a"), (1, 2, 2), strict=True):
        assert total(get(str(link["href"]))) == count
    assert page.select(".nothing .examples a")


def test_nothing_found_and_nothing_to_drop(get: Get) -> None:
    page = get("/search?q=zzzz")
    assert "No decision matches" in text(page.main)
    assert page.select(".offers") == []


def test_the_form_carries_the_rest_of_the_state(get: Get) -> None:
    page = get("/search?q=back&sort=oldest&limit=3&page=2&year=2014")
    hidden = {box["name"]: box["value"] for box in page.select("#search input[type=hidden]")}
    assert hidden == {"sort": "oldest", "limit": "3"}
    assert all(box["form"] == "search" for box in page.select(".filters input[type=checkbox]"))
    assert text(page.select_one(".apply button[form=search]")) == "Apply filters"


def test_an_odd_query_is_no_error(get: Get) -> None:
    for query in ("((((", '"', "NOT", "*", "\0", "%00", "a:b:c", "-" * 3000, "field:", "[2016 TO", "\ud800"):
        get("/search?q=" + quote(query, errors="surrogatepass"))


def test_without_other_names_there_is_no_switch(get: Get) -> None:
    assert get("/search?q=walrus&expand=0").select(".switch") == []


def test_an_empty_index_says_what_to_do(tmp_path: Path) -> None:
    app = create_app(Settings(index=build_index(tmp_path, [])))
    page = BeautifulSoup(app.test_client().get("/").data, "html.parser")
    assert "imr-search index" in text(page.select_one(".nothing"))
    close_app(app)


def test_long_lists_wait_behind_show_more(tmp_path: Path) -> None:
    many = [
        replace(LETTERS[1], id=f"M{at}", reviewer=Reviewer(boards=(f"Board {at:02}",))) for at in range(9)
    ]
    app = create_app(Settings(index=build_index(tmp_path, many)))
    page = BeautifulSoup(app.test_client().get("/search?specialty=Board+08").data, "html.parser")
    assert len(checkboxes(page, "specialty")) == 9
    waiting = page.select(".more input[name=specialty]")
    assert [box["value"] for box in waiting] == ["Board 05", "Board 06", "Board 07"]
    close_app(app)


@pytest.mark.parametrize(
    ("current", "last", "numbers"),
    [
        (1, 2, (1, 2)),
        (1, 9, (1, 2, 3, None, 9)),
        (4, 9, (1, 2, 3, 4, 5, 6, None, 9)),
        (5, 9, (1, 2, 3, 4, 5, 6, 7, 8, 9)),
        (6, 20, (1, None, 4, 5, 6, 7, 8, None, 20)),
        (20, 20, (1, None, 18, 19, 20)),
    ],
)
def test_page_numbers(current: int, last: int, numbers: tuple[int | None, ...]) -> None:
    assert page_numbers(current, last) == numbers
