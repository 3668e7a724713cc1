"""Near-twins are folded into one place, and everything is counted as if they were not."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from search_app.engines.base import Engine
from search_app.engines.ranking import WINDOW
from search_app.model import Decision, Determination
from search_app.query.reading import read
from search_app.query.recipe import EXACT
from search_app.query.request import Filter, SearchRequest, Sort
from search_app.query.tree import And, Twins
from search_app.query.twins import twin_keys
from tests.contract.comparing import all_hits
from tests.contract.engines import ENGINES
from tests.contract.oracle import Oracle

SAID = (
    "The walrus of case {} has tusks that are long, white and without a crack. It eats clams, sleeps on the "
    "ice, and has done so for years. A comb is for hair, of which a walrus has little, and a brush would do "
    "as well. Nobody has seen it use either, and the papers that came with it tell of no plan, no aim and no "
    "end. The item is not needed."
)
OWN = [
    "A walrus swims to the north every spring, and comes back fat in autumn when the ice is thick enough.",
    "The beach was full of sand, and one old walrus lay there all day long without any company or food.",
    "Nobody had seen this walrus before it was found beside the harbour by two children and their dog.",
]


def _letters() -> Iterator[Determination]:
    for number in range(160):
        rationale = OWN[number % 3] if number % 10 == 0 else SAID.format(f"x{number}")
        outcome = "Overturned" if number % 7 == 0 else "Upheld"
        items = [Decision(request="Comb", disputed="Comb", outcome=outcome, rationale=rationale)]
        if number % 20 == 5:
            items.append(replace(items[0], request="Brush", disputed="Brush"))
        yield Determination(id=f"W{number:04}", decisions=tuple(items))


LETTERS = tuple(_letters())
TREE = read("walrus", EXACT).tree


@pytest.fixture(scope="module", params=list(ENGINES))
def many(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    engine = ENGINES[request.param].build(tmp_path_factory.mktemp("folding") / "index", LETTERS, 3)
    yield engine
    engine.close()


@pytest.mark.parametrize("filters", [(), (Filter("outcome", ("Overturned",)),)], ids=["all", "overturned"])
def test_folding_changes_no_total_and_no_count(many: Engine, filters: tuple[Filter, ...]) -> None:
    apart = many.search(SearchRequest(tree=TREE, filters=filters))
    folded = many.search(SearchRequest(tree=TREE, filters=filters, fold=True))
    assert (
        folded.total
        == apart.total
        == apart.places
        == len(Oracle(LETTERS).search(SearchRequest(tree=TREE, filters=filters)).ids)
    )
    assert folded.facets == apart.facets
    assert folded.places < folded.total


def test_every_decision_has_a_place_or_is_a_twin_of_one(many: Engine) -> None:
    """What is folded is found again as the twins of what it is folded into."""
    request = SearchRequest(tree=TREE, fold=True, limit=25, facets=())
    seen, reached, offset = [], set(), 0
    while page := many.search(replace(request, offset=offset)).hits:
        for hit in page:
            seen.append(hit.id)
            twins = And((TREE, Twins(twin_keys(hit.decision.rationale))))
            found = {one.id for one in all_hits(many, SearchRequest(tree=twins, facets=()))}
            assert hit.id in found
            reached |= found if hit.twins else {hit.id}
        offset += len(page)
    total = many.search(request)
    assert len(seen) == len(set(seen)) == total.places
    assert len(reached) >= min(total.total, WINDOW)


def test_a_place_tells_how_many_are_folded_into_it(many: Engine) -> None:
    request = SearchRequest(tree=TREE, fold=True, facets=())
    with_twins = [hit for hit in many.search(request).hits if hit.twins]
    assert with_twins
    for hit in with_twins:
        twins = And((TREE, Twins(twin_keys(hit.decision.rationale))))
        assert hit.twins == many.search(SearchRequest(tree=twins)).total - 1


def test_twins_that_a_filter_keeps_out_do_not_count(many: Engine) -> None:
    only = (Filter("outcome", ("Overturned",)),)
    found = many.search(SearchRequest(tree=TREE, filters=only, fold=True))
    assert all(hit.twins < found.total for hit in found.hits)
    assert {hit.decision.outcome for hit in found.hits} == {"Overturned"}


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_nothing_is_folded_in_an_order_by_date(many: Engine, sort: Sort) -> None:
    found = many.search(SearchRequest(tree=TREE, sort=sort, fold=True))
    assert found.places == found.total
    assert not any(hit.twins for hit in found.hits)


def test_the_same_list_whatever_the_size_of_its_pages(many: Engine) -> None:
    def listed(limit: int, fold: bool) -> list[str]:
        request = SearchRequest(tree=TREE, limit=limit, fold=fold, facets=())
        pages = (many.search(replace(request, offset=at)).hits for at in range(0, 180, limit))
        return [hit.id for page in pages for hit in page]

    for fold in (True, False):
        assert listed(7, fold) == listed(60, fold) == listed(100, fold)
