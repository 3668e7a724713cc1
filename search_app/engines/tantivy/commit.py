"""One commit of an index, as searches see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial

from tantivy import DocAddress, Order, Query, Schema, Searcher

from search_app import deadline
from search_app.engines.ranking import Places, by_relevance, places
from search_app.engines.tantivy.compiling import Compiler, all_of, everything, is_costly
from search_app.engines.tantivy.cost import Cost
from search_app.engines.tantivy.counting import Counting, Counts
from search_app.engines.tantivy.near import Near
from search_app.engines.tantivy.schema import ITEM, NEWEST, OLDEST
from search_app.engines.tantivy.segments import Stamp
from search_app.engines.tantivy.stored import Stored
from search_app.fields import FACETS
from search_app.query.request import SearchRequest, Sort
from search_app.query.tree import Everything, Node, Twins


class Commit:
    """A searcher of one commit, and what is made of it once."""

    def __init__(self, schema: Schema, searcher: Searcher, seen: Stamp) -> None:
        self.stamp = seen
        self.searcher = searcher
        self.stored = Stored(schema, searcher)
        self._schema = schema
        self._compiler = Compiler(schema, Near(schema, searcher, self.stored))
        self._cost = Cost(searcher.num_docs, searcher.doc_freq, partial(_each_beginning, searcher))

    def query(self, node: Node) -> Query:
        """The query of a tree; raises TooCostly for one that would take too long to answer."""
        self._cost.check(node)
        return self._compiler.query(node)

    def having(self, words: Iterable[str]) -> dict[str, int]:
        """How many decisions have each of the words in their rationales, nearly."""
        return {word: self.searcher.doc_freq("rationale", word) for word in words}

    def page(self, query: Query, request: SearchRequest) -> Places[DocAddress]:
        """The places of the page asked for; `query` is the request's tree."""
        found = self._passing(query, request)
        if by_relevance(request):
            return places(request, partial(self._best, found), self.stored.read)
        return places(request, partial(self._by_date, found, request.sort), self.stored.read)

    def twins(self, query: Query, request: SearchRequest, keys: tuple[str, ...]) -> int:
        """How many of the decisions found have any of the keys of near-twins."""
        both = all_of([self._passing(query, request), self._compiler.query(Twins(keys))])
        return Counting(self.searcher, both).total()

    def _passing(self, query: Query, request: SearchRequest) -> Query:
        return all_of([query, *map(self._compiler.ticked, request.filters)])

    def _best(self, found: Query, offset: int, limit: int) -> list[tuple[float, DocAddress]]:
        deadline.check()
        return self.searcher.search(found, limit, count=False, offset=offset).hits

    def _by_date(self, found: Query, sort: Sort, offset: int, limit: int) -> list[tuple[float, DocAddress]]:
        """What ranks nothing lists the newest first."""
        deadline.check()
        order = OLDEST if sort is Sort.OLDEST else NEWEST
        hits = self.searcher.search(
            found, limit, count=False, order_by_field=order, offset=offset, order=Order.Asc
        ).hits
        return [(0.0, address) for _, address in hits]

    def counting(self, query: Query, request: SearchRequest) -> list[Callable[[], Counts]]:
        """What counts a request, in parts that can go on side by side; `query` is its tree."""
        if request.filters and is_costly(request.tree):
            return [partial(Counting(self.searcher, query).ticked, request.filters, request.facets)]
        if request.filters:
            return list(self._apart(query, request))
        if request.tree == Everything():
            return [lambda: self._everything]
        return [partial(Counting(self.searcher, query).facets, request.facets)]

    def _apart(self, query: Query, request: SearchRequest) -> Iterator[Callable[[], Counts]]:
        """One count with all filters for the total and what is not ticked, and one for each ticked facet."""
        ticked = {one.field: self._compiler.ticked(one) for one in request.filters}
        plain = [name for name in request.facets if name not in ticked]
        yield partial(Counting(self.searcher, all_of([query, *ticked.values()])).facets, plain)
        for facet in (name for name in request.facets if name in ticked):
            others = (restriction for name, restriction in ticked.items() if name != facet)
            yield partial(Counting(self.searcher, all_of([query, *others])).facets, [facet])

    @cached_property
    def _everything(self) -> Counts:
        """The counts over all documents: those of the front page."""
        return Counting(self.searcher, everything()).facets(FACETS)

    def determinations(self) -> int:
        """The number of cases."""
        first = Query.term_query(self._schema, ITEM, 1, "basic")
        return Counting(self.searcher, first).total()


def _each_beginning(searcher: Searcher, field: str, beginning: str) -> Iterator[int]:
    """The number of decisions of each token of a field that begins so, nearly."""
    return (count for _, count in searcher.terms_with_prefix(field, beginning))
