"""PDFs for tests."""

from __future__ import annotations

import io

from reportlab.lib.pagesizes import letter as page_size
from reportlab.pdfgen.canvas import Canvas


def pdf(lines: list[str], password: str | None = None) -> bytes:
    """A page with these lines; with a password it can't be opened without."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=page_size, encrypt=password)
    for at, line in enumerate(lines):
        canvas.drawString(72, 720 - 14 * at, line)
    canvas.showPage()
    canvas.save()
    return file.getvalue()
