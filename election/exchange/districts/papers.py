"""The tables of a plan as workbooks in official layout: to be printed or worked on in WPS or Excel.

What a cell shows is rounded by its number format; figures are numbers, unknown ones stay empty.
"""

import datetime
import io
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from election.exchange.spreadsheets import neutral
from election.reports.documents.districts_tables import Cell, CellStyle, PaperColumn, TablePaper
from election.rules.terms import Text

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.worksheet import Worksheet

HEADER_ROW = 2  # title, unit and date, then the heads of the columns
_FONT: dict[str, Any] = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_FORMATS: dict[CellStyle, dict[str, Any]] = {
    CellStyle.TEXT: {"num_format": "@", "text_wrap": True, "align": "left", "indent": 1},
    CellStyle.COUNT: {"num_format": "0", "align": "right"},
    CellStyle.FRACTION: {"num_format": "@", "align": "right"},
    CellStyle.TENTHS: {"num_format": "0.0", "align": "right"},
    CellStyle.SHARE: {"num_format": "0.0000", "align": "right"},
    CellStyle.PERCENT: {"num_format": "+0.00%;-0.00%;0.00%", "align": "right"},
}
_PAGE_MM = {True: 257, False: 170}  # what a column of the rest shares: A4 less narrow margins
_MM_PER_CHARACTER = 2.0


def workbook(table: TablePaper, language: str) -> bytes:
    """One sheet: A4, heads on every page, page x of y, places for signatures.

    The same table gives the same bytes.
    """
    import xlsxwriter  # noqa: PLC0415 - heavy

    out = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, options) as book:
        book.set_properties({"created": datetime.datetime(2021, 1, 1)})  # noqa: DTZ001 - as Excel has it
        page = book.add_worksheet(Text("表", "Table").say(language))
        _set_page(page, table, language)
        last = len(table.columns) - 1
        row = _write_head(book, page, table, language)
        row = _write_body(book, page, table, language, row)
        note = book.add_format({**_FONT, "font_size": 9, "text_wrap": True, "valign": "top"})
        width = sum(_widths(table))
        for number, text in enumerate(table.notes, start=1):
            note_text = f"{number}. {text.say(language)}"
            page.merge_range(row, 0, row, last, note_text, note)
            page.set_row(row, 13 * -(-_characters(note_text) // int(width)))
            row += 1
        plain = book.add_format(_FONT)
        page.set_row(row, 30)
        for place, who in enumerate(table.signatures):
            page.write_string(row, place * max(1, last // 3), who.say(language), plain)
        page.print_area(0, 0, row + 1, last)
    return out.getvalue()


def _set_page(page: "Worksheet", table: TablePaper, language: str) -> None:
    page.set_paper(9)  # A4
    if table.landscape:
        page.set_landscape()
    page.set_margins(left=0.6, right=0.6, top=0.8, bottom=0.8)
    page.center_horizontally()
    page.fit_to_pages(1, 0)
    page.repeat_rows(HEADER_ROW)
    page.freeze_panes(HEADER_ROW + 1, 0)
    page.set_footer(Text("&C第&P页 共&N页", "&CPage &P of &N").say(language))
    if table.draft:
        page.set_header(Text("&R草案", "&RDRAFT").say(language))
    for column, width in enumerate(_widths(table)):
        page.set_column(column, column, width)


def _write_head(book: "Workbook", page: "Worksheet", table: TablePaper, language: str) -> int:
    """Title, unit and date line, heads of the columns; the next row."""
    last = len(table.columns) - 1
    title = book.add_format(
        {**_FONT, "font_name": "黑体", "font_size": 16, "align": "center", "text_wrap": True}
    )
    mark = Text("（草案）", " (DRAFT)").say(language) if table.draft else ""
    page.merge_range(0, 0, 0, last, table.title.say(language) + mark, title)
    page.set_row(0, 44 if not language.startswith("zh") else 32)
    half = last // 2
    plain = book.add_format(_FONT)
    right = book.add_format({**_FONT, "align": "right"})
    page.merge_range(1, 0, 1, half, table.left.say(language), plain)
    page.merge_range(1, half + 1, 1, last, table.right.say(language), right)
    page.set_row(1, 20)
    head = book.add_format(
        {
            **_FONT,
            "bold": True,
            "border": 1,
            "bg_color": "#F0F3F6",
            "text_wrap": True,
            "align": "center",
        }
    )
    page.write_row(HEADER_ROW, 0, [column.title.say(language) for column in table.columns], head)
    page.set_row(HEADER_ROW, 32 if language.startswith("zh") else 46)
    return HEADER_ROW + 1


def _write_body(
    book: "Workbook", page: "Worksheet", table: TablePaper, language: str, row: int
) -> int:
    """The rows and their sums; the next row. Heights fit the longest text, which wraps."""
    widths = _widths(table)
    frames = {form: {**_FONT, **how, "border": 1} for form, how in _FORMATS.items()}
    if not language.startswith("zh"):
        frames[CellStyle.COUNT]["num_format"] = "#,##0"
        frames[CellStyle.TENTHS]["num_format"] = "#,##0.0"
    forms = {form: book.add_format(how) for form, how in frames.items()}
    bold = {form: book.add_format({**how, "bold": True}) for form, how in frames.items()}
    quoted = book.add_format({**frames[CellStyle.TEXT], "quote_prefix": True})
    for cells in (*table.rows, table.sums):
        used = bold if cells is table.sums else forms
        lines = 1
        for place, (cell, column) in enumerate(zip(cells, table.columns, strict=True)):
            _write(page, (row, place), cell, column, language, used, quoted)
            if column.form is CellStyle.TEXT:
                words = cell.say(language) if isinstance(cell, Text) else str(cell or "")
                lines = max(lines, -(-_characters(words) // max(1, int(widths[place]) - 2)))
        page.set_row(row, 15 * lines + 5)
        row += 1
    return row


def _write(
    page: "Worksheet",
    at: tuple[int, int],
    cell: Cell,
    column: PaperColumn,
    language: str,
    forms: dict[CellStyle, Any],
    quoted: Any,  # noqa: ANN401 - a format of the writer
) -> None:
    if cell is None:
        page.write_blank(*at, None, forms[column.form])
    elif isinstance(cell, Text | str):
        words = cell.say(language) if isinstance(cell, Text) else cell
        page.write_string(*at, words, quoted if neutral(words) != words else forms[column.form])
    else:
        page.write_number(*at, float(Fraction(cell)), forms[column.form])


def _widths(table: TablePaper) -> list[float]:
    """Widths in characters: as on paper; the open column takes what is left."""
    fixed = sum(column.width for column in table.columns)
    open_width = _PAGE_MM[table.landscape] - fixed
    return [(column.width or open_width) / _MM_PER_CHARACTER for column in table.columns]


def _characters(text: str) -> int:
    """How wide a text is; a Chinese character counts two."""
    return sum(1 + (sign > "\u2e80") for sign in text)
