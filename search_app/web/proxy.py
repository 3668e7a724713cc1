"""What a reverse proxy tells of the browser before it: believed of the proxies that are set, of nobody else.

Anybody can send these headers, so those of others are taken away before anything reads them.
"""

from __future__ import annotations

import ipaddress
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING, TypeAlias

from search_app.config import Settings
from search_app.errors import SettingError

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

USER = "imr_search.user"
"""Where the environment of a request has the name that a believed proxy gives; absent where none does."""

_FOR, _SCHEME = "HTTP_X_FORWARDED_FOR", "HTTP_X_FORWARDED_PROTO"
_FORWARDED = (_FOR, _SCHEME, "HTTP_X_FORWARDED_HOST", "HTTP_X_FORWARDED_PORT", "HTTP_FORWARDED")

_Network: TypeAlias = ipaddress.IPv4Network | ipaddress.IPv6Network


class ProxyHeaders:
    """The application behind reverse proxies.

    Of X-Forwarded-For the last address that is no proxy's becomes REMOTE_ADDR, the last X-Forwarded-Proto
    the scheme of URLs. Raises SettingError for settings that can't be meant.
    """

    def __init__(self, app: WSGIApplication, settings: Settings) -> None:
        self._app = app
        self._proxies = tuple(_network(one) for one in settings.proxies.split())
        self._user_key = f"HTTP_{settings.user_header.upper().replace('-', '_')}"
        if settings.user_header and not self._proxies:
            raise SettingError(
                f"The header {settings.user_header} is believed of no one.",
                "Set proxies to the addresses of the reverse proxies that send it.",
            )

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request."""
        believed = self._is_proxy(environ.get("REMOTE_ADDR", ""))
        user = environ.pop(self._user_key, "")
        told = {name: environ.pop(name, "") for name in _FORWARDED}
        if believed:
            if user:
                environ[USER] = user
            if told[_SCHEME]:
                environ["wsgi.url_scheme"] = "https" if _last(told[_SCHEME]).lower() == "https" else "http"
            environ["REMOTE_ADDR"] = self._client(told[_FOR]) or environ["REMOTE_ADDR"]
        return self._app(environ, start_response)

    def _client(self, listed: str) -> str:
        """The last address that is no proxy's; "" where there is none, or what stands there is no address."""
        client = next((one for one in _from_the_last(listed) if not self._is_proxy(one)), "")
        return client if _address(client) else ""

    def _is_proxy(self, text: str) -> bool:
        address = _address(text)
        return address is not None and any(address in network for network in self._proxies)


def _address(text: str) -> ipaddress.IPv4Address | ipaddress.IPv6Address | None:
    try:
        address = ipaddress.ip_address(text)
    except ValueError:
        return None
    # A socket of both families shows addresses of IPv4 in a form of IPv6.
    return getattr(address, "ipv4_mapped", None) or address


def _network(text: str) -> _Network:
    try:
        return ipaddress.ip_network(text)
    except ValueError as error:
        raise SettingError(
            f"The setting proxies has {text!r}, which is no address: {error}.",
            "It takes addresses and networks, such as 127.0.0.1 or 10.0.0.0/8, with spaces between them.",
        ) from error


def _from_the_last(listed: str) -> Iterator[str]:
    yield from (one.strip() for one in reversed(listed.split(",")))


def _last(listed: str) -> str:
    return next(_from_the_last(listed))
