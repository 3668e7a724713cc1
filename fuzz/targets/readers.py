"""Readers of files: the first byte picks the kind, the rest is the file."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from fuzz.samples import files
from fuzz.targets import Check
from search_app.errors import UnreadableFile
from search_app.letters.readers import MAX_TEXT, READERS, read

ENDINGS = sorted(READERS)


def make(folder: Path) -> Check:
    """Readers give some text, of at most a set length, or say why they can't."""

    def check(data: bytes) -> None:
        if not data:
            return
        with suppress(UnreadableFile):
            text = read(f"a{ENDINGS[data[0] % len(ENDINGS)]}", data[1:])
            assert text.strip(), "a text without a word"
            assert len(text) <= MAX_TEXT, "more text than a letter has"

    return check


def seeds() -> Iterator[bytes]:
    """Letters of each kind."""
    for number, ending in enumerate(ENDINGS):
        for path in files(ending):
            yield bytes([number]) + path.read_bytes()
