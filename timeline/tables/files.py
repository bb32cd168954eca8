"""From an uploaded file to a table of cells, and back: CSV and XLSX. What the cells mean is left to the tables.

Cells that a spreadsheet program would run as a formula are written with an apostrophe before them, and read without it.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any

import openpyxl
import tablib
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.utils.exceptions import InvalidFileException

from timeline.ingest.decoding import decode
from timeline.ingest.reports import Unreadable

FORMATS = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

# In bytes. A table of 100,000 claims with their words has about 30 MB as CSV.
LARGEST = 50_000_000
# An XLSX is a ZIP archive: a small one can hold terabytes. Spreadsheets pack to about a tenth of their size.
LARGEST_UNPACKED = 500_000_000
# Cells of one line; the widest table has 26 columns.
MOST_COLUMNS = 200
# What a cell of XLSX holds at most (its specification); a longer text would be cut without a word.
LONGEST_CELL = 32_767

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class BadTable(ValueError):
    """A file that is no table that can be read; says why and what mends it."""


def read_table(name: str, data: bytes) -> tablib.Dataset:
    """The cells of a CSV or XLSX file under its headers. Empty lines are left out, cells are text or what XLSX says."""
    if len(data) > LARGEST:
        raise BadTable(f"{name} has over {LARGEST // 1_000_000} MB. Split it.")
    is_archive = data[:4] == b"PK\x03\x04"
    # A line that does not end is a table whose quotes do not close: the csv module would raise by itself.
    try:
        lines = _xlsx(name, data) if is_archive else _csv(name, data)
        header = next(lines, None)
        if header is None:
            raise BadTable(f"{name} is empty. Its first line should name the columns.")
        headers = ["" if cell is None else str(cell).strip() for cell in header]
        while headers and not headers[-1]:
            headers.pop()
        _check(name, headers)
        dataset = tablib.Dataset(headers=headers)
        for number, line in enumerate(lines, 2):
            dataset.append(_fitting(name, number, line, len(headers)))
    except csv.Error as error:
        raise BadTable(f"{name} is no CSV that can be read ({error}). Are all its quotes closed?") from error
    while len(dataset) and not any(dataset[-1]):
        del dataset[-1]
    if not len(dataset):
        raise BadTable(f"{name} has a line of column names and nothing under it.")
    return dataset


def _check(name: str, headers: list[str]) -> None:
    if not headers or not all(headers):
        raise BadTable(f"{name}: its first line should name every column; one is empty.")
    if twice := sorted({header for header in headers if headers.count(header) > 1}):
        raise BadTable(f"{name} names {', '.join(twice)} more than once. Each column stands once.")


def _fitting(name: str, number: int, line: list[Any], width: int) -> list[Any]:
    """The line with as many cells as there are columns. Raises BadTable where more are filled."""
    if any(cell not in (None, "") for cell in line[width:]):
        raise BadTable(
            f"{name} line {number} has {len(line)} cells, its first line {width} columns. Is a quote missing?"
        )
    return [_plain(cell) for cell in line[:width]] + [""] * (width - len(line))


def _plain(cell: Any) -> Any:
    if cell is None:
        return ""
    if isinstance(cell, str) and len(cell) > 1 and cell[0] == "'" and cell[1] in _FORMULA:
        return cell[1:]
    return cell


def _csv(name: str, data: bytes) -> Iterator[list[Any]]:
    try:
        text = decode(data)
    except Unreadable as error:
        raise BadTable(f"{name}: {error.reason}. Save it as CSV in UTF-8, or as XLSX.") from error
    first = text.split("\n", 1)[0]
    # As spreadsheet programs write it: a semicolon where the comma is a decimal sign.
    delimiter = max(",;\t", key=first.count)
    csv.field_size_limit(LARGEST)
    return iter(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True))


def _xlsx(name: str, data: bytes) -> Iterator[list[Any]]:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(part.file_size for part in archive.infolist()) > LARGEST_UNPACKED:
                raise BadTable(f"{name} unpacks to over {LARGEST_UNPACKED // 1_000_000} MB. Split it.")
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        sheet = book.worksheets[0]
    except BadTable:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError) as error:
        raise BadTable(
            f"{name} is no XLSX that can be read. Open it in a spreadsheet program and save it anew."
        ) from error
    return (list(islice(row, MOST_COLUMNS)) for row in sheet.iter_rows(values_only=True))


def write_table(form: str, headers: list[str], lines: Iterable[list[Any]]) -> bytes:
    """The lines as a file of that form. Raises BadTable for a text longer than a cell of XLSX holds."""
    return _as_csv(headers, lines) if form == "csv" else _as_xlsx(headers, lines)


def _safe(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(_FORMULA) else cell


def _as_csv(headers: list[str], lines: Iterable[list[Any]]) -> bytes:
    stream = io.StringIO(newline="")
    writer = csv.writer(stream)
    writer.writerow(headers)
    writer.writerows([_safe(cell) for cell in line] for line in lines)
    # With the mark, or Excel takes it for the encoding of the machine and breaks every Arabic name.
    return stream.getvalue().encode("utf-8-sig")


def _as_xlsx(headers: list[str], lines: Iterable[list[Any]]) -> bytes:
    lines = list(lines)
    if any(isinstance(cell, str) and len(cell) > LONGEST_CELL for line in lines for cell in line):
        raise BadTable(f"A text is longer than the {LONGEST_CELL:,} characters that a cell of XLSX holds. Take CSV.")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet()
    sheet.freeze_panes = "A2"
    sheet.append(headers)
    for line in lines:
        sheet.append([ILLEGAL_CHARACTERS_RE.sub("", _safe(c)) if isinstance(c, str) else c for c in line])
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()
