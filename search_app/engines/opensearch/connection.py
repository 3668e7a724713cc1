"""The connection to a cluster: how it is made, when a request is sent again, and what its errors mean."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from math import inf
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

import orjson
from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    ImproperlyConfigured,
    NotFoundError,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)
from opensearchpy.serializer import JSONSerializer

from search_app import deadline
from search_app.config import Settings
from search_app.engines.opensearch.nodes import Node, Nodes
from search_app.errors import REBUILD, IndexIncompatible, IndexUnavailable, SettingError

OLDEST = (2, 5)
"""The first version with all that is asked of it: points in time."""

PASSING = frozenset({429, 502, 503, 504})
"""Statuses of a cluster that is busy or is mending itself; the request is sent again."""

_PAUSE = 0.1
"""Seconds before a request is sent again for the first time; each further pause is twice as long, up to 2."""

_ABSENT = 5.0
"""Seconds for which a cluster is waited for that no node of answers: all were tried several times."""

_BROKEN_OFF = 500
"""Also the status of a search that has lost a node between two of its phases."""

_CANCELLED = "task_cancelled_exception"
_NO_SHARD = "no_shard_available_action_exception"

_AT_ONCE = 64
"""Connections to one node that are kept open."""

T = TypeVar("T")


def _brief(record: logging.LogRecord) -> bool:
    """Let a line of the client's log stand without its traceback: that a node is gone is no bug."""
    record.exc_info = None
    return True


for _name in ("opensearch", "opensearchpy.trace"):
    logging.getLogger(_name).setLevel(logging.WARNING)  # below it, they tell what people search for
    logging.getLogger(_name).addFilter(_brief)


class Connection:
    """A client of one cluster that sends a request again while the cluster mends itself.

    All requests are made so that sending one twice does no harm.
    """

    def __init__(self, settings: Settings) -> None:
        """Raises SettingError for settings that can't be used."""
        self.timeout = settings.opensearch_timeout
        self.urls = [_plain(url) for url in settings.opensearch_urls.split(",") if url.strip()]
        self.client = _client(settings, self.urls)

    def check(self) -> tuple[int, ...]:
        """The cluster's version; raises IndexUnavailable for one that can't be used."""
        with self.explained():
            told = self.again(self.client.info)["version"]
        version = tuple(int(part) for part in told["number"].split(".")[:2])
        if told.get("distribution") != "opensearch" or version < OLDEST:
            raise IndexUnavailable(
                f"The cluster at {self.where} runs {told.get('distribution', 'another program')} "
                f"{told['number']}; this program needs OpenSearch {'.'.join(map(str, OLDEST))} or newer.",
                "Upgrade the cluster, or name another with opensearch_urls.",
            )
        return version

    @property
    def where(self) -> str:
        """The cluster's addresses, for people."""
        return ", ".join(self.urls)

    def again(self, call: Callable[..., T], **given: Any) -> T:
        """What a call answers; it is made again until it succeeds or the timeout is over.

        Raises TookTooLong where the time of the request is over that this is for.
        """
        began = time.monotonic()
        pause = _PAUSE
        while True:
            deadline.check()
            try:
                return call(**given)
            except TransportError as error:
                if _is_cancelled(error):
                    deadline.check(needed=inf)
                if time.monotonic() + pause > began + self._patience(error):
                    raise
            with deadline.apart():
                time.sleep(pause)
            pause = min(2 * pause, 2.0)

    def _patience(self, error: TransportError) -> float:
        """Seconds for which a request that fails so is sent again; few where no node is there at all."""
        if isinstance(error, SSLError):
            return 0.0
        absent = isinstance(error, ConnectionError) and not isinstance(error, ConnectionTimeout)
        if absent or error.status_code == _BROKEN_OFF:
            return min(_ABSENT, self.timeout)
        return float(self.timeout) if _passes(error) else 0.0

    @contextmanager
    def explained(self) -> Iterator[None]:
        """Turn errors of the client into ones that say what to do; raises IndexUnavailable."""
        try:
            yield
        except OpenSearchException as error:
            raise _meaning(error, self.where) from error

    def close(self) -> None:
        """Close all connections."""
        self.client.close()


def ending() -> dict[str, str]:
    """By which a search ends in the cluster when the time of the request is over that it is for."""
    left = deadline.left()
    return {} if left is None else {"cancel_after_time_interval": f"{1000 * left + 1:.0f}ms"}


