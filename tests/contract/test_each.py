"""A whole list, read one decision after the other."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice
from pathlib import Path

import pytest

from search_app.engines.base import Engine
from search_app.query.reading import read
from search_app.query.request import Filter, SearchRequest, Sort
from tests.contract.comparing import all_hits
from tests.contract.conftest import apply_changes
from tests.contract.engines import Maker
from tests.contract.letters import LETTERS

ALL = 10_000


@pytest.mark.parametrize("sort", Sort)
@pytest.mark.parametrize("filters", [(), (Filter("outcome", ("Upheld",)),)])
@pytest.mark.parametrize("typed", ["", "knee", "tramadol improvement function", "-knee", "nowhereword"])
def test_it_is_the_list_of_the_pages(
    engine: Engine, typed: str, filters: tuple[Filter, ...], sort: Sort
) -> None:
    request = SearchRequest(tree=read(typed).tree, filters=filters, sort=sort)
    listed = list(engine.each(replace(request, limit=ALL, fold=True)))
    hits = all_hits(engine, request)
    assert [one.id for one in listed] == [hit.id for hit in hits]
    assert [one.decision for one in listed] == [hit.decision for hit in hits]
    assert [one.case for one in listed] == [hit.case for hit in hits]


def test_a_part_of_it(engine: Engine) -> None:
    request = SearchRequest(tree=read("knee").tree, sort=Sort.OLDEST)
    whole = [one.id for one in engine.each(replace(request, limit=ALL))]
    assert len(whole) > 10
    part = engine.each(replace(request, offset=3, limit=5))
    assert [one.id for one in part] == whole[3:8]


def test_a_list_of_many_blocks_is_the_same(monkeypatch: pytest.MonkeyPatch, engine: Engine) -> None:
    request = SearchRequest(tree=read("knee").tree, limit=ALL)
    whole = [one.id for one in engine.each(request)]
    monkeypatch.setattr("search_app.engines.tantivy.engine.BLOCK", 7)
    assert [one.id for one in engine.each(request)] == whole
    assert [one.id for one in engine.each(replace(request, offset=5, limit=20))] == whole[5:25]


def test_a_commit_meanwhile_changes_nothing(maker: Maker, tmp_path: Path) -> None:
    engine = maker.build(tmp_path / "index", LETTERS)
    request = SearchRequest(sort=Sort.OLDEST, limit=ALL)
    before = [one.id for one in engine.each(request)]
    going_on = engine.each(request)
    first = list(islice(going_on, 5))
    apply_changes(engine)
    assert engine.search(request).total != len(before)
    assert [one.id for one in (*first, *going_on)] == before
    engine.close()
