"""The layouts of letters over the years, and how to tell which one a letter has."""

from __future__ import annotations

from search_app.errors import NotADetermination
from search_app.letters.layouts.early import EARLY
from search_app.letters.layouts.final import FINAL
from search_app.letters.layouts.notice import NOTICE
from search_app.letters.layouts.parts import Item, Parts
from search_app.letters.layouts.professional import PROFESSIONAL

LAYOUTS = (FINAL, EARLY, NOTICE, PROFESSIONAL)
"""In the order in which they are tried; what one recognises is not tried with another."""

__all__ = ["LAYOUTS", "Item", "Parts", "read_parts"]


def read_parts(text: str) -> Parts:
    """The parts of a cleaned letter; raises NotADetermination for an unknown layout or a text half read."""
    lines = f"\n{text}"
    for layout in LAYOUTS:
        if layout.recognises(lines):
            parts = layout.read(lines)
            if not parts.items:
                raise NotADetermination(f"This looks like a {layout.name}, but no decision was found in it.")
            return parts
    raise NotADetermination(
        f"Unknown format: this is not laid out like a determination letter. It begins: {_beginning(text)}",
        "Determinations have a heading such as IMR ISSUES, DECISIONS AND RATIONALES.",
    )


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return f"“{words[:80]}”" + ("..." if len(words) > 80 else "")
