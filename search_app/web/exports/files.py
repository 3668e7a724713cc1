"""Decisions as files: comma-separated values, JSON Lines, an Excel workbook."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import orjson
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from search_app.engines.base import Listed
from search_app.engines.results_json import listed_to_json
from search_app.web.exports.columns import Cell, Column

_BLOCK = 256 * 1024
"""Bytes that are sent at a time."""

_RISKY = ("=", "+", "-", "@", "\t", "\r")
"""Beginnings that make a spreadsheet take a text for a formula (OWASP, "CSV Injection")."""

_LONGEST_CELL = 32_767
"""Characters that a cell of a workbook can hold (Excel's specifications and limits)."""


@dataclass(frozen=True, slots=True)
class About:
    """What a workbook tells of itself: lines of a label and a text."""

    lines: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Format:
    """A kind of file: its name for people, its media type, and what writes it."""

    label: str
    mimetype: str
    write: Callable[[Iterable[Listed], Sequence[Column], About], Iterator[bytes]]


def csv_lines(found: Iterable[Listed], columns: Sequence[Column], _: About) -> Iterator[bytes]:
    """Comma-separated values (RFC 4180) in UTF-8 with a byte order mark, by which Excel knows it.

    A text that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    yield b"\xef\xbb\xbf"
    rows = ([_csv_text(column.value(one)) for column in columns] for one in found)
    yield _csv_line([column.heading for column in columns])
    for row in rows:
        yield _csv_line(row)


def _csv_line(row: Sequence[str]) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow(row)
    return line.getvalue().encode()


def _csv_text(value: Cell) -> str:
    if isinstance(value, date):
        return value.isoformat()
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(_RISKY) else text


def json_lines(found: Iterable[Listed], _: Sequence[Column], __: About) -> Iterator[bytes]:
    """A JSON object a line, with the names of the API's hits."""
    for one in found:
        yield orjson.dumps(listed_to_json(one), option=orjson.OPT_APPEND_NEWLINE)


def workbook(found: Iterable[Listed], columns: Sequence[Column], about: About) -> Iterator[bytes]:
    """An Excel workbook, written row by row to a temporary folder and sent from there."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "book.xlsx")
        _write_workbook(path, found, columns, about)
        with path.open("rb") as file:
            while block := file.read(_BLOCK):
                yield block


def _write_workbook(path: Path, found: Iterable[Listed], columns: Sequence[Column], about: About) -> None:
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with Workbook(path, {**options, "tmpdir": path.parent, "default_date_format": "yyyy-mm-dd"}) as book:
        sheet = book.add_worksheet("Decisions")
        bold = book.add_format({"bold": True})
        for at, column in enumerate(columns):
            sheet.set_column(at, at, column.width)
            sheet.write_string(0, at, column.heading, bold)
        sheet.freeze_panes(1, 2)
        row = 0
        for row, one in enumerate(found, 1):
            for at, column in enumerate(columns):
                _write_cell(sheet, row, at, column.value(one))
        sheet.autofilter(0, 0, row, len(columns) - 1)
        notes = book.add_worksheet("About")
        notes.set_column(0, 0, 20)
        for at, (label, text) in enumerate(about.lines):
            notes.write_string(at, 0, label, bold)
            notes.write_string(at, 1, text)


def _write_cell(sheet: Worksheet, row: int, at: int, value: Cell) -> None:
    if isinstance(value, str):
        text = value if len(value) <= _LONGEST_CELL else value[: _LONGEST_CELL - 1] + "…"
        sheet.write_string(row, at, text)
    elif isinstance(value, date):
        sheet.write_datetime(row, at, value)
    elif value is not None:
        sheet.write_number(row, at, value)


def in_blocks(parts: Iterable[bytes]) -> Iterator[bytes]:
    """The same bytes in parts of a size that is worth sending."""
    held = bytearray()
    for part in parts:
        held += part
        if len(held) >= _BLOCK:
            yield bytes(held)
            held.clear()
    if held:
        yield bytes(held)


FORMATS: Mapping[str, Format] = {
    "csv": Format("CSV", "text/csv", csv_lines),
    "xlsx": Format("Excel", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook),
    "jsonl": Format("JSON Lines", "application/x-ndjson", json_lines),
}
"""The kinds of files by their extension."""
