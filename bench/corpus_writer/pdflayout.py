"""Lays a letter out as a PDF with a text layer: Times, bold centred headings, real pages."""

from html import escape
from io import BytesIO

from reportlab.lib.enums import TA_CENTER
from reportlab.lib.pagesizes import letter as letter_paper
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import inch
from reportlab.platypus import Flowable, Paragraph, SimpleDocTemplate

from bench.corpus_writer.document import Block, Document

_TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=12, leading=14)
_LABELLED = ParagraphStyle("labelled", parent=_TEXT, spaceBefore=8)
_NOTICE = ParagraphStyle("notice", parent=_TEXT, fontName="Times-Italic", fontSize=9, spaceAfter=10)
_HEADING = ParagraphStyle(
    "heading",
    parent=_TEXT,
    fontName="Times-Bold",
    alignment=TA_CENTER,
    spaceBefore=14,
    spaceAfter=8,
    keepWithNext=1,
)
_ITEM = ParagraphStyle(
    "item", parent=_TEXT, fontName="Times-Bold", spaceBefore=14, leftIndent=12, rightIndent=24
)


def render_pdf(document: Document, title: str) -> bytes:
    """Return the PDF; the same document always gives the same bytes."""
    story: list[Flowable] = [Paragraph(escape(document.notice), _NOTICE)]
    story += [Paragraph(escape(line), _TEXT) for line in document.top]
    story += [Paragraph(_fields(row), _TEXT) for row in document.header_rows()]
    story += [_paragraph(block) for block in document.blocks]
    stream = BytesIO()
    SimpleDocTemplate(
        stream,
        pagesize=letter_paper,
        leftMargin=inch,
        rightMargin=inch,
        topMargin=inch,
        bottomMargin=inch,
        title=title,
        invariant=1,
    ).build(story)
    return stream.getvalue()


def _fields(row: tuple[tuple[str, str], ...]) -> str:
    return " &nbsp; ".join(f"<b>{escape(label)}</b> {escape(value)}" for label, value in row)


def _paragraph(block: Block) -> Paragraph:
    if block.kind == "heading":
        return Paragraph(escape(block.text), _HEADING)
    if block.kind == "item":
        return Paragraph(escape(block.text), _ITEM)
    if block.label:
        return Paragraph(f"<b>{escape(block.label)}</b> {escape(block.text)}", _LABELLED)
    return Paragraph(escape(block.text), _TEXT)
