"""Lays a letter out as a web page: header as a table or lines, paragraphs or broken lines."""

from collections.abc import Iterator
from html import escape

from bench.corpus_writer.dice import Dice
from bench.corpus_writer.document import Block, Document
from bench.corpus_writer.textlayout import wrap

_LINE = 95


def render_html(document: Document, title: str, dice: Dice) -> str:
    """Return the page; the dice choose a table or lines for the header, and <p> or <br> for the text."""
    broken = dice.chance(0.4)
    body = [f'<p class="notice"><em>{escape(document.notice)}</em></p>']
    if document.top:
        body.append("<p>" + "<br>\n".join(escape(line) for line in document.top) + "</p>")
    if document.header:
        body += _table(document.header) if dice.chance(0.6) else _lines(document.header)
    for block in document.blocks:
        body.append(_block(block, broken))
    return "\n".join(
        [
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f"<title>{escape(title)}</title>",
            "</head>",
            "<body>",
            *body,
            "</body>",
            "</html>",
            "",
        ]
    )


def _table(fields: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield "<table>"
    for label, value in fields:
        yield f"<tr><th>{escape(label)}</th><td>{escape(value)}</td></tr>"
    yield "</table>"


def _lines(fields: tuple[tuple[str, str], ...]) -> Iterator[str]:
    yield "<p>"
    yield "<br>\n".join(f"<b>{escape(label)}</b> {escape(value)}" for label, value in fields)
    yield "</p>"


def _block(block: Block, broken: bool) -> str:
    if block.kind == "heading":
        return f"<h2>{escape(block.text)}</h2>"
    text = "<br>\n".join(escape(line) for line in wrap(block.text, _LINE)) if broken else escape(block.text)
    if block.kind == "item":
        return f"<h3>{text}</h3>"
    return f"<p><strong>{escape(block.label)}</strong> {text}</p>" if block.label else f"<p>{text}</p>"
