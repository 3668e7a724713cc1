"""Layout D, of few letters of 2013 and 2014: a professional review with one rationale for all issues."""

from dataclasses import replace
from typing import Any

from bench.corpus_writer.citation import Paragraph
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
from bench.corpus_writer.party import write_sentence
from bench.corpus_writer.plan import Plan
from bench.corpus_writer.prosedata import form

_MOST = 3


def narrow(plan: Plan, dice: Dice) -> Plan:
    """Leave the treatments that layout D can hold: one, or up to three that share an outcome."""
    alike = tuple(item for item in plan.items if item[1] == plan.items[0][1])
    return replace(plan, items=alike[: _MOST if dice.chance(older()["D"]["several"]) else 1])


def write_review(case: Case, dice: Dice) -> Written:
    """Write a case, whose items share one outcome, in layout D."""
    words = older()["D"]
    items = _decided_together(tuple(map(name_item, case.items)), case, words, dice)
    inline = dice.chance(words["inline"])
    has_block = dice.chance(words["block"])
    labels, record = draw_labels(words["labels"], case, dice) if has_block else ([], {})
    blocks = [
        *_issues([item.request for item in items], words, dice, inline=inline),
        *section(words["summary"], case.summary, inline=inline),
        Block("heading", words["documents"]),
        *document_list(case, dice),
        *section(words["relied"], items[0].reviewer.text, inline=inline),
        *section(words["rationale"], items[0].rationale, inline=inline),
        *section(
            words["qualifications"], credentials(words["credentials"], case.reviewer, dice), inline=inline
        ),
    ]
    document = Document(form()["notice"], tuple(labels), tuple(blocks), (words["title"],), 1)
    return Written(document, record, items)


def _issues(names: list[str], words: dict[str, Any], dice: Dice, *, inline: bool) -> list[Block]:
    if len(names) == 1:
        return section(words["issue"], names[0], inline=inline)
    number_form = dice.pick(words["numbers"])
    listed = [f"{number_form.format(number=number)}{name}" for number, name in enumerate(names, 1)]
    return [Block("heading", words["issue"]), *(Block("text", line) for line in listed)]


def _decided_together(
    items: tuple[Item, ...], case: Case, words: dict[str, Any], dice: Dice
) -> tuple[Item, ...]:
    """Give all items the paragraph on guidelines and the rationale that the letter prints once."""
    reviewer = _relied(items, case, words, dice)
    rationale = " ".join([*dict.fromkeys(item.rationale for item in items), _conclusion(items, words, dice)])
    return tuple(replace(item, claims_admin=None, reviewer=reviewer, rationale=rationale) for item in items)


def _relied(items: tuple[Item, ...], case: Case, words: dict[str, Any], dice: Dice) -> Paragraph:
    cited = dict.fromkeys(reference for item in items for reference in item.reviewer.references)
    schedule_first = sorted(cited, key=lambda reference: reference.kind != "mtus")
    found = write_sentence(schedule_first, (words["party"], "his/her"), case.dates.decision, dice)
    why = say(words["why"], case.values, dice) if found.references else ""
    return replace(found, text=f"{found.text} {why}".strip())


def _conclusion(items: tuple[Item, ...], words: dict[str, Any], dice: Dice) -> str:
    several = len(items) > 1
    subject = dice.pick(words["subjects_all" if several else "subjects"]).format(item=items[0].asked)
    values = {"subject": subject, "verb": "are" if several else "is", "not_": verdict(items[0])}
    return say(words["conclusion"], values, dice)
