"""Reading ballot records for `calc tally`: CSV or Parquet, every text exactly as it stands.

Arrow reads both, column by column. A file is read again, row by row, only to say in which lines
its faults are.
"""

import csv
import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv as arrow_csv
from pyarrow import parquet

from election.cli.calc.csv_quotes import well_quoted
from election.cli.common import Fault, read_text, stop
from election.planning.ballot_columns import COLUMNS

_PARQUET = ".parquet"
_BOM = "\ufeff".encode()
_FEW_TEXTS = pa.dictionary(pa.int32(), pa.string())  # of choices and marks there are few
_TYPES = dict(zip(COLUMNS, (pa.large_string(), _FEW_TEXTS, _FEW_TEXTS), strict=True))

Table = Any  # pyarrow comes without types


@dataclass(slots=True)
class Records:
    """The records of a file: a table of COLUMNS, which record of the file each is, its faults.

    numbers: positions in the table -> records of the file from 0, which counts empty and unusable
    ones too; None when they are the same. faults: of the form of the file.
    """

    path: Path
    table: Table
    numbers: np.ndarray | None = None
    faults: list[Fault] = field(default_factory=list)

    def lines(self, positions: Collection[int]) -> dict[int, int]:
        """Positions in the table -> lines of the file from 1; of Parquet, records from 1."""
        numbers = {p: p if self.numbers is None else int(self.numbers[p]) for p in positions}
        if _is_parquet(self.path):
            return {position: number + 1 for position, number in numbers.items()}
        lines = _lines(self.path, set(numbers.values()))
        return {position: lines[number] for position, number in numbers.items()}


def read_records(path: Path) -> Records:
    """Read ballot_id, choice and mark; further columns are ignored, empty rows left out.

    Exits 2 when the file cannot be read, is no table, or lacks a column.
    """
    # It gives memory back at once; Arrow's own would keep some 400 MB of a county's ballots.
    pa.set_memory_pool(pa.system_memory_pool())
    return _parquet(path) if _is_parquet(path) else _csv(path)


def _is_parquet(path: Path) -> bool:
    return path.suffix.lower() == _PARQUET


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


# --- CSV


def _csv(path: Path) -> Records:
    content = _content(path)
    header = next(_rows(path, content), (1, []))[1]
    _check_header(path, [name.strip() for name in header])
    if not well_quoted(content):
        content = _quoted_anew(path, content)
    ragged: list[int] = []
    try:
        table = _read_csv(content, header, ragged)
    except pa.ArrowInvalid as error:
        stop([_unreadable(path, f"CSV: {error}")])
    records = _without_empty(path, table, ragged)
    records.faults = _ragged(path, content, ragged, len(header)) if ragged else []
    return records


def _content(path: Path) -> bytes:
    """The file in UTF-8 without its mark; exits 2 when it cannot be read."""
    try:
        content = path.read_bytes()
        offsets = pa.py_buffer(np.array([0, len(content)], dtype=np.int64))
        pa.LargeStringArray.from_buffers(1, offsets, pa.py_buffer(content)).validate(full=True)
    except (OSError, pa.ArrowInvalid):
        return read_text(path).encode()  # not UTF-8: GB18030, or it says why not
    return content.removeprefix(_BOM)


def _rows(path: Path, content: bytes) -> Iterator[tuple[int, list[str]]]:
    """Each row that is not an empty line, with the line where it starts."""
    text = io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", newline="")
    reader = csv.reader(text, strict=True)
    line = 1
    try:
        for row in reader:
            if row:
                yield line, row
            line = reader.line_num + 1
    except csv.Error as error:
        zh = f"引号不配对或者字段过长，从这一行起无法读取（{error}）"
        en = f"unbalanced quotes or a field too long: unreadable from here ({error})"
        stop([Fault(str(path), zh, en, line=line)])


