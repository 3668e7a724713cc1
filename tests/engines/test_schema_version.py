"""An index holds which concepts stand in its letters; other wordings need another version of it."""

from __future__ import annotations

from search_app.engines.base import SCHEMA_VERSION
from search_app.query.concepts import wordings_version

HELD = (5, "ad04e103b50d848f")
"""The version of an index, and a digest of the wordings that it was made with."""


def test_other_wordings_have_another_version() -> None:
    """After a change of wordings: raise SCHEMA_VERSION if one was released with the old ones, then HELD."""
    assert (SCHEMA_VERSION, wordings_version()) == HELD
