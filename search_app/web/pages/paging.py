"""The page numbers below a result list."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.query.request import MAX_OFFSET
from search_app.web.asked import Asked
from search_app.web.pages.parts import Link
from search_app.web.urls import Urls

_CUT = f"Only the first {MAX_OFFSET:,} results can be paged through; filters narrow the list."

SIZES = (10, 20, 50, 100)
"""Results on a page that a reader can choose; 100 is the most that there can be."""

_AROUND = 2
"""Page numbers shown on each side of the current one."""


@dataclass(frozen=True, slots=True)
class Paging:
    """Links to other pages; a None among `pages` stands for a gap. `note` tells where paging stops."""

    pages: tuple[Link | None, ...] = ()
    previous: Link | None = None
    next: Link | None = None
    note: str = ""


def paging(asked: Asked, total: int, urls: Urls) -> Paging:
    """The links from the current page to the others; empty if there is only one page."""
    last = asked.pages(total)
    current = asked.state.page
    if last < 2 or current > last:
        return Paging()

    def link(number: int, text: str = "") -> Link:
        return Link(text or f"{number:,}", urls.search(asked.state.at_page(number)), number == current)

    cut = total > last * asked.request.limit
    return Paging(
        pages=tuple(link(number) if number else None for number in page_numbers(current, last)),
        previous=link(current - 1, "Previous") if current > 1 else None,
        next=link(current + 1, "Next") if current < last else None,
        note=_CUT if cut else "",
    )


def sizes(asked: Asked, places: int, urls: Urls) -> tuple[Link, ...]:
    """Links to the same place in longer or shorter pages; empty where every page size shows everything."""
    if places <= min(SIZES):
        return ()
    state, request = asked.state, asked.request

    def link(size: int) -> Link:
        limit = None if size == asked.page_size else size
        page = min(request.offset, places - 1) // size + 1
        return Link(str(size), urls.search(state.showing(limit, page)), size == request.limit)

    return tuple(map(link, sorted({*SIZES, request.limit})))


def page_numbers(current: int, last: int) -> tuple[int | None, ...]:
    """The numbers to show, with None where numbers are left out.

    >>> page_numbers(6, 20)
    (1, None, 4, 5, 6, 7, 8, None, 20)
    >>> page_numbers(1, 3)
    (1, 2, 3)
    """
    wanted = {1, last, *range(max(1, current - _AROUND), min(last, current + _AROUND) + 1)}
    shown: list[int | None] = []
    for number in sorted(wanted):
        before = shown[-1] if shown else 0
        if before is not None and number == before + 2:
            shown.append(number - 1)
        elif before is not None and number > before + 2:
            shown.append(None)
        shown.append(number)
    return tuple(shown)
