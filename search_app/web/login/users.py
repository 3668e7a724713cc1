"""The file of those who may log in: a name and a salted scrypt hash a line, with a colon between them.

It is read again when it has changed, so that who is added or removed need not wait for a restart.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from tempfile import NamedTemporaryFile
from threading import Lock

from werkzeug.security import generate_password_hash

from search_app.errors import SettingError

LEAST = 15
"""Characters of a password that is the only proof (NIST SP 800-63B-4, 3.1.1.2)."""


class Users:
    """The users of a file."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._lock = Lock()
        self._stamp: tuple[int, int, int] | None = None
        self._read: Mapping[str, str] = {}

    def hashes(self) -> Mapping[str, str]:
        """The hash of each user's password by name; raises SettingError for a file that can't be read."""
        try:
            status = self._path.stat()
            stamp = status.st_ino, status.st_size, status.st_mtime_ns
            with self._lock:
                if stamp != self._stamp:
                    self._read, self._stamp = _parse(self._path.read_text(encoding="utf-8")), stamp
                return self._read
        except (OSError, ValueError) as error:
            reason = error.strerror if isinstance(error, OSError) else error
            raise SettingError(
                f"The file of users {self._path} can't be read: {reason}.",
                f"Make it with: imr-search user add NAME --users {self._path}",
            ) from error

    def put(self, name: str, password: str) -> None:
        """Add a user, or give one another password; raises SettingError for what can't be one."""
        if not name or ":" in name or not name.isprintable() or name != name.strip():
            raise SettingError(f"{name!r} can't be a user's name.", "Take letters and digits, such as jdoe.")
        if len(password) < LEAST:
            raise SettingError(
                f"The password has {len(password)} characters; it takes {LEAST} at least.",
                "Some words that do not belong together are long enough and easy to keep in mind.",
            )
        held = self.hashes() if self._path.exists() else {}
        self._write({**held, name: generate_password_hash(password)})

    def remove(self, name: str) -> None:
        """Remove a user; raises SettingError where there is none of that name."""
        held = dict(self.hashes())
        if held.pop(name, None) is None:
            raise SettingError(f"There is no user {name!r}.", f"There are: {', '.join(held) or 'none'}.")
        self._write(held)

    def _write(self, hashes: Mapping[str, str]) -> None:
        """Put another file, which its owner alone may read, in the place of this one."""
        text = "".join(f"{name}:{hashed}\n" for name, hashed in sorted(hashes.items()))
        with NamedTemporaryFile("w", encoding="utf-8", dir=self._path.parent, delete=False) as file:
            file.write(text)
        os.replace(file.name, self._path)


def _parse(text: str) -> Mapping[str, str]:
    hashes: dict[str, str] = {}
    for number, line in enumerate(text.splitlines(), 1):
        name, colon, hashed = line.partition(":")
        if line.strip():
            if not (name and colon and hashed.startswith("scrypt:") and hashed.count("$") == 2):
                raise ValueError(f"line {number} is no name and hash")
            hashes[name] = hashed
    return hashes
