"""The long runs of `make soak`: KILLS random kills for each of ENGINES, from the seed SEED.

For a cluster name it too: ENGINES=opensearch IMR_SEARCH_OPENSEARCH_URLS=http://127.0.0.1:9200 make soak
"""

from __future__ import annotations

import os
import random
from pathlib import Path

import pytest

from tests.ingest.killing import kill_and_check

KILLS = int(os.environ.get("KILLS", "0"))
ENGINES = os.environ.get("ENGINES", "whoosh tantivy").split()
SEED = os.environ.get("SEED", "255")


@pytest.mark.skipif(not KILLS, reason="takes minutes; `make soak` runs it")
@pytest.mark.parametrize("engine", ENGINES)
def test_random_kills_lose_nothing(engine: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trial = kill_and_check(tmp_path, engine, KILLS, random.Random(f"{engine} {SEED}"))
    tally = trial.tally
    with capsys.disabled():
        print(  # noqa: T201  # the figures are what the run is for
            f"\n{engine}: {tally.kills} kills (seed {SEED}), {tally.writing} of them after something was "
            f"written, {tally.rebuilds} amid a rebuild; {tally.swaps} rebuilds swapped in, "
            f"{trial.corpus.version - 1} changes of the corpus; 0 determinations lost, 0 half-visible"
        )
