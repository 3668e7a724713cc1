"""What every test runs with."""

from __future__ import annotations

import os
from contextlib import nullcontext

import pytest
from hypothesis import settings

from search_app import deadline

# How long an example or a page takes depends on the machine, so no test fails by it.
settings.register_profile("imr-search", deadline=None)
settings.load_profile("imr-search")
os.environ["IMR_SEARCH_TIME_LIMIT"] = "0"
if worker := os.environ.get("PYTEST_XDIST_WORKER"):  # in a cluster, an alias of its own for each process
    os.environ["IMR_SEARCH_OPENSEARCH_INDEX"] = f"imr-search-{worker}"


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let no two tests have one id: of those, processes that share the tests of a file run but one."""
    if len({item.nodeid for item in items}) < len(items):
        raise pytest.UsageError("Tests have the same id, of which only one would be run.")


@pytest.fixture(autouse=True)
def without_time_limit(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let requests take their time, but in tests that are marked `time_limit`."""
    if request.node.get_closest_marker("time_limit") is None:
        monkeypatch.setattr(deadline, "within", lambda _: nullcontext())
