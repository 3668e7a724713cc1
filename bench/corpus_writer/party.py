"""Prints what a party based its decision on, as a sentence of the older layouts."""

from collections.abc import Sequence
from datetime import date

from bench.corpus_writer.citation import Paragraph, labels_of, outside_source
from bench.corpus_writer.dice import Dice
from bench.corpus_writer.guidelines import Reference, pages, tables
from bench.corpus_writer.older import older, say
from bench.corpus_writer.template import compile_text

CLAIMS_ADMIN = ("Claims Administrator", "its")


def write_sentence(
    references: Sequence[Reference], party: tuple[str, str], decided: date, dice: Dice
) -> Paragraph:
    """Print the sentence of a party, given with its possessive, about documents in the order printed."""
    words = older()["cite"]
    values = {"party": party[0], "its": party[1]}
    if not references:
        return Paragraph(say(words["none"], values, dice), ())
    sources = [_source(reference, dice) for reference in references]
    values["sources"] = sources[0] if len(sources) == 1 else "; ".join(sources[:-1]) + "; and " + sources[-1]
    text = say([words["sentence"]], values, dice).replace("..", ".")
    return Paragraph(text, labels_of(references, decided), tuple(references))


def _source(reference: Reference, dice: Dice) -> str:
    words = older()["cite"]
    if reference.kind != "mtus":
        source = {"source": outside_source(reference, dice)}
        return compile_text(dice.pick(words["outside"])).fragment(dice, source)
    values = {
        "chapter": tables()["mtus"][reference.chapter]["chapter"],
        "topic": reference.topic,
        "pages": pages(reference.chapter, reference.topic),
    }
    return compile_text(dice.pick(words["topic" if reference.topic else "plain"])).fragment(dice, values)