def _quoted_anew(path: Path, content: bytes) -> bytes:
    """The same rows with every field in quotes; exits 2 where a quote cannot be understood."""
    quoted = io.StringIO(newline="")
    rows = (row for _line, row in _rows(path, content))
    csv.writer(quoted, quoting=csv.QUOTE_ALL).writerows(rows)
    return quoted.getvalue().encode()


def _read_csv(content: bytes, header: list[str], ragged: list[int]) -> Table:
    """All columns as text; `ragged` gets the numbers of the records that do not fit the header."""

    def leave_out(row: arrow_csv.InvalidRow) -> str:
        ragged.append(row.number - 2)  # Arrow counts from 1 and counts the header
        return "skip"

    table = arrow_csv.read_csv(
        pa.BufferReader(content),
        # One thread: only so does Arrow know the numbers of the rows it leaves out.
        read_options=arrow_csv.ReadOptions(use_threads=False),
        parse_options=arrow_csv.ParseOptions(
            newlines_in_values=True, invalid_row_handler=leave_out
        ),
        convert_options=arrow_csv.ConvertOptions(
            column_types={name: _TYPES.get(name.strip(), pa.string()) for name in header},
            strings_can_be_null=False,
        ),
    )
    return table.rename_columns([name.strip() for name in header])


def _without_empty(path: Path, table: Table, ragged: list[int]) -> Records:
    """Leave out the rows of nothing but separators that spreadsheets write below a table."""
    numbers = np.delete(np.arange(table.num_rows + len(ragged)), ragged) if ragged else None
    empty = np.ones(table.num_rows, dtype=bool)
    for column in table.columns:
        if not empty.any():
            break
        empty &= pc.equal(column, "").to_numpy()
    records = table.select(list(COLUMNS))
    if not empty.any():
        return Records(path, records, numbers)
    filled = np.flatnonzero(~empty)
    return Records(path, records.take(filled), filled if numbers is None else numbers[filled])


def _lines(path: Path, numbers: Collection[int]) -> dict[int, int]:
    rows = enumerate(_rows(path, _content(path)), start=-1)  # the header is no record
    return {number: line for number, (line, _) in rows if number in numbers}


def _ragged(path: Path, content: bytes, ragged: list[int], expected: int) -> list[Fault]:
    """The rows that do not fit the header."""
    numbers, rows = set(ragged), enumerate(_rows(path, content), start=-1)
    return [
        Fault(
            str(path),
            f"这一行有{len(row)}列，表头有{expected}列",
            f"this row has {len(row)} fields, the header {expected}",
            line=line,
        )
        for number, (line, row) in rows
        if number in numbers
    ]


# --- Parquet


def _parquet(path: Path) -> Records:
    try:
        with path.open("rb") as source:
            _check_header(path, parquet.read_schema(source).names)
            file = parquet.ParquetFile(source, read_dictionary=list(COLUMNS[1:]))
            table = file.read(columns=list(COLUMNS))
    except (OSError, pa.ArrowException) as error:
        stop([_unreadable(path, getattr(error, "strerror", None) or "Parquet")])
    columns = {name: _texts(path, table.column(name), name) for name in COLUMNS}
    return _without_empty(path, pa.table(columns), [])


def _unreadable(path: Path, reason: str) -> Fault:
    return Fault(
        str(path),
        f"打不开文件，或者文件不完好（{reason}）",
        f"cannot open, or the file is not sound ({reason})",
    )


def _texts(path: Path, column: Table, name: str) -> Table:
    """One column as texts; null is empty. Only a ballot_id may also be whole numbers."""
    types = pa.types
    kind = column.type.value_type if types.is_dictionary(column.type) else column.type
    text = types.is_null(kind) or types.is_string(kind) or types.is_large_string(kind)
    text = text or types.is_string_view(kind)
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
    if not column.null_count and column.type in {_TYPES[name], pa.large_string()}:
        return column
    plain = column.cast(kind) if types.is_dictionary(column.type) else column
    return plain.cast(pa.large_string()).fill_null("")
