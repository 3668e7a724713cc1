"""The contract of every search engine; `tests/contract` runs the same battery against each."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Protocol

from search_app.model import Decision, Determination
from search_app.query.highlight import Snippet
from search_app.query.likeness import Likeness
from search_app.query.request import Filter, SearchRequest

SCHEMA_VERSION = 5
"""Grows whenever the field table, the analysis or an engine's layout changes what an index holds."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One decision found. `number` counts from 1 in the letter's order.

    `case` is the determination that it stands in, without its summary and its other decisions.
    `title` is what was disputed, marked with what the query finds in requests; for `snippets` see
    `engines.hits`. `twins` counts the near-twins that the search found too, where they are folded into it.
    """

    case: Determination
    number: int
    decision: Decision
    score: float
    title: Snippet
    snippets: tuple[Snippet, ...]
    twins: int = 0

    @property
    def id(self) -> str:
        """Case id and number of the decision: "CM16-0213037/1"."""
        return f"{self.case.id}/{self.number}"


@dataclass(frozen=True, slots=True)
class FacetValue:
    """A value of a facet, the number of decisions that have it, and whether it is ticked."""

    value: str
    count: int
    selected: bool = False


@dataclass(frozen=True, slots=True)
class Facet:
    """The values of one facet: ticked ones first, then by count, then by name.

    At most so many values as the request allows stand beside the ticked ones; `more` is the number of those
    left out.
    """

    field: str
    values: tuple[FacetValue, ...]
    more: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ResultPage:
    """What a search found: the exact total, one page of hits, the facets, and the time it took.

    `places` is the length of the list: the total, less the decisions that are folded into others.
    """

    total: int
    places: int
    hits: tuple[Hit, ...]
    facets: tuple[Facet, ...]
    seconds: float


@dataclass(frozen=True, slots=True, kw_only=True)
class EngineStats:
    """What an index holds, and what made it. `size` is in bytes; `built` an ISO time."""

    engine: str
    schema_version: int
    determinations: int
    decisions: int
    size: int
    built: str


@dataclass(frozen=True, slots=True)
class Listed:
    """One decision of a whole list; `case` and `number` are those of a `Hit`."""

    case: Determination
    number: int

    @property
    def decision(self) -> Decision:
        """The decision itself."""
        return self.case.decisions[0]

    @property
    def id(self) -> str:
        """Case id and number of the decision."""
        return f"{self.case.id}/{self.number}"


class Writer(Protocol):
    """Changes an index. Nothing is visible before `commit`, and everything after it.

    Leaving the `with` block of `Engine.writer` without a commit discards what was not committed.
    """

    def put(self, determination: Determination) -> None:
        """Add a determination, or replace the one with the same id."""

    def delete(self, case_id: str) -> None:
        """Remove a determination; one that is not there is no error."""

    def commit(self) -> None:
        """Make all changes since the last commit visible and durable, atomically."""


class Engine(Protocol):
    """A search engine over one index."""

    def writer(self) -> AbstractContextManager[Writer]:
        """A writer of the index; raises IndexBusy where there can be one only and another process has it."""

    def search(self, request: SearchRequest) -> ResultPage:
        """Answer a search over the last commit."""

    def each(self, request: SearchRequest) -> Iterator[Listed]:
        """The decisions of one commit from the request's offset on, in order, at most `limit` of them.

        They are read while the iterator goes on, so that memory does not grow with what they hold. Nothing
        is folded.
        """

    def case(self, case_id: str) -> Determination | None:
        """The whole determination, or None."""

    def similar(self, likeness: Likeness, filters: tuple[Filter, ...], limit: int) -> ResultPage:
        """The closest decisions to another or to a text, near-twins folded; no facet is counted."""

    def vocabulary(self, beginning: str) -> Mapping[str, int]:
        """The tokens of rationales that begin so, and how many decisions have each, nearly.

        Decisions that were replaced or deleted may still count until their files are merged.
        """

    def stats(self) -> EngineStats:
        """What the index holds."""

    def faults(self) -> Sequence[str]:
        """What is wrong with what the index lies in, a sentence for each; all of it is read for that."""

    def files(self) -> AbstractContextManager[Mapping[str, BinaryIO]]:
        """The files of the last commit by name, open: they stay as they are, whatever happens to the index.

        Raises SettingError for an index that lies in a cluster.
        """

    def close(self) -> None:
        """Release files; the engine can't be used afterwards."""


class Opener(Protocol):
    """Makes and opens the indexes of one engine; `path` is the folder of their data."""

    def create(self, path: Path) -> Engine:
        """A new empty index; raises OSError or SettingError."""

    def open(self, path: Path) -> Engine:
        """An index that is there; raises IndexMissing, IndexIncompatible or IndexUnavailable."""


class Keeper(Protocol):
    """What an engine does beside, whose data is not in the folder but in a cluster that several share."""

    def publish(self, path: Path) -> None:
        """Make this the index that serves."""

    def retire(self, path: Path) -> None:
        """Let this index serve no more, as one of another engine took its place."""

    def drop(self, path: Path) -> bool:
        """Remove the data, unless it serves others; whether the folder can go too."""

    def join(self, path: Path) -> Engine | None:
        """The index that serves already, for a folder whose letters are added to it; None without one."""

    def is_serving(self, path: Path) -> bool:
        """Whether this is the index that serves."""

    def serving(self) -> str:
        """The name of the index that serves; raises IndexMissing or IndexIncompatible."""

    def open_serving(self) -> Engine:
        """The index that serves, without a folder; raises IndexUnavailable."""
