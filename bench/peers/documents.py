"""A decision as a peer's user would hand it to a library: texts to search, facet values, things to show."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from search_app.fields import FACETS, TEXT_FIELDS, facet_values, texts
from search_app.model import Determination


@dataclass(frozen=True, slots=True)
class Document:
    """One decision. `decided` is the date as 20160531, 0 for none."""

    case: str
    number: int
    decided: int
    texts: Mapping[str, tuple[str, ...]]
    facets: Mapping[str, tuple[str, ...]]


def documents(determinations: Iterable[Determination]) -> Iterator[Document]:
    """The decisions of the determinations, in order."""
    for one in determinations:
        for number, decision in enumerate(one.decisions, 1):
            yield Document(
                one.id,
                number,
                day_number(one.decision_date),
                {name: texts(name, one, decision) for name in TEXT_FIELDS},
                {name: facet_values(name, one, decision) for name in FACETS},
            )


def day_number(day: date | None) -> int:
    """A date as a number that sorts like it and reads like it: 20160531; 0 for none."""
    return 10_000 * day.year + 100 * day.month + day.day if day else 0
