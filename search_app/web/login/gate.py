"""Lets those in who have logged in."""

from __future__ import annotations

import logging
from pathlib import Path

from flask import Flask, Response, request
from werkzeug.datastructures import WWWAuthenticate
from werkzeug.exceptions import ServiceUnavailable, Unauthorized

from search_app.config import Settings
from search_app.errors import SettingError
from search_app.web.login.passwords import Passwords
from search_app.web.login.users import Users
from search_app.web.proxy import USER

_log = logging.getLogger(__name__)

OPEN = ("/healthz", "/readyz")
"""Addresses that ask for no login, beside those of static files."""

_BASIC = WWWAuthenticate("basic", {"realm": "IMR Search", "charset": "UTF-8"})  # RFC 7617


def register(app: Flask, settings: Settings) -> None:
    """Ask for a login if one is set up; raises SettingError for a file of users that can't be read."""
    if not settings.users and not settings.user_header:
        return
    passwords = None
    if settings.users:
        users = Users(Path(settings.users))
        users.hashes()
        passwords = Passwords(users)

    def check() -> None:
        if not _is_open() and USER not in request.environ and not (passwords and _has_password(passwords)):
            challenge = _BASIC if passwords else None
            raise Unauthorized("Only those who log in may read here.", www_authenticate=challenge)

    app.before_request(check)
    app.after_request(_keep_out_of_caches)


def _is_open() -> bool:
    return request.path in OPEN or request.endpoint == "static"


def _has_password(passwords: Passwords) -> bool:
    given = request.authorization
    if given is None or given.type != "basic":
        return False
    try:
        return passwords.right(given.username or "", given.password or "", request.remote_addr or "")
    except SettingError:
        _log.exception("Nobody can log in")
        raise ServiceUnavailable("Nobody can log in now: the log of the server tells why.") from None


def _keep_out_of_caches(response: Response) -> Response:
    """Let neither caches on the way nor the browser's disk keep what only some may read."""
    if not _is_open():
        response.headers["Cache-Control"] = "no-store"
    return response
