"""Fictional letters: each one depends only on the seed and its own number."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bench.corpus_writer.calendar import Dates, serial, write_dates
from bench.corpus_writer.catalog import Catalog, catalog
from bench.corpus_writer.datafiles import SCENARIOS
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Document, header_fields, reviewer_blocks, write_document
from bench.corpus_writer.earlylayout import write_early
from bench.corpus_writer.items import Item, Setting, write_item
from bench.corpus_writer.noticelayout import write_notice
from bench.corpus_writer.older import CURRENT, Case, Written, draw_form
from bench.corpus_writer.plan import write_plan
from bench.corpus_writer.prosedata import regions
from bench.corpus_writer.reviewer import Reviewer, write_reviewer
from bench.corpus_writer.reviewlayout import narrow, write_review
from bench.corpus_writer.summary import write_summary
from bench.corpus_writer.textlayout import Layout, draw_layout, draw_older_layout, lay_out
from bench.corpus_writer.truth import case_truth, decisions_truth, header_truth
from bench.corpus_writer.worker import print_date, write_worker

_EXPEDITED = 0.015
_OLDER: dict[str, Callable[[Case, Dice], Written]] = {"A": write_notice, "B": write_early, "D": write_review}


@dataclass(frozen=True, slots=True)
class FictionalLetter:
    """A letter: its text, its blocks for other formats, and the record of what it says (`truth`)."""

    case_id: str
    file_name: str
    text: str
    document: Document
    truth: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Facts:
    case_id: str
    dates: Dates
    items: tuple[Item, ...]
    reviewer: Reviewer
    setting: Setting


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
    form = draw_form(dates.decision, dice)
    plan = write_plan(entries, dice)
    if form == "D":
        plan = narrow(plan, dice)
    region = regions()[plan.region]
    worker = write_worker(dates, region, dice)
    setting = Setting(worker.values, region, dates.decision, entries.words)
    items = tuple(write_item(scenario, approved, setting, dice) for scenario, approved in plan.items)
    reviewer = write_reviewer(plan.items[0][0], plan.region, dice)
    facts = _Facts(case.case_id, dates, items, reviewer, setting)
    written, layout = _current(facts, dice) if form == CURRENT else _older(facts, form, dice)
    truth = case_truth(case.case_id, written.header, dates, worker, reviewer)
    truth |= {"layout": form, "decisions": decisions_truth(written.items)}
    text = lay_out(written.document, layout)
    return FictionalLetter(case.case_id, f"{case.case_id}.txt", text, written.document, truth)


def _current(facts: _Facts, dice: Dice) -> tuple[Written, Layout]:
    layout = draw_layout(facts.dates.decision, dice)
    priority = _priority(dice)
    document = write_document(
        header_fields(facts.case_id, facts.dates, priority) if layout.header else (),
        reviewer_blocks(facts.reviewer, layout.prose, dice),
        write_summary(facts.items, facts.setting, dice),
        facts.items,
        dice,
    )
    header = header_truth(facts.case_id, facts.dates, priority) if layout.header else {}
    return Written(document, header, facts.items), layout


def _older(facts: _Facts, form: str, dice: Dice) -> tuple[Written, Layout]:
    layout = draw_older_layout(dice)
    case = Case(
        facts.case_id,
        facts.dates,
        _priority(dice),
        facts.items,
        facts.reviewer,
        write_summary(facts.items, facts.setting, dice),
        facts.setting.values | {"received": print_date(facts.dates.received, 0)},
    )
    return _OLDER[form](case, dice), layout


def _priority(dice: Dice) -> str:
    return "Expedited" if dice.chance(_EXPEDITED) else "Standard"
