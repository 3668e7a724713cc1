"""What of an index is committed, so that readers see whole commits only, on any number of shards.

A document says in which generation it was born, and in which it died if it was replaced or deleted. One
document more, the state, says which generation is committed: a commit refreshes the index and then replaces
the state, which is one atomic write. Readers ask for the state first, and then for what lives in its
generation. What a writer that was stopped has left is born or dies in a generation that was never committed,
so that nobody sees it; the next writer removes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from search_app.engines.opensearch.compiling import Query
from search_app.engines.opensearch.schema import BORN, DIED

_REMEMBERED = 100
"""Generations without a commit that are remembered, in case that a write of theirs comes late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """The writer that has the index, and until when it counts as alive, in seconds of the epoch."""

    host: str
    process: int
    token: str
    until: float


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of an index.

    `allotted` is the highest generation that any writer was given; `aborted` lists those that were given up.
    `history` has the last commits, each as its generation and the second of its time; `built` is the ISO
    time of the last one. `written` is different for every version of the state.
    """

    committed: int = 0
    allotted: int = 0
    aborted: tuple[int, ...] = ()
    history: tuple[tuple[int, float], ...] = ()
    built: str = ""
    holder: Holder | None = None
    written: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a document holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> State:
        """From a document."""
        holder = Holder(**value["holder"]) if value["holder"] else None
        history = tuple((int(number), float(at)) for number, at in value["history"])
        return cls(**{**value, "holder": holder, "aborted": tuple(value["aborted"]), "history": history})

    def changed(self, **changes: Any) -> State:
        """The next version of the state."""
        return replace(self, **changes, written=uuid4().hex)

    def taken(self, holder: Holder) -> State:
        """The state for a new writer: with a generation of its own, and all unfinished ones given up."""
        given_up = (*self.aborted, *range(self.committed + 1, self.allotted + 1))
        aborted = tuple(dict.fromkeys(given_up))[-_REMEMBERED:]
        return self.changed(allotted=self.allotted + 1, aborted=aborted, holder=holder)

    @property
    def living(self) -> Query:
        """What readers of this state see."""
        unborn: Query = {"terms": {BORN: list(self.aborted)}}
        return {
            "bool": {
                "filter": [{"range": {BORN: {"lte": self.committed}}}],
                "must_not": [self._dead(self.committed), *([unborn] if self.aborted else [])],
            }
        }

    @property
    def leftovers(self) -> Query:
        """Documents born in generations that were never committed."""
        return {
            "bool": {
                "should": [
                    {"range": {BORN: {"gt": self.committed}}},
                    {"terms": {BORN: list(self.aborted)}},
                ]
            }
        }

    @property
    def half_dead(self) -> Query:
        """Living documents that such a generation has replaced or deleted."""
        died = [{"range": {DIED: {"gt": self.committed}}}, {"terms": {DIED: list(self.aborted)}}]
        return {"bool": {"filter": [self.living], "should": died, "minimum_should_match": 1}}

    def buried(self, before: float) -> Query:
        """What nobody has seen since a time."""
        number = max((number for number, at in self.history if at < before), default=0)
        return self._dead(number)

    def _dead(self, number: int) -> Query:
        died: dict[str, Any] = {"filter": [{"range": {DIED: {"lte": number}}}]}
        if self.aborted:
            died["must_not"] = [{"terms": {DIED: list(self.aborted)}}]
        return {"bool": died}
