"""A search as a URL holds it: what was typed, what is ticked, and where in the list the reader is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search_app.fields import FACETS
from search_app.query.parameters import (
    EXPAND,
    FOLD,
    FROM,
    LIMIT,
    NEAR,
    NOT,
    PAGE,
    QUERY,
    SORT,
    TO,
    TWINS,
    Search,
)
from search_app.query.request import Filter, Sort


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """The whole state of a search, in one form whatever the order in which it came about.

    Filters stand in the order of `FACETS` with their values sorted; `excluded` are values that no decision
    may have, `dates` the ends of the range of decision dates, "" where it is open; `limit` is None for the
    page size of the site, `sort` and `fold` None where none was chosen. `twins` is the id of the decision
    whose near-twins alone are asked for. Every change that alters what is found goes back to page 1.
    """

    query: str = ""
    filters: tuple[Filter, ...] = ()
    excluded: tuple[Filter, ...] = ()
    dates: tuple[str, str] = ("", "")
    sort: Sort | None = None
    page: int = 1
    limit: int | None = None
    expand: bool = True
    near: bool = True
    fold: bool | None = None
    twins: str = ""

    @classmethod
    def of(cls, search: Search, parameters: Mapping[str, Sequence[str]], page_size: int) -> State:
        """The state of a search and the parameters that it was read from."""
        request = search.request
        return cls(
            query=search.reading.typed,
            filters=_canonical(_ticked(request.filters)),
            excluded=_canonical(_ticked(search.excluded)),
            dates=search.dates,
            sort=request.sort if request.sort.value in parameters.get(SORT, ()) else None,
            page=search.page,
            limit=None if request.limit == page_size else request.limit,
            expand=search.expand,
            near=search.near,
            fold={"1": True, "0": False}.get((parameters.get(FOLD) or [""])[-1]),
            twins=search.twins,
        )

    def values(self, field: str) -> frozenset[str]:
        """The values ticked in a facet."""
        return _values(self.filters, field)

    @property
    def narrowed(self) -> bool:
        """Whether anything but words narrows the search."""
        return bool(self.filters or self.excluded or any(self.dates))

    def excluding(self, field: str, value: str) -> State:
        """The state with one facet value excluded if it was not, or allowed again."""
        values = _values(self.excluded, field) ^ {value}
        excluded = _canonical({**_ticked(self.excluded), field: values})
        return replace(self._with_values(field, self.values(field) - values), excluded=excluded)

    def within(self, first: str, last: str) -> State:
        """The state with decisions from the first to the last period alone; "" leaves an end open."""
        return replace(self, dates=(first, last), page=1)

    def toggled(self, field: str, value: str) -> State:
        """The state with one facet value ticked if it was not, and unticked if it was."""
        return self._with_values(field, self.values(field) ^ {value})

    def without(self, field: str) -> State:
        """The state with nothing ticked in a facet."""
        return self._with_values(field, frozenset())

    def unfiltered(self) -> State:
        """The state with nothing ticked or excluded at all, of any date."""
        return replace(self, filters=(), excluded=(), dates=("", ""), page=1)

    def nearing(self, near: bool) -> State:
        """The state with what comes near shown where little has all that is asked for, or not."""
        return replace(self, near=near, page=1)

    def folding(self, fold: bool | None) -> State:
        """The state with near-twins folded or apart; None for what comes by itself."""
        return replace(self, fold=fold, page=1)

    def among_twins(self, decision_id: str) -> State:
        """The state with only the near-twins of a decision; "" for all decisions again."""
        return replace(self, twins=decision_id, page=1)

    def asking(self, query: str) -> State:
        """The state with another query."""
        return replace(self, query=query, page=1)

    def sorted_by(self, sort: Sort | None) -> State:
        """The state in another order; None for the one that comes by itself."""
        return replace(self, sort=sort, page=1)

    def expanding(self, expand: bool) -> State:
        """The state with other names of what was typed searched too, or not."""
        return replace(self, expand=expand, page=1)

    def at_page(self, page: int) -> State:
        """The state at another page."""
        return replace(self, page=page)

    def showing(self, limit: int | None, page: int) -> State:
        """The state with so many results on a page, at a page; None for the page size of the site."""
        return replace(self, limit=limit, page=page)

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Names and values of the URL's parameters, without those that are at their default."""
        if self.query:
            yield QUERY, self.query
        for one in self.filters:
            yield from ((one.field, value) for value in one.values)
        for one in self.excluded:
            yield from ((NOT[one.field], value) for value in one.values)
        yield from ((name, text) for name, text in zip((FROM, TO), self.dates, strict=True) if text)
        if self.twins:
            yield TWINS, self.twins
        yield from self._view()

    def _view(self) -> Iterator[tuple[str, str]]:
        """How the list is shown."""
        if self.sort is not None:
            yield SORT, self.sort.value
        if self.page != 1:
            yield PAGE, str(self.page)
        if self.limit is not None:
            yield LIMIT, str(self.limit)
        if not self.expand:
            yield EXPAND, "0"
        if not self.near:
            yield NEAR, "0"
        if self.fold is not None:
            yield FOLD, "1" if self.fold else "0"

    def _with_values(self, field: str, values: frozenset[str]) -> State:
        return replace(self, filters=_canonical({**_ticked(self.filters), field: values}), page=1)


def _values(filters: Sequence[Filter], field: str) -> frozenset[str]:
    return frozenset(next((one.values for one in filters if one.field == field), ()))


def _ticked(filters: Sequence[Filter]) -> dict[str, frozenset[str]]:
    return {one.field: frozenset(one.values) for one in filters}


def _canonical(ticked: dict[str, frozenset[str]]) -> tuple[Filter, ...]:
    return tuple(Filter(name, tuple(sorted(ticked[name]))) for name in FACETS if ticked.get(name))
