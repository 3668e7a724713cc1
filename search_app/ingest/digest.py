"""What a file's content is known by."""

from __future__ import annotations

import hashlib


def digest_of(data: bytes) -> str:
    """The digest of a file's content, by which a changed file is told from the one that was read."""
    return hashlib.blake2b(data, digest_size=16).hexdigest()
