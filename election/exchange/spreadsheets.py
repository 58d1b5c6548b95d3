"""Tables in and out: XLSX and CSV are read within limits, and written so that nothing runs.

A workbook is never handed to the reading library as it came. Its parts are unpacked within limits,
parsed without DTD or entities, measured, and packed anew from exactly what was checked; so no trick
in the archive itself (wrong sizes, doubled names, hidden bombs) can reach the library.
"""

import csv
import datetime
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from election.exchange.cells import shortened
from election.exchange.workbook import Unsafe, WorkbookLimits, checked_copy
from election.rules.files.tables import (
    BAD_CSV,
    ENCODING,
    FILE_EMPTY,
    FILE_TOO_LARGE,
    NOT_A_TABLE,
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_MANY_ROWS,
    WORKBOOK_BROKEN,
)
from election.rules.terms import Code, Fact, Finding, finding

if TYPE_CHECKING:
    from xlsxwriter.worksheet import Worksheet

LIMITS = WorkbookLimits()
XLSX_MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_MIME = "text/csv"
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_DANGEROUS = "=+-@\t\r\n＝＋－＠"
_MOST_PER_ROW, _MOST_PER_COLUMN = 10, 1000  # line ends and commas of a text, looked at first
_EXACT = 10**15  # from here on a floating-point number may have lost its last digits

# what the archive and the reading library raise for a damaged workbook
_BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    OSError,
    EOFError,
    ValueError,
    LookupError,
    RuntimeError,
    OverflowError,
)

Value = str | int | float | None


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table as text: (row number in the file, cells) for every row that is not blank.

    A whole number in a workbook (3.0) becomes "3"; a date its ISO text; an empty cell "".
    other_sheets: names of sheets that were not read.
    """

    rows: tuple[tuple[int, tuple[str, ...]], ...]
    other_sheets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be written: header and rows of text, whole numbers, floats or None (empty)."""

    name: str
    header: Sequence[str]
    rows: Sequence[Sequence[Value]]


class Unreadable(Exception):
    """A file that cannot be read as a table; every finding has the fact `row` (0: the file)."""

    def __init__(self, *findings: Finding) -> None:
        super().__init__(", ".join(fault.code.id for fault in findings))
        self.findings = list(findings)


def read_table(raw: bytes, name: str, limits: WorkbookLimits = LIMITS) -> TextTable:
    """Read the first sheet of an XLSX workbook, or a CSV text (UTF-8 or GB18030, strictly).

    What the file is, is read from its bytes; `name` only speaks in messages.
    Raises Unreadable for anything that is not a clean table within the limits.
    """
    require_size(raw, limits)
    if raw.startswith(_ZIP):
        return _read_xlsx(raw, limits)
    if raw.startswith(_OLD_EXCEL) or b"\0" in raw:
        raise _unreadable(NOT_A_TABLE, value=shortened(name))
    return TextTable(tuple(_read_csv(decode(raw), limits)))


