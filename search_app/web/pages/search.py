"""The search page: results, filters, and how the query was read."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.engines.answering import Answer
from search_app.engines.base import ResultPage
from search_app.query.parameters import EXPAND, FOLD, LIMIT, NEAR, NOT, SORT, TWINS
from search_app.query.request import Sort
from search_app.web.asked import Asked
from search_app.web.pages.dates import DateRange, date_range
from search_app.web.pages.examples import Example, short_examples
from search_app.web.pages.facets import FacetGroup, facet_groups
from search_app.web.pages.hits import Result, results
from search_app.web.pages.narrowing import each_value
from search_app.web.pages.nothing import Count, Nothing, nothing_found
from search_app.web.pages.paging import Paging, paging, sizes
from search_app.web.pages.parts import Link, SearchForm
from search_app.web.pages.read_as import ReadAs, read_as
from search_app.web.urls import Urls

_SORTS = {Sort.RELEVANCE: "Relevance", Sort.NEWEST: "Newest", Sort.OLDEST: "Oldest"}


@dataclass(frozen=True, slots=True)
class Chip:
    """One ticked value, and the search without it."""

    field: str
    value: str
    url: str


@dataclass(frozen=True, slots=True)
class Keepsake:
    """What a browser keeps of a search that is saved: its name, its URL, and what it finds today."""

    name: str
    url: str
    count: int


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Everything the search page shows."""

    title: str
    form: SearchForm
    welcome: bool
    count: str
    shown: str
    folded: Link | None
    seconds: str
    notices: tuple[str, ...]
    read_as: ReadAs
    chips: tuple[Chip, ...]
    clear: str
    sorts: tuple[Link, ...]
    results: tuple[Result, ...]
    facets: tuple[FacetGroup, ...]
    dates: DateRange
    paging: Paging
    sizes: tuple[Link, ...]
    keepsake: Keepsake | None
    beyond: Link | None
    nothing: Nothing | None
    examples: tuple[Example, ...]
    json_url: str
    contrast: str
    insights: str
    export: str
    feed: str


def search_page(asked: Asked, answered: Answer, count: Count, urls: Urls) -> SearchPage:
    """The page for a search and what was found; `count` counts wider searches if that is nothing."""
    state, found = asked.state, answered.page
    first = asked.request.offset + 1
    return SearchPage(
        title=_title(asked, found.total),
        form=_form(asked, urls),
        welcome=not state.query and not state.narrowed and state.page == 1,
        count=_decisions(found.total),
        shown=f"{first:,}–{first + len(found.hits) - 1:,}" if len(found.hits) < found.places else "",
        folded=_folded(asked, found, urls),
        seconds=_duration(found.seconds),
        notices=tuple(problem.message for problem in asked.search.problems),
        read_as=read_as(asked, answered, urls),
        chips=_chips(asked, urls),
        clear=urls.search(state.unfiltered()),
        sorts=_sorts(asked, urls),
        results=results(found.hits, first, state, urls),
        facets=facet_groups(found.facets, state, urls),
        dates=date_range(found.facets, state, urls),
        paging=paging(asked, found.places, urls),
        sizes=sizes(asked, found.places, urls),
        keepsake=_keepsake(asked, found.total, urls),
        beyond=_beyond(asked, found.places, urls),
        nothing=None if found.total else nothing_found(asked, count, urls),
        examples=short_examples(urls),
        json_url=urls.api_search(state),
        contrast=urls.contrast(state) if found.total else "",
        insights=urls.insights(state) if found.total else "",
        export=urls.export(state) if found.total else "",
        feed=urls.feed(state),
    )


def _decisions(total: int) -> str:
    return "1 decision" if total == 1 else f"{total:,} decisions"


def _duration(seconds: float) -> str:
    return f"{seconds:.1f} s" if seconds >= 1 else f"{max(round(seconds * 1000), 1)} ms"


def _subject(asked: Asked) -> str:
    """What is searched for, in a line; "" for everything."""
    parts = [asked.state.query.strip(), *(one.value for one in each_value(asked.state))]
    return ", ".join(part for part in parts if part)


def _title(asked: Asked, total: int) -> str:
    subject = _subject(asked)
    return f"{subject}: {_decisions(total)}" if subject else "Search determinations"


def _keepsake(asked: Asked, total: int, urls: Urls) -> Keepsake | None:
    """What saving the search keeps; None where nothing was asked for."""
    subject = _subject(asked)
    return Keepsake(subject, urls.search(asked.state.at_page(1)), total) if subject else None


def _form(asked: Asked, urls: Urls) -> SearchForm:
    kept = {SORT, LIMIT, EXPAND, NEAR, FOLD, TWINS, *NOT.values()}
    hidden = tuple(pair for pair in asked.state.pairs() if pair[0] in kept)
    return SearchForm(urls.search_action(), asked.state.query, hidden)


def _chips(asked: Asked, urls: Urls) -> tuple[Chip, ...]:
    return tuple(Chip(one.label, one.value, urls.search(one.without)) for one in each_value(asked.state))


def _sorts(asked: Asked, urls: Urls) -> tuple[Link, ...]:
    default, *others = [sort for sort in _SORTS if asked.has_query or sort is not Sort.RELEVANCE]

    def link(sort: Sort, chosen: Sort | None) -> Link:
        return Link(_SORTS[sort], urls.search(asked.state.sorted_by(chosen)), sort is asked.request.sort)

    return (link(default, None), *(link(sort, sort) for sort in others))


def _folded(asked: Asked, found: ResultPage, urls: Urls) -> Link | None:
    """The link that shows folded near-twins apart, or folds them again; None where nothing is folded."""
    if asked.state.fold is False:
        return Link("Fold rationales that are nearly the same", urls.search(asked.state.folding(None)))
    if found.places == found.total:
        return None
    return Link(
        f"{found.total - found.places:,} folded into others with nearly the same rationale; show them apart",
        urls.search(asked.state.folding(False)),
    )


def _beyond(asked: Asked, places: int, urls: Urls) -> Link | None:
    last = asked.pages(places)
    if not places or asked.state.page <= last:
        return None
    return Link(f"page {last:,}", urls.search(asked.state.at_page(last)))
