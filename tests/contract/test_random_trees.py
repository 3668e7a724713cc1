"""Whatever the tree and the filters, every engine gives the oracle's answer."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from search_app.fields import FACETS
from search_app.query.request import SearchRequest, Sort
from tests.contract.comparing import all_hits, assert_same
from tests.contract.conftest import STATES, Indexes
from tests.contract.engines import ENGINES
from tests.contract.letters import LETTERS
from tests.contract.oracle import Oracle, values_of
from tests.contract.trees import filters, trees

_ITEMS = Oracle(LETTERS).items
_VALUES = {name: sorted({value for item in _ITEMS for value in values_of(item, name)}) for name in FACETS}


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=300)
@given(data=st.data())
def test_random_request(indexes: Indexes, name: str, data: st.DataObject) -> None:
    request = SearchRequest(tree=data.draw(trees()), filters=data.draw(filters(_VALUES)))
    state = data.draw(st.sampled_from(STATES))
    assert_same(indexes.engine(name, state), indexes.oracle(state), request)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=60)
@given(data=st.data())
def test_random_pages(indexes: Indexes, name: str, data: st.DataObject) -> None:
    """Pages of any size put together are the whole list, in the oracle's order where it has one."""
    request = SearchRequest(tree=data.draw(trees()), sort=data.draw(st.sampled_from(Sort)))
    engine = indexes.engine(name, "several segments")
    paged = [hit.id for hit in all_hits(engine, request, data.draw(st.integers(7, 90)))]
    expected = indexes.oracle("several segments").search(request).ids
    assert paged == [hit.id for hit in all_hits(engine, request)]
    assert sorted(paged) == sorted(expected)
    assert request.sort is Sort.RELEVANCE or paged == expected
