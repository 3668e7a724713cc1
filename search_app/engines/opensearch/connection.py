"""The connection to a cluster: how it is made, when a request is sent again, and what its errors mean."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar
from urllib.parse import urlsplit

from opensearchpy import OpenSearch
from opensearchpy.exceptions import (
    AuthenticationException,
    AuthorizationException,
    ConnectionError,
    ConnectionTimeout,
    ImproperlyConfigured,
    NotFoundError,
    OpenSearchException,
    SSLError,
    TransportError,
)

from search_app.config import Settings
from search_app.errors import REBUILD, IndexIncompatible, IndexUnavailable, SettingError

OLDEST = (2, 5)
"""The first version with all that is asked of it: points in time."""

PASSING = frozenset({429, 502, 503, 504})
"""Statuses of a cluster that is busy or is mending itself; the request is sent again."""

_PAUSE = 0.1
"""Seconds before a request is sent again for the first time; each further pause is twice as long, up to 2."""

T = TypeVar("T")


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
                f"The cluster at {self.where} is {told.get('distribution', 'no OpenSearch')} {told['number']}; "
                f"this program needs OpenSearch {'.'.join(map(str, OLDEST))} or newer.",
                "Upgrade the cluster, or name another with opensearch_urls.",
            )
        return version

    @property
    def where(self) -> str:
        """The cluster's addresses, for people."""
        return ", ".join(self.urls)

    def again(self, call: Callable[..., T], **given: Any) -> T:
        """What a call answers; it is made again until it succeeds or the timeout is over."""
        until = time.monotonic() + self.timeout
        pause = _PAUSE
        while True:
            try:
                return call(**given)
            except TransportError as error:
                if not _passes(error) or time.monotonic() + pause > until:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, 2.0)

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


def _passes(error: TransportError) -> bool:
    if isinstance(error, SSLError):
        return False
    return isinstance(error, ConnectionError) or error.status_code in PASSING


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
            urls, timeout=settings.opensearch_timeout, max_retries=len(urls), retry_on_timeout=True, **options
        )
    except (ImproperlyConfigured, ValueError, OSError) as error:
        raise SettingError(f"The settings of the OpenSearch cluster can't be used: {error}.") from error


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


def _meaning(error: OpenSearchException, where: str) -> IndexUnavailable:
    """The error for people; what the cluster says stands in it, the login never."""
    kind = error.error if isinstance(error, TransportError) and isinstance(error.status_code, int) else ""
    if kind == "cluster_block_exception":
        return IndexUnavailable(
            f"The OpenSearch cluster at {where} is read-only.",
            "Most often its disks are full: make room, or remove the block that was put on the index.",
        )
    match error:
        case AuthenticationException() | AuthorizationException():
            return IndexUnavailable(
                f"The OpenSearch cluster at {where} refuses the login or what it may do.",
                "Check opensearch_user, opensearch_password_file and the user's role (docs/deploying.md).",
            )
        case SSLError():
            return IndexUnavailable(
                f"The certificate of the OpenSearch cluster at {where} is not trusted.",
                "Name the authority that signed it with opensearch_ca_certs.",
            )
        case ConnectionTimeout():
            return IndexUnavailable(
                f"The OpenSearch cluster at {where} did not answer in time.",
                "Try again; if it goes on, look at the cluster's health.",
            )
        case ConnectionError():
            return IndexUnavailable(
                f"The OpenSearch cluster at {where} can't be reached.",
                "Start it, or mend opensearch_urls.",
            )
        case NotFoundError():
            return IndexIncompatible(f"The index is not in the OpenSearch cluster at {where}.", REBUILD)
    return IndexUnavailable(
        f"The OpenSearch cluster at {where} can't answer now ({kind or type(error).__name__}).",
        "Try again; if it goes on, look at the cluster's health and log.",
    )
