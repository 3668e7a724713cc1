"""Which tokens a fuzzy or prefix leaf accepts; shared by highlighting and by engines that ask in Python."""

from __future__ import annotations

from collections.abc import Collection

from rapidfuzz import process
from rapidfuzz.distance import OSA

from search_app.query.tree import Fuzzy, Prefix


def accepted(leaf: Prefix | Fuzzy, tokens: Collection[str]) -> list[str]:
    """Those of the tokens that match the leaf."""
    if isinstance(leaf, Prefix):
        return [token for token in tokens if token.startswith(leaf.prefix) or token == leaf.stem]
    near = process.extract(leaf.token, tokens, scorer=OSA.distance, score_cutoff=leaf.distance, limit=None)
    return [token for token, _, _ in near]
