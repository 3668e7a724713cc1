"""The way from a case page back to its result list, and to the results before and after it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from search_app.engines.answering import answer
from search_app.engines.base import Engine, Hit
from search_app.query.request import MAX_OFFSET
from search_app.web.asked import Asked
from search_app.web.pages.parts import Link
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Trail:
    """Where the reader came from; `place` says which result of how many this is."""

    back: Link
    place: str = ""
    previous: Link | None = None
    next: Link | None = None


def trail(asked: Asked, position: int | None, case_id: str, engine: Engine, urls: Urls) -> Trail | None:
    """The trail of a case that was opened from a result list; None where it was opened by itself.

    The list may have changed since: if another case stands at `position` now, only the way back is given.
    """
    if position is None:
        has_search = any(True for _ in asked.state.pairs())
        return Trail(Link("Back to results", urls.search(asked.state))) if has_search else None
    state = asked.state.at_page((position - 1) // asked.request.limit + 1)
    back = Link("Back to results", urls.search(state, position))
    offset = max(position - 2, 0)
    request = replace(asked.request, offset=offset, limit=3, facets=())
    found = answer(engine, replace(asked.search, request=request)).page
    hits = dict(enumerate(found.hits, offset + 1))
    here = hits.get(position)
    if here is None or here.case.id != case_id:
        return Trail(back)

    def link(text: str, at: int) -> Link | None:
        hit: Hit | None = hits.get(at)
        return Link(text, urls.case(hit.case.id, state, hit.number, at)) if hit else None

    place = f"Result {position:,} of {found.places:,}"
    return Trail(back, place, link("Previous result", position - 1), link("Next result", position + 1))


def read_position(text: str | None) -> int | None:
    """The position that a case page's URL holds; None if there is none that can be."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_OFFSET)):
        return None
    return int(text) or None
