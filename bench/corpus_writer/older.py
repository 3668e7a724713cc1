"""What the layouts of 2013 and 2014 share: which letters have them, the case, labels, lists of documents."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from typing import Any

from bench.corpus_writer.calendar import Dates
from bench.corpus_writer.datafiles import prose
from bench.corpus_writer.dice import Dice, Weighted
from bench.corpus_writer.document import Block, Document
from bench.corpus_writer.items import OVERTURNED, Item
from bench.corpus_writer.reviewer import Reviewer
from bench.corpus_writer.template import compile_text
from bench.corpus_writer.worker import SHORT, print_date

CURRENT = "C"
_BULLETS = ("- ", "* ", "\N{BULLET} ", "")


@dataclass(frozen=True, slots=True)
class Case:
    """What a letter is about, before it is put into a layout; `values` are the slots of its texts."""

    case_id: str
    dates: Dates
    priority: str
    items: tuple[Item, ...]
    reviewer: Reviewer
    summary: str
    values: dict[str, str]


@dataclass(frozen=True, slots=True)
class Written:
    """A letter in its layout: the document, the header fields that it prints, and its items as printed."""

    document: Document
    header: dict[str, Any]
    items: tuple[Item, ...]


@cache
def older() -> dict[str, Any]:
    """Return the prose, headings and odds of the older layouts."""
    return prose("older.toml")


@cache
def _odds(year: int) -> Weighted[str] | None:
    odds = older()["odds"].get(str(year))
    return Weighted.of(odds) if odds else None


def draw_form(decided: date, dice: Dice) -> str:
    """Draw the layout of a letter, "A" to "D"; for years that have one layout only, no dice are thrown."""
    odds = _odds(decided.year)
    return dice.draw(odds) if odds else CURRENT


def say(texts: Sequence[str], values: dict[str, str], dice: Dice) -> str:
    """Pick a text and write it."""
    return compile_text(dice.pick(texts)).render(dice, values)


def verdict(item: Item) -> str:
    """Return what stands before "medically necessary" in an item's outcome: "not " or nothing."""
    return "" if item.outcome == OVERTURNED else "not "


def name_item(item: Item, *, inside: bool = False) -> Item:
    """Name an item by what is decided alone, as typed or as it stands inside a sentence."""
    asked = item.disputed if item.original else item.asked
    name = (asked if inside else item.disputed).rstrip(".")
    return replace(item, request=name, disputed=name, original=None, authorized=None, asked=asked)


def draw_labels(
    table: dict[str, Any], case: Case, dice: Dice
) -> tuple[list[tuple[str, str]], dict[str, Any]]:
    """Draw a label block: labels with printed values, and the fields of the record that they hold."""
    dates = case.dates
    days = {
        "date_assigned": dates.assigned,
        "date_of_injury": dates.injury,
        "decision_date": dates.decision,
        "ur_denial_date": dates.denial,
        "received_date": dates.received,
    }
    plain = {"case_number": case.case_id, "priority": case.priority}
    style = dice.pick((0, SHORT))
    printed: list[tuple[str, str]] = []
    record: dict[str, Any] = {}
    for field, row in table.items():
        if not dice.chance(row["share"]):
            continue
        value = plain.get(field) or print_date(days[field], style)
        printed.append((dice.pick(row["labels"]), value))
        record[field] = plain.get(field) or days[field].isoformat()
    return printed, record


def document_list(case: Case, dice: Dice) -> list[Block]:
    """List what was sent in, with one sort of bullet or none."""
    words = older()["documents"]
    texts = [*words["always"], *dice.some(words["more"], dice.between(0, 3))]
    bullet = dice.pick(_BULLETS)
    return [Block("text", bullet + say([text], case.values, dice)) for text in texts]


def credentials(texts: Sequence[str], reviewer: Reviewer, dice: Dice) -> str:
    """Write the sentences on the reviewer's certification and license."""
    values = {"specialties": ", ".join(reviewer.specialties), "licensure": ", ".join(reviewer.licensure)}
    return say(texts, values, dice)


def section(heading: str, text: str, *, inline: bool) -> list[Block]:
    """Print a heading with its text behind it, or on a line of its own."""
    if inline:
        return [Block("text", text, heading)]
    return [Block("heading", heading), Block("text", text)]
