"""How a query was read: what was added, mended and widened, each with the way back."""

from __future__ import annotations

from dataclasses import dataclass

from search_app.engines.answering import Answer
from search_app.query.quoting import replaced
from search_app.query.reading import read
from search_app.web.asked import Asked
from search_app.web.pages.parts import Link
from search_app.web.urls import Urls


@dataclass(frozen=True, slots=True)
class Expanded:
    """What was typed, the wordings that were searched with it, some and all, and the search without them."""

    typed: str
    some: str
    added: str
    without: Link | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A typed word that no decision has, what was searched instead, and the search for the word itself."""

    typed: str
    meant: str
    without: Link | None


@dataclass(frozen=True, slots=True)
class ReadAs:
    """How the query was read; `switch` is the same search with words as they stand, or understood again.

    `meant` is a better spelling of a query; `widened` tells that decisions are shown that lack something,
    and `near` leads to the search without them, or with them again.
    """

    says: str
    notes: tuple[str, ...]
    expanded: tuple[Expanded, ...]
    corrected: tuple[Corrected, ...]
    meant: Link | None
    widened: str
    near: Link | None
    switch: Link | None


def read_as(asked: Asked, answered: Answer, urls: Urls) -> ReadAs:
    """How the query of an answered search was read."""
    reading, state = answered.reading, asked.state

    def exactly(query: str, word: str) -> Link | None:
        """The search with a word of a query in quotes; None where it does not stand there by itself."""
        asked_so = quoted(query, word)
        return Link(f"only “{word}”", urls.search(state.asking(asked_so))) if asked_so != query else None

    meant = answered.meant
    return ReadAs(
        says=reading.says,
        notes=reading.notes,
        expanded=tuple(
            Expanded(one.typed, one.says, ", ".join(one.added), exactly(reading.typed, one.typed))
            for one in reading.expansions
        ),
        corrected=tuple(
            Corrected(one.typed, one.meant, exactly(state.query, one.typed)) for one in answered.corrected
        ),
        meant=Link(meant, urls.search(state.asking(meant))) if meant else None,
        widened=_widened(answered),
        near=_near(asked, answered, urls),
        switch=_switch(asked, urls),
    )


def quoted(query: str, word: str) -> str:
    """A query with the first occurrence of a word, or words, in quotes."""
    return replaced(query, word, lambda found: f'"{found}"', once=True)


def _widened(answered: Answer) -> str:
    if answered.strict is None or answered.page.total <= answered.strict:
        return ""
    few = {0: "No decision has", 1: "Only 1 decision has"}
    some = few.get(answered.strict, f"Only {answered.strict} decisions have")
    return f"{some} all of this, so those that come near are shown too, the nearest first."


def _near(asked: Asked, answered: Answer, urls: Urls) -> Link | None:
    if not asked.search.near:
        return Link("Show what comes near, too", urls.search(asked.state.nearing(True)))
    if not answered.strict or not _widened(answered):
        return None
    text = "Show only this one" if answered.strict == 1 else f"Show only these {answered.strict}"
    return Link(text, urls.search(asked.state.nearing(False)))


def _switch(asked: Asked, urls: Urls) -> Link | None:
    """The link that takes words as they stand, or understands them again; None if that is the same."""
    understood = read(asked.search.reading.typed)
    if not understood.expansions and understood.looser is None:
        return None
    text = "Search for the words as typed only" if asked.search.expand else "Search for other wordings too"
    return Link(text, urls.search(asked.state.expanding(not asked.search.expand)))