def _is_cancelled(error: TransportError) -> bool:
    """Whether the cluster has ended a search because its time was over."""
    return _CANCELLED in str(error.info)


def _passes(error: TransportError) -> bool:
    return isinstance(error, ConnectionTimeout) or error.status_code in PASSING


def _client(settings: Settings, urls: list[str]) -> OpenSearch:
    if not urls:
        raise SettingError(
            "The engine opensearch needs to know its cluster.",
            "Set opensearch_urls, such as https://search-1:9200,https://search-2:9200.",
        )
    options: dict[str, Any] = {"verify_certs": True, "ssl_show_warn": False}
    if settings.opensearch_user:
        options["http_auth"] = (settings.opensearch_user, _password(settings))
    for name in ("ca_certs", "client_cert", "client_key"):
        if path := getattr(settings, f"opensearch_{name}"):
            if not Path(path).is_file():
                raise SettingError(f"There is no file {path}, which opensearch_{name} names.")
            options[name] = path
    try:
        return OpenSearch(
            urls,
            timeout=settings.opensearch_timeout,
            max_retries=len(urls),
            retry_on_timeout=True,
            pool_maxsize=_AT_ONCE,
            serializer=_Serializer(),
            connection_class=Node,
            connection_pool_class=Nodes,
            **options,
        )
    except (ImproperlyConfigured, ValueError, OSError) as error:
        raise SettingError(f"The settings of the OpenSearch cluster can't be used: {error}.") from error


class _Serializer(JSONSerializer):
    """Reads answers by orjson."""

    def loads(self, s: str) -> Any:
        try:
            return orjson.loads(s)
        except ValueError as error:
            raise SerializationError(s, error) from error


def _plain(url: str) -> str:
    """An address without a login: one in a URL would be shown in errors and logs."""
    parts = urlsplit(url.strip())
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise SettingError(
            "opensearch_urls has something that is no address.", "One is like https://search-1:9200."
        )
    if parts.username or parts.password:
        raise SettingError(
            f"The address of {parts.hostname} in opensearch_urls has a login in it.",
            "Give the user as opensearch_user, and the password in a file as opensearch_password_file.",
        )
    return parts.geturl().rstrip("/")


def _password(settings: Settings) -> str:
    if settings.opensearch_password:
        return settings.opensearch_password
    if not settings.opensearch_password_file:
        return ""
    try:
        return Path(settings.opensearch_password_file).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SettingError(
            f"The file {settings.opensearch_password_file} that has the cluster's password can't be read."
        ) from error


_SAID: tuple[tuple[type[OpenSearchException], str, str], ...] = (
    (
        AuthenticationException,
        "refuses the login",
        "Check opensearch_user and opensearch_password_file.",
    ),
    (
        AuthorizationException,
        "does not let this user do that",
        "Give the user the role that docs/deploying.md describes.",
    ),
    (
        SSLError,
        "has a certificate that is not trusted",
        "Name the authority that signed it with opensearch_ca_certs.",
    ),
    (ConnectionTimeout, "did not answer in time", "Try again; if it goes on, look at the cluster's health."),
    (ConnectionError, "can't be reached", "Start it, or mend opensearch_urls."),
)
"""What errors mean, the narrower ones first."""


def _meaning(error: OpenSearchException, where: str) -> IndexUnavailable:
    """The error for people; it holds the kind of what the cluster says, and never a login."""
    answered = isinstance(error, TransportError) and isinstance(error.status_code, int)
    kind = str(error.error) if isinstance(error, TransportError) and answered else type(error).__name__
    if kind == "cluster_block_exception":
        return IndexUnavailable(
            f"The OpenSearch cluster at {where} is read-only.",
            "Most often its disks are full: make room, or remove the block that was put on the index.",
        )
    if kind == _NO_SHARD:
        return IndexUnavailable(
            f"The OpenSearch cluster at {where} lacks shards of the index.",
            "Start the nodes that have them, or restore a snapshot: docs/deploying.md, Backups.",
        )
    if isinstance(error, NotFoundError):
        return IndexIncompatible(f"The index is not in the OpenSearch cluster at {where}.", REBUILD)
    for one, says, hint in _SAID:
        if isinstance(error, one):
            return IndexUnavailable(f"The OpenSearch cluster at {where} {says}.", hint)
    return IndexUnavailable(
        f"The OpenSearch cluster at {where} can't answer now ({kind}).",
        "Try again; if it goes on, look at the cluster's health and log.",
    )
