"""Which tokens a fuzzy or prefix leaf accepts; shared by highlighting and by engines that ask in Python."""

from __future__ import annotations

from rapidfuzz.distance import OSA

from search_app.query.tree import Fuzzy, Prefix


def accepts(leaf: Prefix | Fuzzy, token: str) -> bool:
    """Whether `token` matches the leaf."""
    if isinstance(leaf, Prefix):
        return token.startswith(leaf.prefix) or token == leaf.stem
    return OSA.distance(leaf.token, token, score_cutoff=leaf.distance) <= leaf.distance