def require_size(raw: bytes, limits: WorkbookLimits = LIMITS) -> None:
    """Raise Unreadable for a file that is empty or too large."""
    if not raw.strip():
        raise _unreadable(FILE_EMPTY)
    if len(raw) > limits.file:
        size = -(-len(raw) // 1024**2)
        raise _unreadable(FILE_TOO_LARGE, size=size, most=limits.file // 1024**2)


def _unreadable(code: Code, *, row: int = 0, **facts: Fact) -> Unreadable:
    return Unreadable(finding(code, f"rows.{row}", row=row, column="", **facts))


def _read_xlsx(raw: bytes, limits: WorkbookLimits) -> TextTable:
    from python_calamine import (  # noqa: PLC0415 - heavy
        CalamineError,
        CalamineWorkbook,
        SheetTypeEnum,
        SheetVisibleEnum,
    )

    try:
        clean = checked_copy(raw, limits)
        with CalamineWorkbook.from_filelike(io.BytesIO(clean)) as book:
            names = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.typ == SheetTypeEnum.WorkSheet
                and sheet.visible == SheetVisibleEnum.Visible
            ]
            if not names:
                raise _unreadable(WORKBOOK_BROKEN)
            cells = book.get_sheet_by_name(names[0]).to_python(skip_empty_area=False)
    except Unsafe as unsafe:
        raise Unreadable(unsafe.finding) from unsafe
    except (CalamineError, *_BROKEN) as error:
        raise _unreadable(WORKBOOK_BROKEN) from error
    rows = ((number, tuple(map(_as_text, row))) for number, row in enumerate(cells, start=1))
    return TextTable(tuple(r for r in rows if any(r[1])), tuple(names[1:]))


def _as_text(cell: object) -> str:
    """The text of a workbook's cell."""
    if isinstance(cell, bool):
        return str(cell).upper()
    if isinstance(cell, float):
        return plain_number(cell) if abs(cell) < _EXACT else f"{cell:e}"
    if isinstance(cell, datetime.datetime | datetime.date | datetime.time):
        return cell.isoformat()
    return str(cell).strip(" \u3000\u00a0")


def plain_number(value: float) -> str:
    """A number without exponent, exact when read back: 3, 121.95, 0.0000001."""
    return str(int(value)) if value.is_integer() else f"{Decimal(repr(value)):f}"


def decode(raw: bytes) -> str:
    """UTF-8 (with or without mark), else strict GB18030; a damaged UTF-8 text is not guessed at."""
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
    if raw.startswith(b"\xef\xbb\xbf") or _mostly_utf8(raw):
        raise _unreadable(ENCODING, row=line)
    try:
        return raw.decode("gb18030")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise _unreadable(ENCODING, row=line) from error


def _mostly_utf8(raw: bytes) -> bool:
    """Whether a text that is not UTF-8 throughout is a damaged UTF-8 text all the same.

    Characters of three bytes hardly ever arise from GB18030 by chance; loose bytes abound there.
    """
    text = raw.decode("utf-8", errors="surrogateescape")
    loose = len(re.findall("[\udc80-\udcff]", text))
    return len(re.findall("[\u0800-\ud7ff\ue000-\U0010ffff]", text)) > loose


def _read_csv(text: str, limits: WorkbookLimits) -> Iterator[tuple[int, tuple[str, ...]]]:
    """(line, cells) of each row that is not blank. A row may hold line breaks inside quotes."""
    reader = csv.reader(_lines(text, limits), strict=True)
    line, count, cells_read = 1, 0, 0
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise _unreadable(BAD_CSV, row=line) from error
        if len(row) > limits.columns:
            raise _unreadable(TOO_MANY_COLUMNS, row=line, most=limits.columns)
        cells = tuple(cell.strip(" \u3000\u00a0") for cell in row)
        if any(cells):
            count, cells_read = count + 1, cells_read + len(cells)
            if cells_read > limits.cells:
                raise _unreadable(TOO_MANY_CELLS, row=line)
            if count > limits.rows:
                raise _unreadable(TOO_MANY_ROWS, row=line, most=limits.rows)
            yield line, cells
        line = reader.line_num + 1


def _lines(text: str, limits: WorkbookLimits) -> Iterator[str]:
    """The lines of a text that can be a table: not millions of them, no line of millions of cells.

    Cells may hold line ends and commas of their own, so both limits are far from those of rows.
    """
    if text.count("\n") + text.count("\r") > _MOST_PER_ROW * limits.rows:
        raise _unreadable(TOO_MANY_ROWS, most=limits.rows)
    for number, line in enumerate(io.StringIO(text, newline=""), start=1):
        if line.count(",") > _MOST_PER_COLUMN * limits.columns:
            raise _unreadable(TOO_MANY_COLUMNS, row=number, most=limits.columns)
        yield line


def neutral(value: Value) -> Value:
    """A text that a spreadsheet program would take for a formula gets an apostrophe before it."""
    if isinstance(value, str) and value[:1] and value[0] in _DANGEROUS:
        return "'" + value
    return value


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Value]]) -> bytes:
    """UTF-8 with mark (for WPS and Excel), CRLF, no cell that runs."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    for row in (header, *rows):
        writer.writerow([plain_number(c) if isinstance(c, float) else neutral(c) for c in row])
    return out.getvalue().encode("utf-8-sig")


def write_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook: texts are text cells (marked as such where they look like formulas).

    The same sheets give the same bytes.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime.datetime(2021, 1, 1)})  # noqa: DTZ001 - as Excel has it
        head = book.add_format(
            {"bold": True, "bg_color": "#F0F3F6", "border": 1, "text_wrap": True}
        )
        quoted = book.add_format({"quote_prefix": True, "num_format": "@"})
        text = book.add_format({"num_format": "@"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 0)
            _fit_to_paper(page)
            page.write_row(0, 0, sheet.header, head)
            for column, width in enumerate(_widths(sheet)):
                page.set_column(column, column, width)
            for number, row in enumerate(sheet.rows, start=1):
                for column, cell in enumerate(row):
                    if isinstance(cell, str):
                        form = quoted if neutral(cell) != cell else text
                        page.write_string(number, column, cell, form)
                    elif cell is not None:
                        page.write_number(number, column, cell)
    return out.getvalue()


def _fit_to_paper(page: "Worksheet") -> None:
    """Printed, a row stays on one sheet of A4 and the head stands on each."""
    page.set_paper(9)  # A4
    page.set_landscape()
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)


def _widths(sheet: Sheet) -> list[int]:
    """Column widths that fit Chinese text, within reason."""
    columns = zip(*[sheet.header, *sheet.rows[:200]], strict=True)
    return [
        min(60, max(8, 2 + max(sum(1 + (char > "\u2e80") for char in str(c or "")) for c in cells)))
        for cells in columns
    ]
