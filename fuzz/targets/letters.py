"""The parser of letters: the bytes are a reader's text."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import orjson

from fuzz.samples import files
from fuzz.targets import Check
from search_app.errors import NotADetermination
from search_app.letters import parse_text
from search_app.letters.explain import explain
from search_app.letters.readers import MAX_TEXT, read
from search_app.model import Determination


def make(folder: Path) -> Check:
    """A text is a determination that survives being written and read, or it is said why it is none."""

    def check(data: bytes) -> None:
        try:
            found = parse_text(data.decode("utf-8", "surrogateescape"), "a.txt")
        except NotADetermination:
            return
        assert found.decisions, "a determination without a decision"
        again = Determination.from_json(orjson.loads(orjson.dumps(found.to_json())))
        assert again == found, "not the same when read again"
        for decision in found.decisions:
            explain(decision)

    return check


def seeds() -> Iterator[bytes]:
    """The texts of letters of each kind, the older layouts among them."""
    for ending, most in ((".txt", 40), (".html", 6), (".pdf", 6)):
        for path in files(ending, most):
            text = read(path.name, path.read_bytes())
            assert len(text) <= MAX_TEXT
            yield text.encode()
