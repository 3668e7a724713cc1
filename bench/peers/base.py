"""What every peer does: build an index of determinations, and answer searches with whole result pages."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from search_app.model import Determination
from search_app.query.request import SearchRequest

SNIPPET = 260
"""Characters of a rationale that a hit shows, as in our result list."""


OURS = "imr-search"
"""How the labels of our own engines begin."""


class Unsupported(Exception):
    """The peer has no way to answer such a search; its text says why."""


@dataclass(frozen=True, slots=True)
class Shown:
    """One hit as listed: case id, number of the decision, title and passage, both marked."""

    case: str
    number: int
    title: str
    passage: str


@dataclass(frozen=True, slots=True)
class Page:
    """A whole result page: the exact total, the hits shown, and the count of each value of each facet."""

    total: int
    hits: tuple[Shown, ...]
    facets: Mapping[str, Mapping[str, int]]


class OnDisk:
    """A peer whose index is the files of its folder."""

    def size(self, folder: Path) -> int:
        """Bytes of the index."""
        return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


class Searcher(Protocol):
    """An index that is open for searching."""

    def page(self, request: SearchRequest) -> Page:
        """Answer a search; raises Unsupported."""

    def close(self) -> None:
        """Release files."""


class Peer(Protocol):
    """One way to search decisions. `most` is the number of decisions up to which it is measured."""

    @property
    def name(self) -> str:
        """A short name for files and the command line."""

    @property
    def label(self) -> str:
        """The name in the report."""

    @property
    def most(self) -> int | None:
        """Decisions up to which it is measured; None for any number."""

    def absent(self) -> str:
        """Why it can't run here; "" if it can."""

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make an index in an empty folder and make it durable."""

    def size(self, folder: Path) -> int:
        """Bytes of what `build` made."""

    def open(self, folder: Path) -> Searcher:
        """Open what `build` made."""
