"""Layout A, of 2013: a notice with the list of outcomes, the list again, then the reasons item by item."""

from dataclasses import replace
from typing import Any

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Block, Document
from bench.corpus_writer.items import Item
from bench.corpus_writer.older import (
    Case,
    Written,
    credentials,
    document_list,
    draw_labels,
    name_item,
    older,
    say,
    section,
    verdict,
)
from bench.corpus_writer.party import CLAIMS_ADMIN, write_sentence
from bench.corpus_writer.prosedata import form
from bench.corpus_writer.worker import SHORT, print_date

_REVIEWER = ("Expert Reviewer", "his/her")
# How often a converter joined words of an outcome.
_JOINED = 0.12


def write_notice(case: Case, dice: Dice) -> Written:
    """Write a case in layout A."""
    words = older()["A"]
    inside = dice.chance(0.5)
    items = tuple(_cited(name_item(item, inside=inside), case, dice) for item in case.items)
    labels, record = draw_labels(words["labels"], case, dice)
    people = [(label, dice.pick(values)) for label, values in words["person"] if dice.chance(0.5)]
    blocks = [
        *_told(words["opening"], case, dice),
        *_outcomes(items, words, dice),
        *_told(words["binding"], case, dice),
        Block("heading", words["decision"]),
        *_told(words["intro"], case, dice),
        *_outcomes(items, words, dice),
        *_background(case, words, dice),
        *_reasons(items, words, dice),
    ]
    document = Document(form()["notice"], (*people, *labels), tuple(blocks), _top(case, words, dice), 1)
    return Written(document, record | {"decision_date": case.dates.decision.isoformat()}, items)


def _top(case: Case, words: dict[str, Any], dice: Dice) -> tuple[str, ...]:
    dated = words["dated"].format(decision=print_date(case.dates.decision, SHORT))
    address = dice.pick(words["address"])
    if dice.chance(0.5):
        return (words["company"], *address, words["title"], dated)
    return (words["company"], words["title"], dated, *address)


def _cited(item: Item, case: Case, dice: Dice) -> Item:
    """Put the parties' paragraphs as sentences; a comment on the source belongs to the reviewer's."""
    decided = case.dates.decision
    asked = item.claims_admin.references if item.claims_admin else ()
    reviewer = write_sentence(item.reviewer.references, _REVIEWER, decided, dice)
    if reviewer.references:
        comment = say(older()["A"]["comment"], case.values, dice)
        reviewer = replace(reviewer, text=f"{reviewer.text} {comment}".strip())
    return replace(item, claims_admin=write_sentence(asked, CLAIMS_ADMIN, decided, dice), reviewer=reviewer)


def _told(texts: list[str], case: Case, dice: Dice) -> list[Block]:
    text = say(texts, case.values, dice)
    return [Block("text", text)] if text else []


def _outcomes(items: tuple[Item, ...], words: dict[str, Any], dice: Dice) -> list[Block]:
    blocks = []
    for number, item in enumerate(items, 1):
        head, tail = words["outcome"].split("{item}")
        tail = tail.format(not_=verdict(item))
        for apart, joined in words["joined"].items():
            if apart in tail and dice.chance(_JOINED):
                tail = tail.replace(apart, dice.pick(joined))
        blocks.append(Block("text", head.format(number=number) + item.request + tail))
    return blocks


def _background(case: Case, words: dict[str, Any], dice: Dice) -> list[Block]:
    reviewer = credentials(words["credentials"], case.reviewer, dice)
    blocks = section(words["qualifications"], reviewer, inline=dice.chance(0.25))
    disclaimer = say(words["disclaimer"], case.values, dice)
    blocks += section(words["summary"], disclaimer, inline=dice.chance(0.25))
    blocks.append(Block("text", case.summary))
    if dice.chance(0.7):
        blocks += [Block("heading", dice.pick(words["documents"])), *document_list(case, dice)]
    return blocks


def _reasons(items: tuple[Item, ...], words: dict[str, Any], dice: Dice) -> list[Block]:
    heading, relied, inline = dice.pick(words["item"]), dice.pick(words["relied"]), dice.chance(0.5)
    blocks: list[Block] = []
    for number, item in enumerate(items, 1):
        blocks += [
            Block("item", heading.format(number=number, item=item.request)),
            Block("heading", relied),
            *(Block("text", cited.text) for cited in (item.claims_admin, item.reviewer) if cited),
            *section(words["rationale"], item.rationale, inline=inline),
        ]
    return blocks
