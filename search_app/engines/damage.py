"""Tells damage of an index's files from everything else that can go wrong.

Engines trust their files: over damaged ones they may raise anything, or answer wrongly. So whatever goes
wrong is looked into, by the checksums of the files, before it is told.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from search_app.errors import EngineFailure, ImrSearchError, IndexDamaged

_PANIC = "pyo3_runtime"
"""The module of errors of Rust code that gave up, which can't be imported; they are no `Exception`."""


@contextmanager
def told(path: Path, faults: Callable[[Path], Sequence[str]]) -> Iterator[None]:
    """Raise IndexDamaged for anything that goes wrong while the files at a path have faults.

    Over sound files an error stays what it is; a panic becomes an EngineFailure, which ends one request only.
    """
    try:
        yield
    except (ImrSearchError, GeneratorExit):
        raise
    except BaseException as error:
        panicked = type(error).__module__ == _PANIC
        if not panicked and not isinstance(error, Exception):
            raise
        if found := faults(path):
            raise damaged(path, found) from error
        if panicked:
            raise EngineFailure(f"The search engine gave up on this: {error}.") from error
        raise


def damaged(path: Path, faults: Sequence[str]) -> IndexDamaged:
    """The error for an index with faults."""
    more = f" (and {len(faults) - 1} more faults)" if len(faults) > 1 else ""
    return IndexDamaged(f"The index in {path} is damaged or missing: {faults[0]}{more}")


def settled(look: Callable[[], list[str]], stamp: Callable[[], Hashable]) -> list[str]:
    """The faults of one commit: looked for again where another one came meanwhile.

    None where the index itself went meanwhile, as one does that another has taken the place of.
    """
    while True:
        before = stamp()
        found = look()
        if not found or (after := stamp()) == before:
            return found
        if after is None:
            return []
