"""A plain engine in memory: what every real engine must answer. It has no index and no relevance."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from search_app.engines.base import Facet, FacetValue
from search_app.fields import FIELDS
from search_app.model import Determination
from search_app.query.highlight import Highlighter, Snippet
from search_app.query.request import Filter, SearchRequest, Sort
from search_app.query.tree import Node
from tests.contract.oracle_matching import Item, matches, values_of


@dataclass(frozen=True, slots=True)
class Answer:
    """All that is found, not a page of it; by date in the order asked for, else by id."""

    items: tuple[Item, ...]
    facets: tuple[Facet, ...]

    @property
    def ids(self) -> list[str]:
        return [item.id for item in self.items]


class Oracle:
    """Answers searches over the determinations that it was made with."""

    def __init__(self, determinations: Iterable[Determination]) -> None:
        self.items = [
            Item(determination, number, decision)
            for determination in determinations
            for number, decision in enumerate(determination.decisions, 1)
        ]
        self._found: dict[Node, list[Item]] = {}

    def search(self, request: SearchRequest) -> Answer:
        found = self._matching(request.tree)
        kept = [item for item in found if all(_passes(item, one) for one in request.filters)]
        return Answer(
            tuple(_ordered(kept, request.sort)),
            tuple(_facet(name, found, request) for name in request.facets),
        )

    def _matching(self, tree: Node) -> list[Item]:
        if tree not in self._found:
            self._found[tree] = [item for item in self.items if matches(tree, item)]
        return self._found[tree]


def case_of_hit(item: Item) -> Determination:
    """The determination that a hit carries: without its summary and its other decisions."""
    return replace(item.case, summary="", decisions=(item.decision,))


def snippets_of(tree: Node, item: Item) -> tuple[Snippet, tuple[Snippet, ...]]:
    """The title and the passages of a hit."""
    decision, highlighter = item.decision, Highlighter(tree)
    title = highlighter.mark(decision.disputed, "request")
    rationale = highlighter.passages(decision.rationale, "rationale")
    (summary,) = highlighter.passages(item.case.summary, "summary", limit=1)
    unexplained = not any(snippet.marked for snippet in (title, *rationale))
    return title, (*rationale, summary) if unexplained and summary.marked else rationale


def _passes(item: Item, one: Filter) -> bool:
    return not values_of(item, one.field).isdisjoint(one.values)


def _ordered(items: list[Item], sort: Sort) -> list[Item]:
    by_id = sorted(items, key=lambda item: (item.case.id, item.number))
    if sort is Sort.RELEVANCE:
        return by_id
    dated = [item for item in by_id if item.case.decision_date]
    undated = [item for item in by_id if not item.case.decision_date]
    return sorted(dated, key=_day, reverse=sort is Sort.NEWEST) + undated


def _day(item: Item) -> date:
    assert item.case.decision_date is not None
    return item.case.decision_date


def _facet(name: str, found: list[Item], request: SearchRequest) -> Facet:
    others = [one for one in request.filters if one.field != name]
    counts = Counter(
        value
        for item in found
        if all(_passes(item, one) for one in others)
        for value in values_of(item, name)
    )
    ticked = request.selected(name)
    for value in ticked:
        counts.setdefault(value, 0)
    rows = sorted(
        (FacetValue(value, count, value in ticked) for value, count in counts.items()),
        key=lambda row: (not row.selected, -row.count, row.value),
    )
    listed = len(ticked) + (len(rows) if FIELDS[name].whole else request.facet_limit)
    return Facet(name, tuple(rows[:listed]), len(rows[listed:]))
