"""What every command shares: one JSON document on stdout, one clear line per fault on stderr."""

import csv
import io
import json
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

import click

DONE, NO, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input: of which file or option, what would be right, where in it."""

    file: str
    zh: str
    en: str
    line: int | None = None
    column: str | None = None

    def __str__(self) -> str:
        where = self.file
        if self.line is not None:
            where += f":{self.line}"
        if self.column is not None:
            where += f":{self.column}"
        return f"{where}: {self.zh} / {self.en}"


def stop(faults: list[Fault]) -> NoReturn:
    """Say every fault on stderr, one line each, and exit 2."""
    for fault in faults:
        click.echo(" ".join(str(fault).splitlines()), err=True)
    sys.exit(UNUSABLE)


def echo_json(document: object) -> None:
    """Print exactly one JSON document on one line."""
    click.echo(json.dumps(document, ensure_ascii=False))


def read_text(path: Path) -> str:
    """The text of a file: UTF-8 (with or without BOM), else strict GB18030, else exit 2."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        stop([Fault(str(path), f"打不开文件（{reason}）", f"cannot open ({reason})")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    stop(
        [
            Fault(
                str(path),
                "既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8",
                "neither UTF-8 nor GB18030; save the file as UTF-8",
            )
        ]
    )


def read_table(
    path: Path,
    columns: tuple[str, ...],
    *,
    misshapen: list[Fault] | None = None,
    renamed: Callable[[list[str]], list[str]] = lambda header: header,
) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers; every fault of its form is told, then exit 2.

    Values are stripped; further columns are kept; blank lines are skipped. A row with more or fewer
    fields than the header, a column twice or missing, and a quote never closed are faults. With
    `misshapen` such rows are left out and their faults added to it, so that the caller can tell
    them together with what is wrong in the other rows. renamed: the header as `columns` name it.
    """
    reader = csv.reader(io.StringIO(read_text(path), newline=""), strict=True)
    rows, faults = _rows(reader, str(path))
    header = renamed([name.strip() for name in rows[0][1]]) if rows else []
    faults = _header_faults(header, columns, str(path)) + faults
    shape = faults if misshapen is None or faults else misshapen
    for line, row in rows[1:]:
        if len(row) != len(header):
            shape.append(_misshapen(str(path), line, len(row), len(header)))
    if faults:
        stop(faults)
    for line, row in rows[1:]:
        if len(row) != len(header):
            continue
        yield line, {name: value.strip() for name, value in zip(header, row, strict=True)}


def _misshapen(file: str, line: int, fields: int, expected: int) -> Fault:
    return Fault(
        file,
        f"本行有{fields}列，表头有{expected}列",
        f"this line has {fields} fields, the header {expected}",
        line=line,
    )


def _rows(reader: Any, file: str) -> tuple[list[tuple[int, list[str]]], list[Fault]]:  # noqa: ANN401 - csv's reader has no public type
    """(line, fields) of every line that is not blank, and what the reader could not read."""
    rows: list[tuple[int, list[str]]] = []
    try:
        rows.extend((reader.line_num, row) for row in reader if any(v.strip() for v in row))
    except csv.Error as error:
        zh = "引号没有成对，或单元格过长"
        en = f"a quote is not closed, or a cell is too long ({error})"
        fault = Fault(file, zh, en, line=reader.line_num)
        return rows, [fault]
    return rows, []


def _header_faults(header: list[str], columns: tuple[str, ...], file: str) -> list[Fault]:
    missing = [
        Fault(
            file,
            f"缺少列“{name}”，表头应有：{','.join(columns)}",
            f'column "{name}" is missing; the header should have {",".join(columns)}',
            line=1,
            column=name,
        )
        for name in columns
        if name not in header
    ]
    twice = [
        Fault(file, f"列“{name}”出现了两次", f'column "{name}" stands twice', line=1, column=name)
        for name in dict.fromkeys(header)
        if name and header.count(name) > 1
    ]
    return missing + twice
