"""Loads what the first requests would else wait for: the vocabularies, a second of work, and the index."""

from __future__ import annotations

import logging

from flask import Flask

from search_app.engines.answering import answer
from search_app.errors import ImrSearchError
from search_app.query.likeness import of_text
from search_app.query.parameters import QUERY, search_of
from search_app.suggest.names import known_names
from search_app.web.site import site_of

_LIKE_ANY = "lumbar suport and physical therapy, denied"
"""A query that makes use of all vocabularies, the spelling of its words too."""


_log = logging.getLogger(__name__)


def load_vocabularies() -> None:
    """Read what all requests share, once in a process."""
    known_names()
    of_text(_LIKE_ANY)
    search_of({QUERY: [_LIKE_ANY]})


def warm_up(app: Flask) -> None:
    """Ask the index what the first requests would; one that can't be searched is no error yet."""
    site = site_of(app)
    try:
        with site.holder.lease() as engine:
            answer(engine, search_of({QUERY: [_LIKE_ANY]}))
            site.counts.of(engine)
    except ImrSearchError as error:
        _log.warning("The index can't be searched yet: %s", error.message)
