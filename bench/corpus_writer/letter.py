"""Fictional letters: each one depends only on the seed and its own number."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus_writer.calendar import serial, write_dates
from bench.corpus_writer.catalog import Catalog, catalog
from bench.corpus_writer.datafiles import SCENARIOS
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Document, header_fields, reviewer_blocks, write_document
from bench.corpus_writer.items import Setting, write_item
from bench.corpus_writer.plan import write_plan
from bench.corpus_writer.prosedata import regions
from bench.corpus_writer.reviewer import write_reviewer
from bench.corpus_writer.summary import write_summary
from bench.corpus_writer.textlayout import draw_layout, lay_out
from bench.corpus_writer.truth import NO_HEADER, case_truth, decisions_truth, header_truth
from bench.corpus_writer.worker import write_worker

_EXPEDITED = 0.015


@dataclass(frozen=True, slots=True)
class FictionalLetter:
    """A letter: its text, its blocks for other formats, and the record of what it says (`truth`)."""

    case_id: str
    file_name: str
    text: str
    document: Document
    truth: dict[str, Any]


def letters(
    count: int, seed: int, *, start: int = 0, scenarios: Path = SCENARIOS
) -> Iterator[FictionalLetter]:
    """Yield letters number start to start + count - 1 of a seed, one at a time.

    Raises ValueError for a negative seed, start or count, CorpusDataError where the data files are wrong.
    """
    if min(count, seed, start) < 0:
        raise ValueError("count, seed and start must be 0 or more")
    entries = catalog(scenarios)
    for number in range(start, start + count):
        yield write_letter(entries, seed, number)


def write_letter(entries: Catalog, seed: int, number: int) -> FictionalLetter:
    """Write one letter."""
    dice = Dice.for_letter(seed, number)
    case = serial(seed, number)
    dates = write_dates(case, dice)
    plan = write_plan(entries, dice)
    region = regions()[plan.region]
    worker = write_worker(dates, region, dice)
    setting = Setting(worker.values, region, dates.decision, entries.words)
    items = [write_item(scenario, approved, setting, dice) for scenario, approved in plan.items]
    reviewer = write_reviewer(plan.items[0][0], plan.region, dice)
    layout = draw_layout(dates.decision, dice)
    priority = "Expedited" if dice.chance(_EXPEDITED) else "Standard"
    document = write_document(
        header_fields(case.case_id, dates, priority) if layout.header else (),
        reviewer_blocks(reviewer, layout.prose, dice),
        write_summary(items, setting, dice),
        items,
        dice,
    )
    header = header_truth(case.case_id, dates, priority) if layout.header else NO_HEADER
    truth = case_truth(case.case_id, header, dates, worker, reviewer) | {"decisions": decisions_truth(items)}
    return FictionalLetter(case.case_id, f"{case.case_id}.txt", lay_out(document, layout), document, truth)
