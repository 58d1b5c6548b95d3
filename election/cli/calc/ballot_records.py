"""Reading ballot records for `calc tally`: CSV or Parquet, every text exactly as it stands.

A file without quotes is read by pyarrow in one go; a file with quotes, or one that does not fit,
row by row, so that each fault is told with its line.
"""

import csv
import io
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

import pandas as pd

from election.cli.common import Fault, read_text, stop
from election.planning.tally import COLUMNS

if TYPE_CHECKING:
    from pyarrow import Table

_PARQUET = ".parquet"


@dataclass(slots=True)
class Records:
    """The records of a file: text columns, faults of its form, and the line of each record.

    frame.index numbers the records of the file from 0; lines: such numbers -> lines from 1 (in a
    Parquet file, the records themselves are numbered from 1).
    """

    frame: pd.DataFrame
    lines: Callable[[Collection[int]], Mapping[int, int]]
    faults: list[Fault] = field(default_factory=list)


def read_records(path: Path) -> Records:
    """Read ballot_id, choice and mark; further columns are ignored, empty rows left out.

    Exits 2 when the file cannot be read, is no table, or lacks a column.
    """
    if path.suffix.lower() == _PARQUET:
        return _parquet(path)
    text = read_text(path)
    header = next(_rows(str(path), text), (1, []))[1]
    _check_header(path, [name.strip() for name in header])
    table = None if '"' in text else _at_once(text, header)
    if table is None:
        return _row_by_row(str(path), text, [name.strip() for name in header])
    return Records(_without_empty(table), lambda numbers: _lines(str(path), text, numbers))


def _check_header(path: Path, header: list[str]) -> None:
    expected = ",".join(COLUMNS)
    faults = [
        Fault(
            str(path),
            f"缺少列“{name}”，表头应有：{expected}",
            f'column "{name}" is missing; the header should have {expected}',
            line=1,
            column=name,
        )
        if name not in header
        else Fault(
            str(path),
            f"列“{name}”出现多次，只能有一列",
            f'column "{name}" is there more than once; keep one',
            line=1,
            column=name,
        )
        for name in COLUMNS
        if header.count(name) != 1
    ]
    if faults:
        stop(faults)


def _rows(file: str, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not an empty line, with the line where it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        zh = f"引号不配对或者字段过长，从这一行起无法读取（{error}）"
        en = f"unbalanced quotes or a field too long: unreadable from here ({error})"
        stop([Fault(file, zh, en, line=line)])


def _at_once(text: str, header: list[str]) -> pd.DataFrame | None:
    """The whole table, or None when a row does not fit the header or pyarrow is not there."""
    try:
        arrow, arrow_csv = import_module("pyarrow"), import_module("pyarrow.csv")
    except ImportError:
        return None
    texts = arrow_csv.ConvertOptions(
        column_types=dict.fromkeys(header, arrow.string()), strings_can_be_null=False
    )
    try:
        table = arrow_csv.read_csv(io.BytesIO(text.encode()), convert_options=texts)
    except arrow.ArrowInvalid:
        return None
    frame: pd.DataFrame = table.rename_columns([name.strip() for name in header]).to_pandas()
    return frame


def _without_empty(table: pd.DataFrame) -> pd.DataFrame:
    """Leave out the rows of nothing but separators that spreadsheets write below a table."""
    filled = pd.Series(data=False, index=table.index)
    for column in range(table.shape[1]):
        filled |= table.iloc[:, column] != ""
    return table.loc[filled, list(COLUMNS)]


def _lines(file: str, text: str, numbers: Collection[int]) -> dict[int, int]:
    rows = enumerate(_rows(file, text), start=-1)  # the header is no record
    return {number: line for number, (line, _) in rows if number in numbers}


def _row_by_row(file: str, text: str, header: list[str]) -> Records:
    places = [header.index(name) for name in COLUMNS]
    lines: dict[int, int] = {}
    records: list[list[str]] = []
    faults: list[Fault] = []
    rows = _rows(file, text)
    next(rows)
    for number, (line, row) in enumerate(rows):
        if len(row) != len(header):
            faults.append(_ragged(file, line, len(row), len(header)))
        elif any(row):
            lines[number] = line
            records.append([row[place] for place in places])
    frame = pd.DataFrame(records, columns=list(COLUMNS), index=list(lines), dtype=object)
    return Records(frame, lambda numbers: {number: lines[number] for number in numbers}, faults)


def _ragged(file: str, line: int, fields: int, expected: int) -> Fault:
    return Fault(
        file,
        f"这一行有{fields}列，表头有{expected}列",
        f"this row has {fields} fields, the header {expected}",
        line=line,
    )


def _parquet(path: Path) -> Records:
    table = _parquet_table(path)
    frame = pd.DataFrame({name: _texts(path, table, name) for name in COLUMNS}, dtype=object)
    return Records(
        _without_empty(frame), lambda numbers: {number: number + 1 for number in numbers}
    )


def _parquet_table(path: Path) -> "Table":
    """The pyarrow table of the three columns."""
    try:
        arrow, parquet = import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        stop(
            [
                Fault(
                    str(path),
                    "未安装 pyarrow，不能读 Parquet；请改用 CSV，或安装 requirements-ballots.txt",
                    "pyarrow is not installed, Parquet cannot be read; use CSV, "
                    "or install requirements-ballots.txt",
                )
            ]
        )
    try:
        with path.open("rb") as source:
            file = parquet.ParquetFile(source)
            _check_header(path, list(file.schema_arrow.names))
            return file.read(columns=list(COLUMNS))
    except (OSError, arrow.ArrowException) as error:
        reason = getattr(error, "strerror", None) or "Parquet"
        stop(
            [
                Fault(
                    str(path),
                    f"打不开文件，或者不是完好的 Parquet 文件（{reason}）",
                    f"cannot open, or not a sound Parquet file ({reason})",
                )
            ]
        )


def _texts(path: Path, table: "Table", name: str) -> list[str]:
    """One column as texts; null is empty. Only a ballot_id may also be whole numbers."""
    types = import_module("pyarrow").types
    column = table.column(name)
    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    text = types.is_string(kind) or types.is_large_string(kind) or types.is_null(kind)
    if not text and not (name == "ballot_id" and types.is_integer(kind)):
        stop(
            [
                Fault(
                    str(path),
                    f"列“{name}”是 {kind}，应为文字",
                    f'column "{name}" is {kind}, it must be text',
                    column=name,
                )
            ]
        )
    return ["" if value is None else str(value) for value in column.to_pylist()]
