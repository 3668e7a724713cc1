"""The indexes of one cluster: made, opened, published by an alias, and dropped."""

from __future__ import annotations

import json
import time
import weakref
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeAlias
from uuid import uuid4

from opensearchpy.exceptions import NotFoundError, RequestError

from search_app.config import Settings
from search_app.engines.opensearch.connection import Connection
from search_app.engines.opensearch.engine import OpenSearchEngine
from search_app.engines.opensearch.schema import VERSION, index_body
from search_app.engines.opensearch.state import State
from search_app.engines.opensearch.store import Store
from search_app.engines.opensearch.writer import KEPT
from search_app.errors import REBUILD, ImrSearchError, IndexIncompatible, IndexMissing, IndexUnavailable

FILE = "opensearch.json"
"""The file in a data folder that names its index in the cluster."""

_VERSION = "schema_version"
_RETIRED = "retired"
"""Where an index says since when another one serves in its place, in seconds of the epoch."""

_REMEMBERED = 2.0
"""Seconds for which it is remembered which index serves; a rebuilt one is served so much later at most."""

_FAILED = 0.5
"""The same for why the cluster can't be asked: who waited meanwhile is told that at once."""


_Meta: TypeAlias = Mapping[str, Any]
"""What an index says of itself: the version of its schema, and whether it is retired."""


class OpenSearchKeeper:
    """Keeps the indexes whose names begin with the one in the settings.

    That name itself is the alias of the index that serves. Web servers need the
    alias alone. The folder on the machine that indexes has the account of the files.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._seen: tuple[str | IndexUnavailable, float] = ("", 0.0)
        self._held: list[Connection] = []
        weakref.finalize(self, _close, self._held)

    def create(self, path: Path) -> OpenSearchEngine:
        """A new empty index in the cluster, and a folder that names it."""
        path.mkdir(parents=True, exist_ok=True)
        index, feeder = f"{self._settings.opensearch_index}-{uuid4().hex[:12]}", uuid4().hex
        body = index_body(self._settings.opensearch_shards, self._settings.opensearch_replicas)
        body["mappings"]["_meta"] = {_VERSION: VERSION}
        with self._connected() as connection:
            connection.check()
            _write(path, index, feeder)
            with _sent_twice():
                connection.again(connection.client.indices.create, index=index, body=body)
            Store(connection, index).put_state(State().changed(feeders=(feeder,)), {})
        return self._engine(index)

    def join(self, path: Path) -> OpenSearchEngine | None:
        """The index that serves already, which this folder's letters are added to; None where there is none.

        Raises IndexIncompatible for another schema.
        """
        try:
            index = self._served()
        except IndexMissing:
            return None
        feeder = uuid4().hex
        path.mkdir(parents=True, exist_ok=True)
        with self._connected() as connection:
            _write(path, index, feeder)
            Store(connection, index).change(lambda state: state.changed(feeders=(*state.feeders, feeder)))
        return self._engine(index)

    def is_serving(self, path: Path) -> bool:
        """Whether the index that a folder names is the one that serves."""
        served = self._aliased()
        return served is not None and served[0] == _named(path)

    def open(self, path: Path) -> OpenSearchEngine:
        """The index that a folder names; raises IndexUnavailable where it can't be reached or used.

        Raises IndexIncompatible for another schema.
        """
        index = _named(path)
        with self._connected() as connection:
            meta = _metas(connection, index).get(index)
        if meta is not None:
            _check(index, meta)
        return self._engine(index)

    def open_serving(self) -> OpenSearchEngine:
        """The index that serves; raises IndexUnavailable where it can't be reached or used."""
        return self._engine(self.serving())

    def serving(self) -> str:
        """The name of the index that serves, as the cluster said a moment ago at most.

        Raises IndexMissing, or IndexIncompatible for another schema.
        """
        seen, until = self._seen
        if time.monotonic() >= until:
            seen, kept = self._asked()
            self._seen = (seen, time.monotonic() + kept)
        if isinstance(seen, IndexUnavailable):
            raise seen.with_traceback(None)
        return seen

    def _asked(self) -> tuple[str | IndexUnavailable, float]:
        """The index that serves, or why it can't be told; and for how many seconds to remember that."""
        try:
            return self._served(), _REMEMBERED
        except (IndexMissing, IndexIncompatible):
            raise
        except IndexUnavailable as error:
            return error, _FAILED

    def _served(self) -> str:
        alias, found = self._settings.opensearch_index, self._aliased(local=True)
        where = self._settings.opensearch_urls
        if found is None:
            raise IndexMissing(
                f"There is no index {alias} in the OpenSearch cluster at {where}.",
                "Build one with: imr-search index --engine opensearch",
            )
        index, meta = found
        _check(alias, meta)
        return index

    def _aliased(self, *, local: bool = False) -> tuple[str, _Meta] | None:
        """The index that the alias names, and what it says of itself; None where there is none."""
        with self._connected() as connection:
            found = _metas(connection, self._settings.opensearch_index, local=local)
        return next(iter(found.items()), None)

    def publish(self, path: Path) -> None:
        """Let the alias name the folder's index and no other, in one step."""
        alias, index = self._settings.opensearch_index, _named(path)
        actions = [
            {"remove": {"index": f"{alias}-*", "alias": alias, "must_exist": False}},
            {"add": {"index": index, "alias": alias}},
        ]
        with self._connected() as connection:
            for one, meta in _metas(connection, alias).items():
                _mark(connection, one, meta, None if one == index else time.time())
            connection.again(connection.client.indices.update_aliases, body={"actions": actions})

    def retire(self, path: Path) -> None:
        """Let the index serve no more if no other folder feeds it: here one of another engine took its place.

        Where the cluster can't be reached that is left undone: it does not serve either.
        """
        index, feeder = _named(path), _read(path)["feeder"]
        remove = {"index": index, "alias": self._settings.opensearch_index, "must_exist": False}
        with suppress(ImrSearchError), self._connected() as connection:
            state = Store(connection, index).change(lambda state: _left(state, feeder))
            if not state.feeders:
                _mark(connection, index, _metas(connection, index)[index], time.time())
                connection.again(
                    connection.client.indices.update_aliases, body={"actions": [{"remove": remove}]}
                )

    def drop(self, path: Path) -> bool:
        """Remove the index that a folder names, if it does not serve; whether the folder can go too.

        One that served a moment ago stays until the next time: requests may be using it.
        """
        try:
            index = _named(path)
        except IndexIncompatible:
            return True
        with suppress(ImrSearchError), self._connected() as connection:
            meta = _metas(connection, index).get(index)
            if meta is None or self.is_serving(path):
                return True
            if (meta.get(_RETIRED) or 0.0) < time.time() - KEPT:
                connection.again(connection.client.indices.delete, index=index)
                return True
        return False

    def _engine(self, index: str) -> OpenSearchEngine:
        return OpenSearchEngine(Connection(self._settings), index)

    @contextmanager
    def _connected(self) -> Iterator[Connection]:
        """The keeper's connection, which knows what nodes are gone; a new one after it was of no use."""
        if not (held := self._held[:1]):
            held = [Connection(self._settings)]
            self._held += held
        (connection,) = held
        try:
            with connection.explained():
                yield connection
        except IndexUnavailable:
            _close(self._held)
            raise


