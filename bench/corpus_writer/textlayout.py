"""Lays a letter out as the text that a converter makes of the printed form."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Block, Document

_PAGE_LINES = 46
# Letters from before this day are the ones that mostly survive without a header block.
_OLDER = date(2015, 10, 1)
# Real letters of these days are known to the project. So that no fictional header can repeat one of theirs,
# the letters of these days print the priority in another wording.
_KNOWN_DAYS = (date(2016, 11, 15), date(2017, 4, 15))

_ITEM_OUTCOME = re.compile(r": (Upheld|Overturned)$")
_GAPS = (" ", "  ", "\t")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a converter prints: header or not, a blank line after each line, credentials in prose, widths.

    `gap` stands after a label of an older layout's header.
    """

    header: bool
    spaced: bool
    prose: bool
    width: int
    line_end: str
    priority: str = "Priority: {} Application"
    gap: str = " "


def draw_older_layout(dice: Dice) -> Layout:
    """Draw how a letter in one of the layouts before that of 2014 on is printed."""
    return Layout(
        header=True,
        spaced=dice.chance(0.3),
        prose=False,
        width=dice.between(62, 97),
        line_end=" \n" if dice.chance(0.5) else "\n",
        gap=dice.pick(_GAPS),
    )


def draw_layout(decided: date, dice: Dice) -> Layout:
    """Draw a layout that letters of the day have."""
    older = decided < _OLDER
    header = dice.chance(0.6 if older else 0.93)
    return Layout(
        header=header,
        spaced=not header,
        prose=dice.chance(0.3 if older else 0.08),
        width=dice.between(92, 97),
        line_end=" \n" if dice.chance(0.5) else "\n",
        priority="Priority: {}"
        if _KNOWN_DAYS[0] <= decided <= _KNOWN_DAYS[1]
        else "Priority: {} Application",
    )


def lay_out(document: Document, layout: Layout) -> str:
    """Return the letter as text, with a form feed between pages."""
    lines = list(_lines(document, layout))
    end = layout.line_end + ("\n" if layout.spaced else "")
    size = _PAGE_LINES // 2 if layout.spaced else _PAGE_LINES
    pages = [end.join(lines[start : start + size]) for start in range(0, len(lines), size)]
    return f"{layout.line_end}\f\n".join(pages) + "\n"


def _lines(document: Document, layout: Layout) -> Iterator[str]:
    yield document.notice
    yield from document.top
    if document.columns is not None:
        for row in document.header_rows():
            yield "  ".join(f"{label}{layout.gap}{value}".rstrip() for label, value in row)
    elif document.header:
        yield from _header_lines(dict(document.header), layout.priority)
    for block in document.blocks:
        yield from wrap(_printed(block, layout), layout.width - (8 if block.kind == "item" else 0))


def _printed(block: Block, layout: Layout) -> str:
    if block.kind == "item" and layout.spaced:
        return _ITEM_OUTCOME.sub(r":  \1", block.text)
    return block.line


def _header_lines(fields: dict[str, str], priority: str) -> Iterator[str]:
    yield f"Case Number: {fields['Case Number:']}"
    yield f"Date Assigned: {fields['Date Assigned:']} Date of Injury: {fields['Date of Injury:']}"
    yield f"Decision Date: {fields['Decision Date:']} UR Denial Date: {fields['UR Denial Date:']}"
    yield priority.format(fields["Priority:"])
    yield "Received:"
    yield fields["Application Received:"]


def wrap(text: str, width: int) -> Iterator[str]:
    """Break a text at spaces into lines of at most width characters; a longer word stands alone."""
    start = 0
    while len(text) - start > width:
        cut = text.rfind(" ", start, start + width + 1)
        if cut <= start:
            cut = text.find(" ", start + 1)
            if cut < 0:
                break
        yield text[start:cut].rstrip()
        start = cut + 1
    yield text[start:]
