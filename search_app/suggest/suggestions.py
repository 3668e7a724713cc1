"""Suggestions for a typed beginning, each with what it leads to and how many decisions that has."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from search_app.engines.base import Engine
from search_app.suggest.beginnings import Match
from search_app.suggest.cases import cases_beginning
from search_app.suggest.counts import Counts, CountsHolder
from search_app.suggest.names import Kind, Name, known_names
from search_app.vocabulary.words import key

MOST = 10
"""Suggestions given at once: more are not read, and each may cost a search."""

MOST_SEARCHES = 8
"""Searches made for one answer, to count what is no listed facet value; later answers know them.

Over 20,000 decisions one takes some 6 ms, so that an answer stays below a tenth of a second.
"""

LONGEST_TYPED = 100
"""Characters of what was typed that are looked at: no name is longer."""

_LONGEST_DETAIL = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One thing that may have been meant.

    It leads to a case (`case_id`), to the decisions with a facet value (`field`, `value`), or to a search
    for words (`query`). `count` is the number of decisions there, over the whole index.
    """

    kind: Kind
    text: str
    detail: str
    count: int
    case_id: str = ""
    field: str = ""
    value: str = ""
    query: str = ""


def suggestions(engine: Engine, holder: CountsHolder, typed: str, limit: int = MOST) -> list[Suggestion]:
    """What may have been meant, closest name first, then by the number of decisions; nothing without any."""
    begun = typed.strip()[:LONGEST_TYPED]
    if not key(begun):
        return []
    counts = holder.of(engine)
    matches = [*known_names().of(begun), *counts.names.of(begun)]
    counted = sorted(
        _counted(matches, counts, engine), key=lambda one: (one[0].closeness, -one[1], one[0].form)
    )
    named = [_suggestion(match, count) for match, count in counted]
    return [*_cases(engine, begun), *named][: min(limit, MOST)]


def _counted(
    matches: Iterable[Match[Name]], counts: Counts, engine: Engine
) -> Iterator[tuple[Match[Name], int]]:
    """The matches that lead to something; those that take a search only while searches are left."""
    left = MOST_SEARCHES
    for match in sorted(matches, key=lambda one: (one.closeness, len(one.form), one.form)):
        count = counts.known(match)
        if count is None and left:
            left -= 1
            count = counts.search(match, engine)
        if count:
            yield match, count


def _suggestion(match: Match[Name], count: int) -> Suggestion:
    name = match.value
    by_another = key(match.form) != key(name.text)
    is_drug = name.kind is Kind.DRUG
    text = f"{name.text} ({match.form})" if by_another and is_drug else name.text
    detail = f"\N{LEFT DOUBLE QUOTATION MARK}{match.form}\N{RIGHT DOUBLE QUOTATION MARK}"
    return Suggestion(
        kind=name.kind,
        text=text,
        detail=detail if by_another and not is_drug else name.detail,
        count=count,
        field=name.field,
        value=name.value,
        query="" if name.field else name.query or match.form,
    )


def _cases(engine: Engine, typed: str) -> Iterator[Suggestion]:
    for case in cases_beginning(engine, typed):
        yield Suggestion(
            kind=Kind.CASE,
            text=case.id,
            detail=_shortened(case.decisions[0].disputed) if case.decisions else "",
            count=len(case.decisions),
            case_id=case.id,
        )


def _shortened(text: str) -> str:
    """The beginning of a text, cut between words."""
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST_DETAIL else line[:_LONGEST_DETAIL].rpartition(" ")[0] + " …"
