"""The page about the API, for people who write programs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from http import HTTPStatus

from search_app.engines.answering import MOST_VALUES
from search_app.model import OVERTURNED
from search_app.query.given import MAX_VALUES
from search_app.query.likeness import MOST_READ
from search_app.query.parameters import NOT, TICKED
from search_app.query.request import MAX_LIMIT, MAX_OFFSET
from search_app.web.api.operations import OPERATIONS
from search_app.web.api.parameters import CONTAINS, HELP, PREFIX
from search_app.web.api.reading import MAX_BODY
from search_app.web.pages.parts import SearchForm
from search_app.web.state import State
from search_app.web.urls import Urls, problem_anchor

_POSTED = '{"text": "Physical therapy for the lower back was denied.", "limit": 3}'


@dataclass(frozen=True, slots=True)
class ApiPath:
    """One thing that can be asked."""

    method: str
    path: str
    summary: str


@dataclass(frozen=True, slots=True)
class ApiExample:
    """A request to run; `url` opens it here, "" where a browser can't."""

    told: str
    command: str
    url: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A name and what it means; `anchor` is its id on the page."""

    name: str
    help: str
    anchor: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiPage:
    """Everything the page shows."""

    title: str
    form: SearchForm
    paths: tuple[ApiPath, ...]
    examples: tuple[ApiExample, ...]
    parameters: tuple[Told, ...]
    problems: tuple[Told, ...]
    openapi: str
    most: int
    deepest: int
    values: int
    listed: int
    body: int
    read: int
    numbers: str


def api_page(case_id: str | None, here: Urls, anywhere: Urls) -> ApiPage:
    """The page; `case_id` is a case for the examples, if there is any, and `anywhere` makes whole URLs."""
    return ApiPage(
        title="API",
        form=SearchForm(here.search_action()),
        paths=tuple(
            ApiPath(one.method.upper(), here.api_root() + one.path, one.summary) for one in OPERATIONS
        ),
        examples=tuple(_examples(case_id, here, anywhere)),
        parameters=tuple(_parameters()),
        problems=tuple(_problems()),
        openapi=here.openapi(),
        most=MAX_LIMIT,
        deepest=MAX_OFFSET,
        values=MAX_VALUES,
        listed=MOST_VALUES,
        body=MAX_BODY,
        read=MOST_READ,
        numbers=here.numbers(),
    )


def _examples(case_id: str | None, here: Urls, anywhere: Urls) -> Iterator[ApiExample]:
    overturned = State(query="physical therapy", limit=2).toggled("outcome", OVERTURNED)

    def get(told: str, path: str) -> ApiExample:
        return ApiExample(told, f"curl '{anywhere.root}{path.removeprefix(here.root)}'", path)

    yield get("Overturned decisions about physical therapy, two on a page", here.api_search(overturned))
    yield get("The facets", here.api_facets())
    yield get("Decisions by year", here.api_facet("year"))
    yield get("Overturned decisions by year", here.api_facet("year", State().toggled("outcome", OVERTURNED)))
    yield get("Drugs with “cod” in their name", here.api_facet("drug", within=("cod", CONTAINS)))
    if case_id:
        yield get("A whole case", here.api_case(case_id))
        yield get("Its first decision", here.api_decision(case_id, 1))
        yield get("The three that are closest to it", here.api_similar(f"{case_id}/1", limit=3))
    yield ApiExample(
        "Decisions like a text, which is sent and not kept",
        f"curl '{anywhere.root}{here.api_similar('').removeprefix(here.root)}' "
        f"--header 'Content-Type: application/json' --data '{_POSTED}'",
    )


def _parameters() -> Iterator[Told]:
    for name, told in HELP.items():
        yield Told(name, told)
        if name == next(iter(HELP)):
            yield Told(
                _each(TICKED), f"Only decisions with any of these values. Facets: {', '.join(TICKED)}."
            )
            yield Told(_each(NOT), "No decision with any of these values.")
    yield Told(f"{PREFIX}, {CONTAINS}", "In a list of a facet's values: how they begin, or what is in them.")


def _each(names: Mapping[str, str]) -> str:
    first, second, *_ = names.values()
    return f"{first}, {second}, …"


_MEANINGS = {
    400: "What was sent can't be read as JSON, or the site does not answer to the host that was asked.",
    401: "The site has a login, and the request has none that is right.",
    404: "There is no such path, case, decision or facet.",
    405: "The path is not asked with this method; the header Allow lists those that are answered.",
    413: "What was sent is too large.",
    414: "The address is too long: 16,000 bytes at most.",
    415: "What was sent does not call itself application/json.",
    422: "Parameters are unknown, missing, given twice or out of range, all listed at once; or the search"
    " is too much work.",
    429: "Too many wrong passwords came from this address. The header Retry-After says how long to wait.",
    500: "Something went wrong that should not have. The log of the server tells what.",
    503: "There is no index to search just now, the site is busy, or the search took too long. Try"
    " again after as many seconds as the header Retry-After says.",
}


def _problems() -> Iterator[Told]:
    for status, told in _MEANINGS.items():
        yield Told(f"{status} {HTTPStatus(status).phrase}", told, problem_anchor(status))
