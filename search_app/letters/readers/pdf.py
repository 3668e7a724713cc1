"""PDF letters, by PDFium."""

from __future__ import annotations

import pypdfium2
from pypdfium2.raw import FPDF_ERR_PASSWORD

from search_app.errors import UnreadableFile

MAX_PAGES = 500
"""Pages of a letter; real ones have up to 12."""

_LINE_END_HYPHEN = "\ufffe"
"""What PDFium gives for a hyphen at a line's end, joining the lines."""

_FULL_LINE = 0.85
"""Share of the widest line from which on a line may be full, so that its end tells nothing."""


def pdf_text(data: bytes) -> str:
    """The text of a PDF, pages ended by form feeds; raises UnreadableFile for a damaged or locked one."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code == FPDF_ERR_PASSWORD:
            raise UnreadableFile("The PDF asks for a password.", "Save a copy without a password.") from error
        raise UnreadableFile("The PDF is damaged or is no PDF at all.", "Fetch the letter again.") from error
    try:
        return _document_text(document)
    except pypdfium2.PdfiumError as error:
        raise UnreadableFile("A page of the PDF is damaged.", "Fetch the letter again.") from error
    finally:
        document.close()


def _document_text(document: pypdfium2.PdfDocument) -> str:
    if len(document) > MAX_PAGES:
        raise UnreadableFile(f"The PDF has {len(document):,} pages, which is no letter.")
    pages = []
    for number in range(len(document)):
        page = document[number]
        textpage = page.get_textpage()
        pages.append(textpage.get_text_range().replace("\r\n", "\n").replace(_LINE_END_HYPHEN, "-"))
        textpage.close()
        page.close()
    return _with_paragraphs("\n\f".join(pages))


def _with_paragraphs(text: str) -> str:
    """The text with a blank line after each paragraph's end.

    Word processors leave the blank at the end of a line that they wrapped, and none at a paragraph's end.
    In a file where most full lines do so, a shorter line without it ends a paragraph.
    """
    lines = text.split("\n")
    full = _FULL_LINE * max(map(len, lines))
    wrapped = [line.endswith(" ") for line in lines if len(line) >= full]
    if sum(wrapped) <= len(wrapped) / 2:
        return text
    return "\n".join([line if line.endswith(" ") or len(line) >= full else line + "\n" for line in lines])
