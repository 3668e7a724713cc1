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
# Label and value pairs that share a line of the header block, as in the printed form.
_HEADER_LINES = ((0,), (1, 2), (3, 4), (5, 6))


def render_pdf(document: Document, title: str) -> bytes:
    """Return the PDF; the same document always gives the same bytes."""
    story: list[Flowable] = [Paragraph(escape(document.notice), _NOTICE)]
    if document.header:
        story += [Paragraph(_fields(document.header, line), _TEXT) for line in _HEADER_LINES]
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


def _fields(header: tuple[tuple[str, str], ...], places: tuple[int, ...]) -> str:
    pairs = (header[place] for place in places)
    return " &nbsp; ".join(f"<b>{escape(label)}</b> {escape(value)}" for label, value in pairs)


def _paragraph(block: Block) -> Paragraph:
    if block.kind == "heading":
        return Paragraph(escape(block.text), _HEADING)
    if block.kind == "item":
        return Paragraph(escape(block.text), _ITEM)
    if block.label:
        return Paragraph(f"<b>{escape(block.label)}</b> {escape(block.text)}", _LABELLED)
    return Paragraph(escape(block.text), _TEXT)
