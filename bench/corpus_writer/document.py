"""A letter as a sequence of blocks, before it is laid out as text, HTML or PDF."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bench.corpus_writer.calendar import Dates
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.items import Item
from bench.corpus_writer.prosedata import form
from bench.corpus_writer.reviewer import Reviewer
from bench.corpus_writer.worker import print_date

# Fields that share a line of the header block from 2014 on, as in the printed form.
_HEADER_LINES = ((0,), (1, 2), (3, 4), (5, 6))


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a letter: a section heading, a paragraph (with a label or not), or an item's heading."""

    kind: Literal["heading", "text", "item"]
    text: str
    label: str = ""

    @property
    def line(self) -> str:
        """The block as one line: its label, if any, and its text."""
        return f"{self.label} {self.text}" if self.label else self.text


@dataclass(frozen=True, slots=True)
class Document:
    """A letter's notice, header fields (label and value; none in some letters) and blocks.

    Letters in the older layouts have lines above the header (`top`) and `columns` header fields a line; None
    stands for the header block of 2014 on.
    """

    notice: str
    header: tuple[tuple[str, str], ...]
    blocks: tuple[Block, ...]
    top: tuple[str, ...] = ()
    columns: int | None = None

    def header_rows(self) -> list[tuple[tuple[str, str], ...]]:
        """Return the header fields line by line."""
        if self.columns is None:
            return [tuple(self.header[place] for place in line) for line in _HEADER_LINES if self.header]
        starts = range(0, len(self.header), self.columns)
        return [self.header[start : start + self.columns] for start in starts]


def header_fields(case_id: str, dates: Dates, priority: str) -> tuple[tuple[str, str], ...]:
    """Return the header block's labels and values in the order of the form."""
    return (
        ("Case Number:", case_id),
        ("Date Assigned:", print_date(dates.assigned, 0)),
        ("Date of Injury:", print_date(dates.injury, 0)),
        ("Decision Date:", print_date(dates.decision, 0)),
        ("UR Denial Date:", print_date(dates.denial, 0)),
        ("Priority:", priority),
        ("Application Received:", print_date(dates.received, 0)),
    )


def reviewer_blocks(reviewer: Reviewer, prose: bool, dice: Dice) -> list[Block]:
    """Print the section on the reviewer, with credentials as labelled lines or in a sentence."""
    sentences, labels = form()["sentences"], form()["labels"]
    licensure, specialties = ", ".join(reviewer.licensure), ", ".join(reviewer.specialties)
    made = dice.pick(sentences["made"])
    if prose:
        credentials = dice.pick(sentences["prose"]).format(specialties=specialties, licensure=licensure)
        return [Block("text", f"{credentials} {made}")]
    return [
        Block("text", made),
        Block("text", dice.pick(sentences["credentials"])),
        Block("text", specialties, labels["specialties"]),
        Block("text", licensure, labels["licensure"]),
    ]


def item_blocks(item: Item) -> list[Block]:
    """Print one item: heading with outcome, both guideline paragraphs, rationale."""
    labels = form()["labels"]
    verb = " is" if item.original else ""
    blocks = [Block("item", f"{item.request}{verb}: {item.outcome}")]
    if item.claims_admin:
        blocks.append(Block("text", item.claims_admin.text, labels["claims_admin"]))
    return [
        *blocks,
        Block("text", item.reviewer.text, labels["reviewer"]),
        Block("text", item.rationale, labels["rationale"]),
    ]


def write_document(
    header: tuple[tuple[str, str], ...],
    credentials: Sequence[Block],
    summary: str,
    items: Sequence[Item],
    dice: Dice,
) -> Document:
    """Put the parts of a letter in the form's order."""
    headings, sentences = form()["headings"], form()["sentences"]
    blocks = [
        Block("heading", headings["made"]),
        *credentials,
        Block("heading", headings["summary"]),
        Block("text", dice.pick(sentences["summary"])),
        Block("text", summary),
        Block("heading", headings["issues"]),
        Block("text", dice.pick(sentences["issues"])),
    ]
    for item in items:
        blocks += item_blocks(item)
    return Document(form()["notice"], header, tuple(blocks))
