"""The query language: grammar, understanding, and both engines over a small index. The bytes are a query."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from fuzz.samples import small_index
from fuzz.targets import Check
from search_app.engines import open_engine
from search_app.engines.answering import answer, asked_tree
from search_app.engines.base import Engine
from search_app.query.highlight import Highlighter
from search_app.query.parameters import QUERY, Search, search_of
from tests.query.readings import READINGS

ENGINES = ("whoosh", "tantivy")
TEXT = "A knee MRI was denied for lack of a trial of therapy; norco 10/325mg and xanax."


def make(folder: Path) -> Check:
    """Whatever was typed is read and answered, by both engines with the same number of decisions."""
    engines = [open_engine(small_index(folder, name)) for name in ENGINES]

    def check(data: bytes) -> None:
        search = search_of({QUERY: [data.decode("utf-8", "surrogateescape")]}, folded=True)
        totals = [_answered(engine, search) for engine in engines]
        assert len(set(totals)) == 1, f"the engines find {totals}"

    return check


def _answered(engine: Engine, search: Search) -> int:
    found = answer(engine, search)
    assert len(found.page.hits) <= search.request.limit
    highlighter = Highlighter(asked_tree(engine, search))
    assert "".join(segment.text for segment in highlighter.mark(TEXT, "rationale").segments) == TEXT
    highlighter.passages(TEXT, "rationale")
    return answer(engine, replace(search, near=False, expand=False)).page.total


def seeds() -> Iterator[bytes]:
    """The queries of the tests of reading, and those of the README."""
    for typed, *_ in READINGS:
        yield typed.encode()
    for typed in (
        "chiropractic no functional improvement from prior visits",
        "sleeping pills denied UDS -xanax +(norco OR percocet)",
        'neck or back pain rationale:"opioid taper"~5 acupunct* accupuncture~',
        "cm16 213037",
        "decided:[2015-06 TO 2016] guideline:odg outcome:overturned",
    ):
        yield typed.encode()
