"""Xapian, through the Python module that Debian packages as python3-xapian.

Values of a facet are kept in a value slot, and a match spy counts the distinct lists of values in C++. A page
is one match with spies for all facets without a ticked value, and one more for each ticked facet.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from importlib.machinery import EXTENSION_SUFFIXES
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from types import ModuleType
from typing import Any

from bench.peers.base import SNIPPET, OnDisk, Page, Shown
from bench.peers.documents import Document, documents
from bench.peers.xapian_queries import Compiler
from bench.peers.xapian_terms import DECIDED, facet_term, term_prefix
from search_app.fields import FACETS, TEXT_FIELDS
from search_app.model import Determination
from search_app.query.request import SearchRequest, Sort

SEPARATOR = "\x1e"
GAP = 100
"""Positions between two values of a field, more than any phrase is long."""

DEBIAN = Path("/usr/lib/python3/dist-packages/xapian")


def load() -> ModuleType | None:
    """The module, from this Python's packages or Debian's if they are for this version of Python."""
    if "xapian" not in sys.modules:
        if not any((DEBIAN / f"_xapian{suffix}").exists() for suffix in EXTENSION_SUFFIXES):
            return None
        place = str(DEBIAN)
        spec = spec_from_file_location("xapian", DEBIAN / "__init__.py", submodule_search_locations=[place])
        if spec is None or spec.loader is None:
            return None
        sys.modules["xapian"] = module_from_spec(spec)
        spec.loader.exec_module(sys.modules["xapian"])
    return sys.modules["xapian"]


class XapianDebian(OnDisk):
    """Xapian with value slots for the facets."""

    name = "xapian"
    most = None

    @property
    def label(self) -> str:
        """Xapian and its version."""
        xapian = load()
        return f"Xapian {xapian.version_string()}" if xapian else "Xapian"

    def absent(self) -> str:
        """Whether Debian's package is there."""
        return "" if load() else "python3-xapian for this Python is not there; apt-get install python3-xapian"

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make a database in an empty folder."""
        xapian: Any = load()
        database = xapian.WritableDatabase(str(folder / "database"), xapian.DB_CREATE)
        terms = xapian.TermGenerator()
        terms.set_stemmer(xapian.Stem("english"))
        terms.set_stemming_strategy(xapian.TermGenerator.STEM_ALL)
        for document in documents(determinations):
            database.add_document(_row(xapian, terms, document))
        database.commit()
        database.close()

    def open(self, folder: Path) -> XapianOpen:
        """Open what `build` made."""
        xapian: Any = load()
        return XapianOpen(xapian, xapian.Database(str(folder / "database")))


class XapianOpen:
    """An open database."""

    def __init__(self, xapian: Any, database: Any) -> None:
        self._xapian = xapian
        self._database = database
        self._all = database.get_doccount()
        self._compiler = Compiler(xapian)
        self._stemmer = xapian.Stem("english")

    def page(self, request: SearchRequest) -> Page:
        """Answer a search; raises Unsupported, as for a fuzzy word."""
        words = self._compiler.query(request.tree)
        marks = self._compiler.marks(request.tree)
        filters = {one.field: self._compiler.ticked(one.field, one.values) for one in request.filters}
        open_facets = [name for name in FACETS if name not in filters]
        # No document has a term of the marks, so that they change neither matches nor scores.
        marked = self._xapian.Query(self._xapian.Query.OP_AND_MAYBE, words, marks)
        matches, facets = self._match(marked, filters, open_facets, request)
        for name in filters:
            others = {field: one for field, one in filters.items() if field != name}
            facets |= self._match(words, others, [name])[1]
        hits = tuple(self._shown(matches, match) for match in matches)
        return Page(matches.get_matches_estimated(), hits, facets)

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def _match(
        self,
        words: Any,
        filters: Mapping[str, Any],
        names: Iterable[str],
        request: SearchRequest | None = None,
    ) -> tuple[Any, dict[str, dict[str, int]]]:
        """The matches of a page (of none without a request), and the counts of some facets."""
        xapian = self._xapian
        enquire = xapian.Enquire(self._database)
        query = words
        for one in filters.values():
            query = xapian.Query(xapian.Query.OP_FILTER, query, one)
        enquire.set_query(query)
        if request is None:
            enquire.set_weighting_scheme(xapian.BoolWeight())
        elif request.sort is Sort.NEWEST:
            enquire.set_sort_by_value(DECIDED, True)
        spies = {name: xapian.ValueCountMatchSpy(FACETS.index(name)) for name in names}
        for spy in spies.values():
            enquire.add_matchspy(spy)
        matches = enquire.get_mset(0, request.limit if request else 0, self._all)
        return matches, {name: _counts(spy) for name, spy in spies.items()}

    def _shown(self, matches: Any, match: Any) -> Shown:
        case, number, request, rationale = match.document.get_data().decode().split(SEPARATOR)
        title, passage = (
            matches.snippet(text, length, self._stemmer, 0, "<b>", "</b>", " ... ").decode()
            for text, length in ((request, 1_000), (rationale, SNIPPET))
        )
        return Shown(case, int(number), title, passage)


def _counts(spy: Any) -> dict[str, int]:
    counts: dict[str, int] = {}
    for item in spy.values():
        for value in item.term.decode().split(SEPARATOR):
            counts[value] = counts.get(value, 0) + item.termfreq
    return counts


def _row(xapian: Any, terms: Any, document: Document) -> Any:
    row = xapian.Document()
    terms.set_document(row)
    terms.set_termpos(0)
    for name in TEXT_FIELDS:
        for value in document.texts[name]:
            terms.index_text(value, 1, term_prefix(name))
            terms.increase_termpos(GAP)
    for slot, name in enumerate(FACETS):
        row.add_value(slot, SEPARATOR.join(document.facets[name]))
        for value in document.facets[name]:
            row.add_boolean_term(facet_term(name, value))
    row.add_value(DECIDED, f"{document.decided:08}")
    shown = (document.texts["request"][0], document.texts["rationale"][0])
    row.set_data(SEPARATOR.join((document.case, str(document.number), *shown)))
    return row
