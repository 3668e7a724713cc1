"""Whoosh as its documentation shows it: `groupedby` for the facets, `highlight` for the snippets.

Each facet is a sortable field that holds all of a decision's values, counted by `groupedby` with the Count
map and taken apart afterwards: its own way for overlapping values reads every posting of the field for each
search. A page is one search, and one more for each ticked facet.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import islice
from pathlib import Path
from typing import Any

from whoosh import analysis, fields, highlight, index, query, sorting

from bench.peers.base import SNIPPET, OnDisk, Page, Shown
from bench.peers.documents import Document, day_number, documents
from bench.peers.trees import without_minimum
from search_app.fields import FACETS, FIELDS, TEXT_FIELDS
from search_app.model import Determination
from search_app.query import tree
from search_app.query.request import SearchRequest, Sort

SEPARATOR = "\x1e"
MEMORY = 256
"""Megabytes that the writer may fill."""

_ENGLISH = analysis.StemmingAnalyzer(r"\w+", stoplist=None)

STORED = ("case", "request", "rationale")


class WhooshGroupedBy(OnDisk):
    """Whoosh with groupedby."""

    name = "whoosh-groupedby"
    label = "Whoosh with groupedby"
    most = 20_000

    def absent(self) -> str:
        """It comes with our engine."""
        return ""

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make an index in an empty folder."""
        made = index.create_in(str(folder), _schema())
        writer = made.writer(limitmb=MEMORY)
        for document in documents(determinations):
            writer.add_document(**_row(document))
        writer.commit(optimize=True)
        made.close()

    def open(self, folder: Path) -> WhooshOpen:
        """Open what `build` made."""
        return WhooshOpen(index.open_dir(str(folder)))


class WhooshOpen:
    """An open index."""

    def __init__(self, opened: Any) -> None:
        self._index = opened
        self._searcher = opened.searcher()

    def page(self, request: SearchRequest) -> Page:
        """Answer a search."""
        words = _query(without_minimum(request.tree))
        filters = {one.field: _ticked(one.field, one.values) for one in request.filters}
        newest = request.sort is Sort.NEWEST
        found = self._searcher.search(
            words,
            limit=request.limit,
            filter=_all(filters.values()),
            groupedby=_grouping(name for name in FACETS if name not in filters),
            sortedby="decided" if newest else None,
            reverse=newest,
        )
        # With groupedby the limit is not kept: the results are all that match.
        marks = [self._terms(found, field) for field in ("request", "rationale")]
        hits = tuple(_shown(hit, *marks) for hit in islice(found, request.limit))
        facets = {name: _counts(found, name) for name in FACETS if name not in filters}
        for name in filters:
            others = _all(one for field, one in filters.items() if field != name)
            counted = self._searcher.search(words, limit=1, filter=others, groupedby=_grouping([name]))
            facets[name] = _counts(counted, name)
        return Page(len(found), hits, facets)

    def _terms(self, found: Any, field: str) -> frozenset[str]:
        """What to mark: looked up once, as `hit.highlights` looks up fuzzy words for each hit anew."""
        return frozenset(term.decode() for _, term in found.query_terms(expand=True, fieldname=field))

    def close(self) -> None:
        """Release files."""
        self._searcher.close()
        self._index.close()


def _schema() -> fields.Schema:
    values = analysis.RegexTokenizer(rf"[^{SEPARATOR}]+")
    made = fields.Schema(number=fields.STORED, decided=fields.NUMERIC(sortable=True))
    for name in TEXT_FIELDS:
        made.add(name, fields.TEXT(analyzer=_ENGLISH, stored=name in STORED))
    for name in FACETS:
        made.add(f"facet_{name}", fields.TEXT(analyzer=values, phrase=False, sortable=True))
    return made


def _row(document: Document) -> dict[str, str | int]:
    row: dict[str, str | int] = {"number": document.number, "decided": document.decided}
    row |= {name: "\n".join(values) for name, values in document.texts.items()}
    return row | {f"facet_{name}": SEPARATOR.join(values) for name, values in document.facets.items()}


def _shown(hit: Any, of_title: frozenset[str], of_rationale: frozenset[str]) -> Shown:
    title = _marked(hit["request"], of_title, highlight.WholeFragmenter()) or hit["request"]
    passage = _marked(hit["rationale"], of_rationale, highlight.ContextFragmenter())
    return Shown(hit["case"], hit["number"], title, passage or hit["rationale"][:SNIPPET])


def _marked(text: str, terms: frozenset[str], fragmenter: highlight.Fragmenter) -> str:
    marked: str = highlight.highlight(text, terms, _ENGLISH, fragmenter, highlight.HtmlFormatter(), top=2)
    return marked


def _grouping(names: Iterable[str]) -> dict[str, sorting.FieldFacet]:
    return {name: sorting.FieldFacet(f"facet_{name}", maptype=sorting.Count) for name in names}


def _counts(found: Any, name: str) -> dict[str, int]:
    counts: dict[str, int] = {}
    for values, count in found.groups(name).items():
        for value in values.split(SEPARATOR):
            counts[value] = counts.get(value, 0) + count
    return counts


def _ticked(field: str, values: Iterable[str]) -> query.Query:
    return query.Or([query.Term(f"facet_{field}", value) for value in values])


def _all(filters: Iterable[query.Query]) -> query.Query | None:
    wanted = list(filters)
    return query.And(wanted) if wanted else None


def _query(node: tree.Node) -> query.Query:
    match node:
        case tree.Everything():
            return query.Every()
        case tree.Nothing():
            return query.NullQuery
        case tree.And() | tree.Or() | tree.DisMax() | tree.Not() | tree.AndMaybe():
            return _operator(node)
        case tree.Dates():
            first, last = day_number(node.first) or 1, day_number(node.last) or 99991231
            return query.NumericRange(node.field, first, last)
    return query.Or([_in_field(node, field) for field in node.fields])


def _operator(node: tree.And | tree.Or | tree.DisMax | tree.Not | tree.AndMaybe) -> query.Query:
    match node:
        case tree.And():
            return query.And([_query(child) for child in node.nodes])
        case tree.Or():
            return query.Or([_query(child) for child in node.nodes])
        case tree.DisMax():
            return query.DisjunctionMax([_query(child) for child in node.nodes])
        case tree.Not():
            return query.Not(_query(node.node))
    return query.AndMaybe(_query(node.required), _query(node.optional))


def _in_field(leaf: tree.Leaf, field: str) -> query.Query:
    weight = FIELDS[field].weight or 1.0
    match leaf:
        case tree.Word():
            return query.Term(field, leaf.token, boost=weight)
        case tree.Phrase():
            return query.Phrase(field, list(leaf.tokens), slop=leaf.slop + 1, boost=weight)
        case tree.Prefix():
            return query.Or([query.Prefix(field, leaf.prefix), query.Term(field, leaf.stem)])
        case tree.Fuzzy():
            return query.FuzzyTerm(field, leaf.token, maxdist=leaf.distance, prefixlength=0)
