"""What of an index is committed, so that readers see whole commits only, on any number of shards.

A document says in which generation it was born, and in which it died if it was replaced or deleted. One
document more, the state, says which generations are still hidden: those of writers at work, and those of
writers that were stopped. A commit refreshes the index and then replaces the state, which is one atomic
write. Readers ask for the state first, and then for what lives by it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any
from uuid import uuid4

from search_app.engines.opensearch.compiling import Query
from search_app.engines.opensearch.schema import BORN, DIED

_REMEMBERED = 100
"""Generations without a commit that are remembered, in case that a write of theirs comes late."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Holder:
    """A writer, the generation that it writes, and until when it counts as alive, in seconds of the epoch."""

    host: str
    process: int
    token: str
    until: float
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The state of an index.

    `allotted` is the highest generation that any writer was given. `writers` are at work, each with the
    generation in which its documents are born; at most one is `committing`, with the generation in which what
    it replaces dies. `aborted` lists the generations that were given up. `history` has the last commits, each
    as its generation and the second of its time; `built` is the ISO time of the last one. `feeders` are the
    folders whose letters are in the index. `written` is different for every version of the state.
    """

    allotted: int = 0
    aborted: tuple[int, ...] = ()
    writers: tuple[Holder, ...] = ()
    committing: Holder | None = None
    history: tuple[tuple[int, float], ...] = ()
    built: str = ""
    feeders: tuple[str, ...] = ()
    written: str = ""

    def to_json(self) -> dict[str, Any]:
        """As a document holds it."""
        return asdict(self)

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> State:
        """From a document."""
        return cls(
            **{
                **value,
                "aborted": tuple(value["aborted"]),
                "writers": tuple(Holder(**one) for one in value["writers"]),
                "committing": Holder(**value["committing"]) if value["committing"] else None,
                "history": tuple((int(number), float(at)) for number, at in value["history"]),
                "feeders": tuple(value["feeders"]),
            }
        )

    def changed(self, **changes: Any) -> State:
        """The next version of the state."""
        return replace(self, **changes, written=uuid4().hex)

    def holds(self, token: str) -> bool:
        """Whether the writer with this token is one of those at work."""
        return any(one.token == token for one in self.writers)

    def joined(self, holder: Holder) -> State:
        """With this writer at work, in the place of the one with its token."""
        others = tuple(one for one in self.writers if one.token != holder.token)
        return self.changed(writers=(*others, holder), allotted=max(self.allotted, holder.generation))

    def without(self, tokens: Iterable[str], *, given_up: bool = True) -> State:
        """Without these writers; what they have not committed is given up, unless there is nothing."""
        gone = set(tokens)
        left = [one for one in self.writers if one.token in gone]
        numbers = [one.generation for one in left] if given_up else []
        if self.committing and self.committing.token in gone:
            numbers.append(self.committing.generation)
        return self.changed(
            writers=tuple(one for one in self.writers if one.token not in gone),
            committing=None if self.committing and self.committing.token in gone else self.committing,
            aborted=tuple(dict.fromkeys((*self.aborted, *numbers)))[-_REMEMBERED:],
        )

    def committed(self, numbers: Iterable[int], now: float, kept: float) -> State:
        """With these generations in the history, and without those older than `kept` seconds."""
        more = (*self.history, *((number, now) for number in numbers))
        return replace(self, history=tuple(one for one in more if one[1] >= now - kept))

    @property
    def living(self) -> Query:
        """What readers of this state see."""
        hidden = self._hidden
        unborn = [{"terms": {BORN: hidden}}] if hidden else []
        return {
            "bool": {
                "filter": [{"range": {BORN: {"lte": self.allotted}}}],
                "must_not": [self._dead(hidden), *unborn],
            }
        }

    @property
    def leftovers(self) -> Query:
        """Documents born in generations that were given up."""
        return {"terms": {BORN: list(self.aborted)}}

    @property
    def half_dead(self) -> Query:
        """Living documents that such a generation has replaced or deleted."""
        return {"bool": {"filter": [self.living, {"terms": {DIED: list(self.aborted)}}]}}

    def buried(self, before: float) -> Query:
        """What nobody has seen since a time."""
        recent = [number for number, at in self.history if at >= before]
        return self._dead([*self._hidden, *recent])

    @property
    def _hidden(self) -> list[int]:
        """Generations that are not committed, up to the highest."""
        at_work = [*self.writers, self.committing] if self.committing else self.writers
        return [*self.aborted, *(one.generation for one in at_work)]

    def _dead(self, hidden: list[int]) -> Query:
        died: dict[str, Any] = {"filter": [{"range": {DIED: {"lte": self.allotted}}}]}
        if hidden:
            died["must_not"] = [{"terms": {DIED: hidden}}]
        return {"bool": died}
