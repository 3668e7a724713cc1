"""Whether an index and an account can be a pair."""

from __future__ import annotations

from search_app.engines.base import Engine
from search_app.ingest.manifest import Manifest, State


def disagreement(account: Manifest, engine: Engine) -> str:
    """How an account and an index contradict each other; "" for a pair, also as a stopped run leaves it.

    What the account has on its way, in or out, may be in the index or not.
    """
    least = account.count(State.INDEXED)
    most = least + account.count(State.PENDING) + len(account.leaving())
    held = engine.stats().determinations
    if least <= held <= most:
        return ""
    return f"The index counts {held:,} letters, the account {least:,} to {most:,}."
