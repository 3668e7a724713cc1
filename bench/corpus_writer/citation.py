"""Prints the guideline paragraph of one party, in the style of the letter's day, with its labels."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.guidelines import Reference, edition, pages, section_name, tables

_LABELS = {"odg": "ODG", "acoem": "ACOEM", "other": "Other"}


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A printed guideline paragraph, the canonical labels of what it cites, and what that is, in order."""

    text: str
    labels: tuple[str, ...]
    references: tuple[Reference, ...] = ()


def labels_of(references: Sequence[Reference], decided: date) -> tuple[str, ...]:
    """Return the canonical labels of documents cited in a letter decided on a day, each once."""
    labels = (
        edition(reference.chapter, decided).label if reference.kind == "mtus" else _LABELS[reference.kind]
        for reference in references
    )
    return tuple(dict.fromkeys(labels))


def write_paragraph(references: Sequence[Reference], party: str, decided: date, dice: Dice) -> Paragraph:
    """Print the paragraph of a party ("claims_admin" or "reviewer") for a letter decided on a day."""
    words = tables()["print"]
    name = tables()["party"][party]
    mtus = [r for r in references if r.kind == "mtus"]
    others = [r for r in references if r.kind in _LABELS]
    if not mtus and not others:
        return Paragraph(dice.pick(words["none"]).format(party=name), ())
    sentences = []
    if mtus:
        printed = _mtus_sections if decided >= tables()["first_section_style"] else _mtus_pages
        sentences.append(words["mtus"].format(references=printed(mtus, decided)))
    elif dice.chance(0.9):
        sentences.append(dice.pick(words["outside"]).format(party=name))
    if others:
        sentences += [
            words["non_mtus"].format(references=outside_source(reference, dice)) for reference in others
        ]
    cited = (*mtus, *others)
    return Paragraph(" ".join(sentences).replace("..", "."), labels_of(cited, decided), cited)


def _grouped(references: Sequence[Reference], decided: date) -> dict[tuple[str, int], list[Reference]]:
    groups: dict[tuple[str, int], list[Reference]] = {}
    for reference in references:
        current = edition(reference.chapter, decided)
        groups.setdefault((current.title, current.year), []).append(reference)
    return groups


def _mtus_sections(references: Sequence[Reference], decided: date) -> str:
    printed = []
    for (title, year), group in _grouped(references, decided).items():
        sections = [_section(reference, decided) for reference in group]
        named = ", ".join(dict.fromkeys(section for section in sections if section))
        form = tables()["print"]["section" if named else "title_only"]
        printed.append(form.format(title=title, year=year, topics=named))
    return ", and also ".join(printed)


def _section(reference: Reference, decided: date) -> str:
    instead = edition(reference.chapter, decided).section
    return section_name(reference.topic, decided) or instead


def _mtus_pages(references: Sequence[Reference], decided: date) -> str:
    printed = []
    for group in _grouped(references, decided).values():
        topics = list(dict.fromkeys(reference.topic for reference in group if reference.topic))
        cited = list(dict.fromkeys(pages(reference.chapter, reference.topic) for reference in group))
        name = tables()["mtus"][group[0].chapter]["chapter"]
        form = tables()["print"]["page" if topics else "page_only"]
        printed.append(form.format(chapter=name, topics=", ".join(topics), pages=", ".join(cited)))
    return ", ".join(printed)


def outside_source(reference: Reference, dice: Dice) -> str:
    """Print a source that is not part of the MTUS."""
    words = tables()["print"]
    if reference.kind == "other":
        return reference.chapter
    if reference.kind == "acoem":
        return str(dice.pick(words["acoem"]).format(chapter=reference.chapter))
    odg = dice.pick(words["odg"]).format(chapter=reference.chapter)
    if not reference.topic:
        return str(odg)
    return str(dice.pick(words["odg_topic"]).format(odg=odg, topic=reference.topic))
