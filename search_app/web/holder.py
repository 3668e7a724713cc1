"""Holds the engine of a running site."""

from __future__ import annotations

import threading

from search_app.config import Settings
from search_app.engines import IndexRecord, open_engine, record_of
from search_app.engines.base import Engine


class EngineHolder:
    """Opens the engine when it is first needed, and again when another index has taken its place.

    A site that is started before its index is built answers that there is none, and works as soon as
    there is one; a rebuilt index is served from the next request on.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._given = engine
        self._opened: Engine | None = None
        self._record: IndexRecord | None = None
        self._lock = threading.Lock()

    def get(self) -> Engine:
        """The engine; raises IndexUnavailable where there is no index that can be opened."""
        if self._given is not None:
            return self._given
        with self._lock:
            record = record_of(self._settings.index)
            if self._opened is None or record != self._record:
                # An engine that is replaced is left to requests that still use it; it goes with the last.
                self._opened = open_engine(self._settings.index, self._settings.engine)
                self._record = record
            return self._opened

    def drop(self) -> None:
        """Forget an engine that can't be used any more; the next `get` opens another."""
        with self._lock:
            self._opened = None

    def close(self) -> None:
        """Close the engine, if one is open."""
        with self._lock:
            engine = self._given or self._opened
            self._opened = None
        if engine is not None:
            engine.close()
