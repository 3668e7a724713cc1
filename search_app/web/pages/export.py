"""The page that offers a result list as files."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.web.asked import Asked
from search_app.web.exports.columns import MOST
from search_app.web.exports.files import FORMATS
from search_app.web.pages.narrowing import filter_texts
from search_app.web.pages.parts import Link, SearchForm
from search_app.web.urls import Urls

_SIZE = 1_200
"""Bytes of a decision in CSV, about: those of real letters have 1,200, those of corpus/ 900."""

_FOR = {
    "csv": "for any spreadsheet or program",
    "xlsx": "with real dates, filters, and a sheet that tells where it comes from",
    "jsonl": "an object a line, with the names of the API",
}


@dataclass(frozen=True, slots=True)
class Offered:
    """One kind of file: its link, its extension, and what it is good for."""

    link: Link
    extension: str
    use: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ExportPage:
    """What the page shows; `number` of decisions are in a file, `left_out` tells of others."""

    title: str
    form: SearchForm
    subject: str
    filters: tuple[str, ...]
    back: Link
    number: int
    size: str
    left_out: str
    offered: tuple[Offered, ...]
    feed: str
    print: str


def export_page(asked: Asked, total: int, urls: Urls) -> ExportPage:
    """The page for a search that found so many."""
    state = asked.state.at_page(1)
    number = min(total, MOST)
    return ExportPage(
        title="Take results away",
        form=SearchForm(urls.search_action(), state.query),
        subject=state.query,
        filters=filter_texts(state),
        back=Link("Back to results", urls.search(state)),
        number=number,
        size=_size(number * _SIZE),
        left_out=_left_out(total),
        offered=tuple(
            Offered(Link(kind.label, urls.export(state, extension)), extension, _FOR[extension])
            for extension, kind in FORMATS.items()
        ),
        feed=urls.feed(state),
        print=urls.search(state.showing(100, 1)),
    )


def _size(size: int) -> str:
    return f"{size / 1e6:,.0f} MB" if size >= 2_000_000 else f"{max(size // 1000, 1):,} kB"


def _left_out(total: int) -> str:
    if total <= MOST:
        return ""
    return (
        f"A file holds {MOST:,} decisions at most, and this search finds {total:,}: the first {MOST:,} of "
        "its order are in it. Narrow the search, by dates for one, to take the rest away in parts."
    )
