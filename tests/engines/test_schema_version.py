"""An index holds which concepts stand in its letters; other wordings need another version of it."""

from __future__ import annotations

from hashlib import blake2b

from search_app.engines.base import SCHEMA_VERSION
from search_app.query.concepts import concepts

HELD = (5, "ad04e103b50d848f")
"""The version of an index, and a digest of the wordings that it was made with."""


def digest() -> str:
    known = concepts()
    wordings = sorted((name, sorted(known.wordings(name))) for name in known.groups)
    return blake2b(repr(wordings).encode(), digest_size=8).hexdigest()


def test_other_wordings_have_another_version() -> None:
    """After a change of wordings: raise SCHEMA_VERSION if one was released with the old ones, then HELD."""
    assert (SCHEMA_VERSION, digest()) == HELD
