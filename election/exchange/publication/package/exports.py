"""A published package as the files people ask for: tables as CSV or XLSX, everything as JSON."""

import json
from fractions import Fraction

from election.exchange.publication.package.documents import to_json
from election.exchange.publication.package.reading import Opened
from election.exchange.publication.package.tables import UNKNOWN, Cell, ResultTable, tables
from election.exchange.spreadsheets import Sheet, Value, write_csv, write_xlsx
from election.rules.rounding import percent

FORMATS = ("csv", "xlsx", "json", "zip")


def stem(opened: Opened) -> str:
    """result-town-v1: how files of this publication are called."""
    return f"result-{opened.frozen.level}-v{opened.version}"


def as_csv(opened: Opened) -> dict[str, bytes]:
    """Name of the table -> CSV for WPS and Excel, both languages in the header."""
    return {
        table.name: write_csv(_header(table), _rows(table))
        for table in tables(opened.frozen).values()
    }


def as_xlsx(opened: Opened) -> bytes:
    """One workbook, a sheet per table."""
    return write_xlsx(
        [
            Sheet(table.title.zh, _header(table), _rows(table))
            for table in tables(opened.frozen).values()
        ]
    )


def as_json(opened: Opened) -> bytes:
    """election.json and results.json of the package in one document."""
    election = json.loads(opened.files["election.json"])
    return to_json({"election": election, "results": opened.results})


def _header(table: ResultTable) -> list[str]:
    return [f"{column.zh} {column.en}" for column in table.columns]


def _rows(table: ResultTable) -> list[list[Value]]:
    return [[_value(cell) for cell in row] for row in table.rows]


def _value(cell: Cell) -> Value:
    """A cell as a spreadsheet has it; what is not known is said in words, never left empty."""
    if cell is None:
        return UNKNOWN.zh
    if isinstance(cell, Fraction):
        return percent(cell)
    return cell if isinstance(cell, int | str) else cell.zh
