"""SQLite's FTS5, through Python's sqlite3: an external-content index beside a table of facet values.

A search fills a temporary table with the matching decisions once, each with its bm25() score and a bit for
every ticked facet that it fails; those that fail two can't count anywhere. The total, the best hits and
every facet are read from there, the facets with one GROUP BY over the facet table.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import islice
from pathlib import Path
from typing import Any

from bench.peers.base import SNIPPET, OnDisk, Page, Shown
from bench.peers.documents import Document, documents
from bench.peers.fts5_queries import Asked, asked_of
from search_app.fields import FACETS, FIELDS, TEXT_FIELDS
from search_app.model import Determination
from search_app.query.request import Filter, SearchRequest, Sort

BATCH = 5_000
CACHE = "pragma cache_size = -262144"
"""256 megabytes of pages in memory, of which the default holds 2."""

_COLUMNS = ", ".join(f'"{name}"' for name in TEXT_FIELDS)
_SCHEMA = f"""
create table decision (id integer primary key, number integer, decided integer, {_COLUMNS});
create virtual table words using fts5 (
    {_COLUMNS}, content = decision, content_rowid = id, tokenize = 'porter unicode61', prefix = '2 3'
);
create table value (id integer primary key, facet integer, value text);
create table facet_value (
    decision integer, facet integer, value integer, primary key (decision, facet, value)
) without rowid;
"""
_INDEXES = """
create index by_value on facet_value (facet, value);
create index by_date on decision (decided desc, id);
insert into words (words) values ('optimize');
analyze;
"""
_WEIGHTS = ", ".join(str(FIELDS[name].weight or 1.0) for name in TEXT_FIELDS)
_DECIDED = "select decided from decision where id = found.id"
_TITLE, _RATIONALE = TEXT_FIELDS.index("request"), TEXT_FIELDS.index("rationale")
_MARKED = (
    f"select highlight(words, {_TITLE}, '<b>', '</b>'), "
    f"snippet(words, {_RATIONALE}, '<b>', '</b>', ' ... ', 40) "
    "from words where rowid = ? and words match ?"
)


class Fts5(OnDisk):
    """SQLite FTS5 with a GROUP BY for the facets."""

    name = "sqlite-fts5"
    label = f"SQLite {sqlite3.sqlite_version} FTS5"
    most = None

    def absent(self) -> str:
        """Whether this SQLite has FTS5."""
        with closing(sqlite3.connect(":memory:")) as connection:
            found = connection.execute(
                "select 1 from pragma_compile_options where compile_options = 'ENABLE_FTS5'"
            )
            return "" if found.fetchone() else "this SQLite was compiled without FTS5"

    def build(self, folder: Path, determinations: Iterable[Determination]) -> None:
        """Make a database in an empty folder."""
        connection = sqlite3.connect(folder / "index.sqlite")
        connection.executescript(f"{CACHE}; pragma journal_mode = off; pragma synchronous = off;" + _SCHEMA)
        values: dict[tuple[int, str], int] = {}
        numbered = enumerate(documents(determinations), 1)
        while batch := list(islice(numbered, BATCH)):
            _insert(connection, batch, values)
        rows = [(number, facet, value) for (facet, value), number in values.items()]
        connection.executemany("insert into value values (?, ?, ?)", rows)
        connection.executescript(_INDEXES)
        connection.commit()
        connection.close()

    def open(self, folder: Path) -> Fts5Open:
        """Open what `build` made."""
        connection = sqlite3.connect(folder / "index.sqlite")
        connection.executescript(f"{CACHE}; pragma temp_store = memory; pragma mmap_size = 17179869184;")
        connection.execute("create temp table found (id integer primary key, score real, failed integer)")
        return Fts5Open(connection)


class Fts5Open:
    """An open database."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        rows = connection.execute("select facet, value, id from value")
        self._values = {number: (FACETS[facet], value) for facet, value, number in rows}
        self._ids = {key: number for number, key in self._values.items()}

    def page(self, request: SearchRequest) -> Page:
        """Answer a search; raises Unsupported, as for a fuzzy word."""
        asked = asked_of(request.tree)
        if asked == Asked("", "") and not request.filters:
            return self._everything(request)
        self._find(asked, request.filters)
        order = f"({_DECIDED}) desc" if request.sort is Sort.NEWEST else "score"
        best = f"select id from found where failed = 0 order by {order}, id limit {request.limit}"
        total = self._rows("select count(*) from found where failed = 0")[0][0]
        return Page(total, self._shown(asked.marked, best), self._counts(request.filters))

    def close(self) -> None:
        """Close the database."""
        self._connection.close()

    def _rows(self, statement: str, *parameters: str | int) -> list[Any]:
        return self._connection.execute(statement, parameters).fetchall()

    def _everything(self, request: SearchRequest) -> Page:
        """Without a query and ticks no temporary table is needed: an index has the counts in order."""
        latest = f"select id from decision order by decided desc, id limit {request.limit}"
        counts = self._rows("select value, count(*) from facet_value group by facet, value")
        return Page(
            self._rows("select count(*) from decision")[0][0], self._shown("", latest), self._named(counts)
        )

    def _find(self, asked: Asked, filters: Iterable[Filter]) -> None:
        self._connection.execute("delete from found")
        failed = " + ".join(self._failed(one) for one in filters) or "0"
        dates = f"({_DECIDED}) between {asked.first} and {asked.last}" if asked.first else "1"
        if asked.match:
            source = f"select rowid as id, bm25(words, {_WEIGHTS}) as score from words where words match ?"
        else:
            source = "select id, 0.0 as score from decision where '' = ?"
        self._rows(
            f"insert into found select id, score, {failed} from ({source}) found where {dates}", asked.match
        )

    def _failed(self, one: Filter) -> str:
        """The facet's bit where a decision has none of the ticked values, else 0."""
        facet = FACETS.index(one.field)
        ids = ", ".join(str(self._ids.get((one.field, value), 0)) for value in one.values)
        passing = f"decision = found.id and facet = {facet} and value in ({ids})"
        return f"{1 << facet} * (not exists (select 1 from facet_value where {passing}))"

    def _counts(self, filters: Iterable[Filter]) -> dict[str, dict[str, int]]:
        """The facets of what passes every tick; a ticked one has those that fail it alone, too."""
        alone = ", ".join(["0", *(str(1 << FACETS.index(one.field)) for one in filters)])
        return self._named(
            self._rows(
                "select f.value, count(*) from found cross join facet_value f on f.decision = found.id "
                f"where failed in ({alone}) and (failed = 0 or failed = 1 << f.facet) group by f.value"
            )
        )

    def _named(self, rows: Iterable[tuple[int, int]]) -> dict[str, dict[str, int]]:
        counts: dict[str, dict[str, int]] = {name: {} for name in FACETS}
        for number, count in rows:
            facet, value = self._values[number]
            counts[facet][value] = count
        return counts

    def _shown(self, marked: str, best: str) -> tuple[Shown, ...]:
        """The hits that the statement `best` selects."""
        shown = []
        for number, case, item, request, beginning in self._rows(
            f'select id, "case", number, request, substr(rationale, 1, {SNIPPET}) '
            f"from ({best}) join decision using (id)"
        ):
            texts = self._rows(_MARKED, number, marked)[0] if marked else (request, beginning)
            shown.append(Shown(case, item, *texts))
        return tuple(shown)


def _insert(
    connection: sqlite3.Connection, batch: list[tuple[int, Document]], values: dict[tuple[int, str], int]
) -> None:
    rows = [
        (number, one.number, one.decided, *("\n".join(one.texts[name]) for name in TEXT_FIELDS))
        for number, one in batch
    ]
    places = ", ".join("?" * (3 + len(TEXT_FIELDS)))
    connection.executemany(f"insert into decision values ({places})", rows)
    texts = ((row[0], *row[3:]) for row in rows)
    connection.executemany(f"insert into words (rowid, {_COLUMNS}) values ({places[6:]})", texts)
    connection.executemany("insert into facet_value values (?, ?, ?)", sorted(_facet_rows(batch, values)))


def _facet_rows(
    batch: Iterable[tuple[int, Document]], values: dict[tuple[int, str], int]
) -> Iterator[tuple[int, int, int]]:
    for number, document in batch:
        for facet, name in enumerate(FACETS):
            for value in document.facets[name]:
                yield number, facet, values.setdefault((facet, value), 1 + len(values))
