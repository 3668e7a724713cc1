"""Holds the engine of a running site."""

from __future__ import annotations

import logging
import threading
from collections.abc import Hashable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from search_app import deadline
from search_app.config import Settings
from search_app.engines import lies_in_folder, open_engine, serving
from search_app.engines.base import Engine
from search_app.engines.damage import damaged
from search_app.errors import IndexIncompatible

_log = logging.getLogger(__name__)


@dataclass(slots=True, eq=False)
class _Opened:
    """An engine, the stamp of the index it was opened by, and how many requests use it now.

    `faults` are those that a look at all of the index's files has found.
    """

    engine: Engine
    stamp: Hashable
    faults: Sequence[str] = ()
    users: int = 0
    retired: bool = False


class EngineHolder:
    """Opens the engine when it is first needed, and again when another index has taken its place.

    A site that is started before its index is built answers that there is none, and works as soon as
    there is one; a rebuilt index is served from the next request on. An engine that is replaced goes on
    answering the requests that use it and is closed after the last of them. (Leaving it to the garbage
    collector would keep Whoosh's maps of a deleted index, and the disk below them, for as long as that
    takes.)

    While an engine that was just opened answers, all of its files are compared with their checksums, in a
    thread beside. From the moment that one differs, the site says so instead of answering.
    """

    def __init__(self, settings: Settings, engine: Engine | None = None) -> None:
        self._settings = settings
        self._given = engine
        self._opened: _Opened | None = None
        self._lock = threading.Lock()

    @contextmanager
    def lease(self) -> Iterator[Engine]:
        """The engine, open until the block is left.

        Raises IndexUnavailable where there is no index that can be opened.
        """
        if self._given is not None:
            yield self._given
            return
        with deadline.apart():  # whoever has the lock asks or opens for all
            self._lock.acquire()
        try:
            opened = self._current()
            opened.users += 1
        finally:
            self._lock.release()
        try:
            yield opened.engine
        finally:
            with self._lock:
                opened.users -= 1
                _close_unused(opened)

    def drop(self) -> None:
        """Forget an engine that can't be used any more; the next `lease` opens another.

        One that has faults is kept, as they are: they would be found again.
        """
        with self._lock:
            if self._opened is None or not self._opened.faults:
                self._retire()

    def close(self) -> None:
        """Close the engine, if one is open, as soon as nobody uses it."""
        if self._given is not None:
            self._given.close()
        with self._lock:
            self._retire()

    def _current(self) -> _Opened:
        stamp = self._stamp()
        if self._opened is None or stamp is None or stamp != self._opened.stamp:
            fresh = self._open(stamp)
            self._retire()
            self._opened = fresh
            if lies_in_folder(self._settings.index):
                threading.Thread(target=self._examine, args=(fresh,), daemon=True).start()
        if self._opened.faults:
            raise damaged(self._settings.index, self._opened.faults)
        return self._opened

    def _examine(self, opened: _Opened) -> None:
        """Look for faults in the files of an engine that was just opened."""
        faults = opened.engine.faults()
        if faults and not opened.retired:
            _log.error("%s", damaged(self._settings.index, faults))
            opened.faults = faults

    def _open(self, stamp: Hashable) -> _Opened:
        """Open the index; once more where it was swapped, and its data removed, meanwhile."""
        while True:
            try:
                return _Opened(open_engine(self._settings.index, self._settings.engine), stamp)
            except IndexIncompatible:
                before, stamp = stamp, self._stamp()
                if stamp == before:
                    raise

    def _stamp(self) -> Hashable:
        """What tells which index serves, or None where there is none; read before what it stands for."""
        return serving(self._settings.index, self._settings.engine)

    def _retire(self) -> None:
        opened, self._opened = self._opened, None
        if opened is not None:
            opened.retired = True
            _close_unused(opened)


def _close_unused(opened: _Opened) -> None:
    if opened.retired and not opened.users:
        opened.engine.close()
