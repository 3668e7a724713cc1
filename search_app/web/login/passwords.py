"""Whether a name and a password belong together."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from hmac import compare_digest, digest
from secrets import token_bytes, token_hex
from threading import Lock

from werkzeug.exceptions import TooManyRequests
from werkzeug.security import check_password_hash, generate_password_hash

from search_app.web.login.attempts import Attempts
from search_app.web.login.users import Users

_PATIENCE = 2.0
"""Seconds to wait for the passwords of others to be looked at."""


class Passwords:
    """Looks at passwords, one at a time: a look takes a twentieth of a second and 32 MB, which is its point.

    Every request brings its password, so one that was right is known again by a keyed digest of it in
    memory, for as long as the user's hash in the file is the same.
    """

    def __init__(self, users: Users) -> None:
        self._users = users
        self._attempts = Attempts()
        self._looking = Lock()
        self._key = token_bytes(32)
        self._known: dict[str, bytes] = {}
        self._nobody = generate_password_hash(token_hex())

    def right(self, name: str, password: str, address: str) -> bool:
        """Whether they belong together.

        Raises TooManyRequests for an address that many wrong ones came from, or where many wait, and
        SettingError where the file of users can't be read.
        """
        hashed = self._users.hashes().get(name)
        mark = digest(self._key, f"{name}\0{password}\0{hashed}".encode(), "sha256")
        if self._is_known(name, mark):
            return True
        with self._turn():
            if self._is_known(name, mark):
                return True
            self._slow_down(self._attempts.wait(address))
            # A name that is not there takes as long as one that is, so that names can't be found out.
            if check_password_hash(hashed or self._nobody, password) and hashed is not None:
                self._known[name] = mark
                return True
            self._attempts.failed(address)
            return False

    def _is_known(self, name: str, mark: bytes) -> bool:
        return compare_digest(self._known.get(name, b""), mark)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        if not self._looking.acquire(timeout=_PATIENCE):
            self._slow_down(1)
        try:
            yield
        finally:
            self._looking.release()

    @staticmethod
    def _slow_down(seconds: int) -> None:
        if seconds:
            raise TooManyRequests("Too many wrong passwords came in.", retry_after=seconds)
