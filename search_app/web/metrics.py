"""Measurements for Prometheus. No label has anything of what people search for.

With several server processes each writes its own files into a folder that all share, and whichever is asked
adds them up (the client library's multiprocess mode). The library looks for the folder when it is imported,
so that `shared` must be entered before the processes start.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from tempfile import TemporaryDirectory

from prometheus_client import REGISTRY, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from prometheus_client.multiprocess import MultiProcessCollector, mark_process_dead

from search_app.engines.base import EngineStats

CONTENT_TYPE = CONTENT_TYPE_LATEST

_FOLDER = "PROMETHEUS_MULTIPROC_DIR"
"""The client library's own name."""

_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 1.5, 2.0, 5.0, 30.0)

REQUESTS = Counter(
    "imr_search_requests", "Requests answered, by route, method and status.", ("route", "method", "status")
)
TOOK = Histogram(
    "imr_search_request_seconds", "Time of requests in a thread, by route.", ("route",), buckets=_SECONDS
)
WAITED = Histogram("imr_search_queue_seconds", "Time that requests waited for a thread.", buckets=_SECONDS)
QUEUED = Gauge(
    "imr_search_queued_requests", "Requests that wait for a thread now.", multiprocess_mode="livesum"
)
REFUSED = Counter("imr_search_refused_requests", "Requests refused with 503 since the queue was full.")
GIVEN_UP = Counter("imr_search_failed_requests", "Requests that ended in an error, by its kind.", ("error",))


@contextmanager
def shared() -> Iterator[None]:
    """Let the server processes that are started in the block measure together."""
    with TemporaryDirectory(prefix="imr-search-metrics-") as folder:
        os.environ[_FOLDER] = folder
        try:
            yield
        finally:
            del os.environ[_FOLDER]


def forget(process: int) -> None:
    """Let what a process that has ended was doing count no more; what it had done still does."""
    if _FOLDER in os.environ:
        mark_process_dead(process)  # type: ignore[no-untyped-call]


def exposition(stats: EngineStats | None) -> bytes:
    """Everything measured, in Prometheus' text format; None for an index that can't be searched."""
    registry = REGISTRY
    if _FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return generate_latest(registry) + generate_latest(_of_index(stats))


def _of_index(stats: EngineStats | None) -> CollectorRegistry:
    registry = CollectorRegistry()

    def gauge(name: str, says: str, value: float) -> None:
        Gauge(f"imr_search_index_{name}", says, registry=registry).set(value)

    gauge("up", "Whether there is an index that can be searched.", stats is not None)
    if stats is not None:
        gauge("determinations", "Cases in the index.", stats.determinations)
        gauge("decisions", "Decisions in the index.", stats.decisions)
        gauge("bytes", "Size of the index.", stats.size)
        built = datetime.fromisoformat(stats.built).timestamp()
        gauge("built_timestamp_seconds", "When the index was last changed.", built)
        info = Gauge(
            "imr_search_index_info", "What made it.", ("engine", "schema_version"), registry=registry
        )
        info.labels(stats.engine, str(stats.schema_version)).set(1)
    return registry
