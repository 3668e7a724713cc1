"""Judged queries find on a cluster what they find on one machine, over one shard and over five.

Scores rest on the statistics of all shards (`dfs_query_then_fetch`), so few documents a shard do no harm.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from bench.relevance import average, judged, scores
from search_app import engines
from search_app.config import Settings
from search_app.engines.opensearch.keeper import OpenSearchKeeper
from search_app.letters import find_files, parse_file
from search_app.model import Determination
from search_app.query.recipe import RECIPE
from tests.real import FOLDER, needs_real_letters

MOST_APART = 0.02
"""Of the mean nDCG at 10."""


@pytest.fixture(scope="module")
def letters() -> Sequence[Determination]:
    return [parse_file(file) for file in find_files([FOLDER / "pdf", FOLDER / "text"])]


@pytest.fixture(scope="module")
def on_one_machine(letters: Sequence[Determination], tmp_path_factory: pytest.TempPathFactory) -> float:
    _, engine = engines.create(tmp_path_factory.mktemp("tantivy"), "tantivy")
    return _ndcg(engine, letters)


def _ndcg(engine: engines.Engine, letters: Sequence[Determination]) -> float:
    with engine.writer() as writer:
        for letter in letters:
            writer.put(letter)
        writer.commit()
    found = average(scores(engine, judged(FOLDER / "queries.jsonl"), RECIPE))
    engine.close()
    return found.ndcg


@needs_real_letters
@pytest.mark.parametrize("shards", [1, 5])
def test_relevance_is_that_of_one_machine(
    settings: Settings, letters: Sequence[Determination], on_one_machine: float, shards: int, tmp_path: Path
) -> None:
    keeper = OpenSearchKeeper(replace(settings, opensearch_shards=shards))
    ndcg = _ndcg(keeper.create(tmp_path / "index"), letters)
    assert abs(ndcg - on_one_machine) <= MOST_APART, (ndcg, on_one_machine)
