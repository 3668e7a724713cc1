"""Layout B, of 2013 and 2014: the sections of the later form and a list of documents; items of two kinds."""

from dataclasses import replace
from typing import Any

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Block, Document, item_blocks, reviewer_blocks
from bench.corpus_writer.items import Item
from bench.corpus_writer.older import (
    Case,
    Written,
    document_list,
    draw_labels,
    name_item,
    older,
    say,
    verdict,
)
from bench.corpus_writer.party import CLAIMS_ADMIN, write_sentence
from bench.corpus_writer.prosedata import form


def write_early(case: Case, dice: Dice) -> Written:
    """Write a case in layout B."""
    words = older()["B"]
    labels, record = draw_labels(words["labels"], case, dice)
    items = case.items
    if dice.chance(words["colon"]):
        reasons = [block for item in items for block in item_blocks(item)]
    else:
        items, reasons = _numbered(case, words, dice)
    blocks = [
        Block("heading", words["made"]),
        *reviewer_blocks(case.reviewer, dice.chance(0.5), dice),
        Block("heading", words["documents"]),
        *_told(words["documents_intro"], dice),
        *document_list(case, dice),
        Block("heading", words["summary"]),
        Block("text", case.summary),
        Block("heading", words["decisions"]),
        *_told(words["intro"], dice),
        *reasons,
    ]
    top = (words["company"], dice.pick(words["titles"]))
    document = Document(form()["notice"], tuple(labels), tuple(blocks), top, dice.between(1, 2))
    return Written(document, record, items)


def _told(texts: list[str], dice: Dice) -> list[Block]:
    text = say(texts, {}, dice)
    return [Block("text", text)] if text else []


def _numbered(case: Case, words: dict[str, Any], dice: Dice) -> tuple[tuple[Item, ...], list[Block]]:
    reviewer, number_form = dice.pick(words["reviewers"]), dice.pick(words["numbers"])
    label = words["rationale"].format(reviewer=reviewer)
    items = tuple(_cited(item, reviewer, case, dice) for item in map(name_item, case.items))
    blocks: list[Block] = []
    for number, item in enumerate(items, 1):
        outcome = words["outcome"].format(item=item.request, not_=verdict(item))
        blocks += [
            Block("item", number_form.format(number=number) + outcome),
            *(Block("text", cited.text) for cited in (item.claims_admin, item.reviewer) if cited),
            Block("text", item.rationale, label),
        ]
    return items, blocks


def _cited(item: Item, reviewer: str, case: Case, dice: Dice) -> Item:
    decided = case.dates.decision
    asked = item.claims_admin.references if item.claims_admin else ()
    return replace(
        item,
        claims_admin=write_sentence(asked, CLAIMS_ADMIN, decided, dice),
        reviewer=write_sentence(item.reviewer.references, (reviewer, "his/her"), decided, dice),
    )
