"""What every command shares: one JSON document on stdout, one clear line per fault on stderr."""

import csv
import io
import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import click

DONE, NO, UNUSABLE = 0, 1, 2


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of an input file: where, what is wrong, what would be right."""

    file: str
    line: int | None
    column: str | None
    zh: str
    en: str

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
        stop([Fault(str(path), None, None, f"打不开文件（{reason}）", f"cannot open ({reason})")])
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    stop([Fault(str(path), None, None, "既不是 UTF-8 也不是 GB18030 编码，请另存为 UTF-8",
                "neither UTF-8 nor GB18030; save the file as UTF-8")])  # fmt: skip


def read_table(path: Path, columns: tuple[str, ...]) -> Iterator[tuple[int, dict[str, str]]]:
    """Rows of a CSV file with their line numbers; exit 2 when a column of the header is missing.

    Values are stripped; further columns are kept; blank lines are skipped.
    """
    reader = csv.DictReader(io.StringIO(read_text(path), newline=""))
    header = [name.strip() for name in reader.fieldnames or []]
    missing = [name for name in columns if name not in header]
    if missing:
        stop([Fault(str(path), 1, name, f"缺少列“{name}”，表头应有：{','.join(columns)}",
                    f'column "{name}" is missing; the header should have {",".join(columns)}')
              for name in missing])  # fmt: skip
    reader.fieldnames = header
    for row in reader:
        values = {k: (v or "").strip() for k, v in row.items() if isinstance(v, str | None) and k}
        if any(values.values()):
            yield reader.line_num, values
