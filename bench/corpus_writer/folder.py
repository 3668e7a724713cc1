"""Writes letters into a folder, and their truth records into a file beside."""

import json
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.htmllayout import render_html
from bench.corpus_writer.letter import FictionalLetter, letters
from bench.corpus_writer.pdflayout import render_pdf

FORMATS = ("mixed", "txt", "html", "pdf")
# In a mixed corpus each tenth letter is a page and each tenth a PDF, at these places of the ten.
_MIXED = {3: "html", 7: "pdf"}
# Keeps a page's own choices apart from those of the letter's text, which no format may change.
_PAGE_SEED = 1 << 40


@dataclass(frozen=True, slots=True)
class Order:
    """What to write: how many letters of which seed, in which format (one of FORMATS)."""

    count: int
    seed: int
    format: str = "mixed"


def write_folder(order: Order, folder: Path, truth: Path | None = None) -> int:
    """Write the letters as files named by case number; return how many decisions they hold.

    Memory stays flat. Existing files of the same names are replaced, others left alone.
    """
    folder.mkdir(parents=True, exist_ok=True)
    decisions = 0
    with ExitStack() as stack:
        records = stack.enter_context(truth.open("w", encoding="utf-8")) if truth else None
        for number, letter in enumerate(letters(order.count, order.seed)):
            suffix = _MIXED.get(number % 10, "txt") if order.format == "mixed" else order.format
            (folder / f"{letter.case_id}.{suffix}").write_bytes(render(letter, suffix, order.seed, number))
            if records:
                records.write(json.dumps(letter.truth) + "\n")
            decisions += len(letter.truth["decisions"])
    return decisions


def render(letter: FictionalLetter, suffix: str, seed: int, number: int) -> bytes:
    """Return the file of a letter: "txt", "html" or "pdf"."""
    title = f"Fictional determination {letter.case_id}"
    if suffix == "pdf":
        return render_pdf(letter.document, title)
    if suffix == "html":
        return render_html(letter.document, title, Dice.for_letter(seed + _PAGE_SEED, number)).encode()
    return letter.text.encode()
