"""The long runs of `make soak`: KILLS random kills for each of ENGINES, at moments that SEED determines.

For OpenSearch a cluster of three nodes is started; the runs that feed it are killed, not the nodes.
"""

from __future__ import annotations

import os
import random
from collections.abc import Iterator
from pathlib import Path
from time import monotonic

import pytest

from search_app import engines
from search_app.config import Settings
from search_app.ingest.run import Plan
from tests.ingest.killing import Trial
from tests.opensearch.cluster import Cluster, why_not

KILLS = int(os.environ.get("KILLS", "0"))
ENGINES = os.environ.get("ENGINES", "whoosh tantivy opensearch").replace(",", " ").split()
SEED = os.environ.get("SEED", "255")

LETTERS = {"opensearch": 80}
"""Letters of a corpus, if not 120: a cluster takes longer for each."""

BATCH = 12

pytestmark = pytest.mark.skipif(not KILLS, reason="takes minutes; `make soak` runs it")


@pytest.fixture
def settings(engine: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Settings | None]:
    """Where the cluster is, for the engine that needs one."""
    if engine != "opensearch":
        yield None
        return
    if reason := why_not():
        pytest.fail(reason)
    with Cluster(3) as cluster:
        urls = ",".join(cluster.urls)
        reached = Settings(opensearch_urls=urls, opensearch_shards=2, opensearch_replicas=1)
        monkeypatch.setattr(engines, "_settings", [reached])
        yield reached


@pytest.mark.parametrize("engine", ENGINES)
def test_random_kills_lose_nothing(
    engine: str, settings: Settings | None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    letters = LETTERS.get(engine, 120)
    plan = Plan(engine=engine, workers=1, commit_every=BATCH)
    trial = Trial(tmp_path, plan, random.Random(f"{engine} {SEED}"), letters, settings)
    began = monotonic()
    try:
        trial.kill(KILLS)
    finally:
        with capsys.disabled():
            print(told(engine, trial, monotonic() - began))  # noqa: T201  # what the run is for
    trial.finish()


def told(engine: str, trial: Trial, seconds: float) -> str:
    """A table of what was seen."""
    tally = trial.tally
    columns = {
        "engine": engine,
        "kills": tally.kills,
        "amid writing": tally.writing,
        "amid a rebuild": tally.rebuilds,
        "swaps": tally.swaps,
        "corpora": trial.corpus.version,
        "checked": tally.checked,
        "lost": len(tally.harm.lost),
        "half-visible": len(tally.harm.torn),
        "unaccounted": len(tally.harm.stray),
        "seconds": round(seconds),
    }
    heads = "  ".join(f"{head:>10}" for head in columns)
    cells = "  ".join(
        f"{value:>{max(10, len(head))},}" if isinstance(value, int) else f"{value:>10}"
        for head, value in columns.items()
    )
    return f"\n{heads}\n{cells}  (seed {SEED})"