def _close(held: list[Connection]) -> None:
    while held:
        held.pop().close()


@contextmanager
def _sent_twice() -> Iterator[None]:
    """Let an index be there already when it is made: its name is random, so an answer was lost."""
    try:
        yield
    except RequestError as error:
        if error.error != "resource_already_exists_exception":
            raise


def _named(path: Path) -> str:
    """The index that a folder names; raises IndexIncompatible if it names none."""
    return _read(path)["index"]


def _read(path: Path) -> dict[str, str]:
    """The index that a folder names, and the name of the folder as one that feeds it."""
    try:
        held = json.loads((path / FILE).read_text(encoding="utf-8"))
        return {"index": str(held["index"]), "feeder": str(held["feeder"])}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise IndexIncompatible(f"The index in {path} is damaged or missing.", REBUILD) from error


def _write(path: Path, index: str, feeder: str) -> None:
    (path / FILE).write_text(json.dumps({"index": index, "feeder": feeder}) + "\n", encoding="utf-8")


def _left(state: State, feeder: str) -> State:
    return state.changed(feeders=tuple(one for one in state.feeders if one != feeder))


def _metas(connection: Connection, name: str, *, local: bool = False) -> dict[str, _Meta]:
    """The indexes of a name or alias, and what each says of itself, as the cluster's manager knows it.

    With `local` any node tells what it knows, also while the manager is gone; one that was cut off may lag.
    """
    how = {"local": "true"} if local else {}
    try:
        found = connection.again(connection.client.indices.get_mapping, index=name, params=how)
    except NotFoundError:
        return {}
    return {index: held["mappings"].get("_meta", {}) for index, held in found.items()}


def _mark(connection: Connection, index: str, meta: _Meta, retired: float | None) -> None:
    """Write down since when an index serves no more, None if it does."""
    body = {"_meta": {**meta, _RETIRED: retired}}
    connection.again(connection.client.indices.put_mapping, index=index, body=body)


def _check(name: str, meta: _Meta) -> None:
    """Raise IndexIncompatible for an index of another schema."""
    version = meta.get(_VERSION)
    if version != VERSION:
        raise IndexIncompatible(
            f"The index {name} in the cluster has schema version {version}; "
            f"this program needs version {VERSION}.",
            REBUILD,
        )


@lru_cache(maxsize=4)
def keeper_of(settings: Settings) -> OpenSearchKeeper:
    """The one keeper for these settings in this process."""
    return OpenSearchKeeper(settings)
