"""The query mix: searches in classes, as parameters in `queries.toml`.

Words mean what they say in it, so that every peer can answer the same searches.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

from search_app.query.parameters import EXPAND, search_of
from search_app.query.request import SearchRequest

QUERIES = Path(__file__).with_name("queries.toml")


@dataclass(frozen=True, slots=True)
class MixedQuery:
    """One search of the mix: its class, what it is called in reports, and the request."""

    kind: str
    name: str
    request: SearchRequest


def query_mix(path: Path = QUERIES) -> tuple[MixedQuery, ...]:
    """The mix, in order; raises ValueError for parameters that a URL could not have."""
    table = tomllib.loads(path.read_text(encoding="utf-8"))
    return tuple(_query(kind, parameters) for kind, queries in table.items() for parameters in queries)


def _query(kind: str, parameters: dict[str, list[str]]) -> MixedQuery:
    search = search_of(parameters | {EXPAND: ["0"]})
    if search.problems:
        raise ValueError(f"{QUERIES.name}: {kind}: {search.problems[0].message}")
    ticked = "; ".join(f"{one.field} {', '.join(one.values)}" for one in search.request.filters)
    name = " | ".join(filter(None, (search.reading.typed, ticked))) or "(everything)"
    return MixedQuery(kind, name, search.request)
