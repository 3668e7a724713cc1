"""Writes the clinical case summary."""

import re
from collections.abc import Sequence

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.items import Item, Setting
from bench.corpus_writer.prosedata import summary_texts

# Stories of so many items are told; the rest are only named in the request.
_STORIES = 3
_NAMED = 5
# A scenario's own words on work; the summary then says nothing of its own that could contradict them.
_WORK_TOLD = re.compile(
    r"\b(?:off work|duty|duties|at work|to work|working|work status|restrictions|the job|retired)\b"
)


def write_summary(items: Sequence[Item], setting: Setting, dice: Dice) -> str:
    """Tell the case: worker, injury, diagnoses, findings, care, and what was asked and answered."""
    texts = summary_texts()
    values = setting.values | {
        "diagnoses": _joined(_diagnoses(items, setting, dice)),
        "complaint": dice.pick(setting.region.complaints).fragment(dice, setting.values),
        "findings": _joined(_findings(setting, dice)),
        "items": _named(items),
        "answer": dice.pick(texts[_answer(items)]).fragment(dice, setting.values),
    }
    told = [
        dice.pick(texts[part]).render(dice, values)
        for part in ("opening", "diagnoses", "complaint", "findings")
    ]
    told.append(dice.pick(texts["care"]).render(dice, values))
    told += [item.history for item in items if not item.scenario.adjunct][:_STORIES]
    if not any(_WORK_TOLD.search(item.history) or _WORK_TOLD.search(item.rationale) for item in items):
        told.append(dice.pick(texts["work"]).render(dice, values))
    told.append(dice.pick(texts["request"]).render(dice, values))
    return " ".join(sentence for sentence in told if sentence)


def _diagnoses(items: Sequence[Item], setting: Setting, dice: Dice) -> list[str]:
    """Return up to four different diagnoses: those of the first two items, and one or two of the region."""
    region = dice.some(setting.region.diagnoses, dice.between(1, 2))
    drawn = [item.diagnosis for item in items[:2]] + [text.fragment(dice, setting.values) for text in region]
    written = dict.fromkeys(drawn)
    return [text for text in written if not any(text != other and text in other for other in written)]


def _findings(setting: Setting, dice: Dice) -> list[str]:
    groups = dice.some(setting.region.findings, dice.between(2, 3))
    return [dice.pick(group).fragment(dice, setting.values) for group in groups]


def _named(items: Sequence[Item]) -> str:
    asked = list(dict.fromkeys(item.asked for item in items))
    if len(asked) > _NAMED:
        return "; ".join(asked[:_NAMED]) + "; and other items"
    return asked[0] if len(asked) == 1 else "; ".join(asked[:-1]) + "; and " + asked[-1]


def _answer(items: Sequence[Item]) -> str:
    return "answer_part" if any(item.original for item in items) else "answer_all"


def _joined(parts: Sequence[str]) -> str:
    if len(parts) < 2:
        return "".join(parts)
    separator = "; " if any("," in part for part in parts) else ", "
    last = " and " if separator == ", " else "; and "
    return separator.join(parts[:-1]) + last + parts[-1]
