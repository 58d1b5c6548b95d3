"""The header of a table: which column is which, in Chinese or English, in whatever order."""

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from election.exchange.spreadsheets import Sheet, Unreadable
from election.rules.files.tables import COLUMN_MISSING, COLUMN_TWICE
from election.rules.terms import Finding, Text, finding

_LONGEST = 200  # characters of a heading that are looked at
_LOOK = 10  # a title and a few notes may stand above the header
_NOISE = re.compile(r"[\s*：:（(].*|\s")


@dataclass(frozen=True, slots=True)
class TableColumn:
    """One column: its key in the program, its name, what belongs into it, its reader, aliases."""

    key: str
    name: Text
    hint: Text
    read: Callable[[str], Any]
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Head:
    """A header as found: the key of each column (None: not used), and the rows below it."""

    columns: tuple[str | None, ...]
    unused: tuple[str, ...]
    rows: tuple[tuple[int, tuple[str, ...]], ...]

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys the file has."""
        return tuple(key for key in self.columns if key)

    def texts(self, row: Sequence[str]) -> dict[str, str]:
        """Key -> text of a row; a row that ends early has empty cells."""
        padded = [*row, *[""] * (len(self.columns) - len(row))]
        return {key: text for key, text in zip(self.columns, padded, strict=False) if key}


@dataclass(frozen=True, slots=True)
class TableColumns:
    """The columns a table may have; a header is the first row that names the required one."""

    columns: tuple[TableColumn, ...]
    required: str

    def find(self, rows: Sequence[tuple[int, tuple[str, ...]]]) -> Head:
        """The header among the first rows. Raises Unreadable for none, or a name twice."""
        names = self._names()
        for place, (number, cells) in enumerate(rows[:_LOOK]):
            keys = tuple(names.get(_bare(cell)) for cell in cells)
            if self.required in keys:
                self._refuse_doubles(number, keys)
                unused = [c for c, key in zip(cells, keys, strict=True) if c and not key]
                return Head(keys, tuple(unused), tuple(rows[place + 1 :]))
        raise Unreadable(self.missing(self.required))

    def missing(self, key: str) -> Finding:
        """No row of the first ones is a header with this column."""
        missing_column = next(column for column in self.columns if column.key == key)
        names = "、".join(column.name.zh for column in self.columns)
        return finding(
            COLUMN_MISSING,
            "rows.0",
            row=0,
            column="",
            rows=_LOOK,
            name=missing_column.name,
            columns=names,
        )

    def key_of(self, name: str) -> str | None:
        """The key of the column of this name; None: no column has it."""
        return self._names().get(_bare(name))

    def _names(self) -> Mapping[str, str]:
        """Every spelling of a column's name -> its key."""
        return {
            _bare(name): column.key
            for column in self.columns
            for name in (column.key, column.name.zh, column.name.en, *column.aliases)
        }

    def _refuse_doubles(self, number: int, keys: Sequence[str | None]) -> None:
        twice = [c for c in self.columns if keys.count(c.key) > 1]
        if twice:
            raise Unreadable(
                *(
                    finding(
                        COLUMN_TWICE,
                        f"rows.{number}.{c.key}",
                        row=number,
                        column=c.key,
                        name=c.name,
                    )
                    for c in twice
                )
            )

    def hint_sheet(self, language: str) -> Sheet:
        """A sheet that says what belongs into each column."""
        return Sheet(
            Text("填表说明", "how to fill it in").say(language),
            (Text("列", "column").say(language), Text("说明", "what to write").say(language)),
            [[column.name.say(language), column.hint.say(language)] for column in self.columns],
        )


def _bare(name: str) -> str:
    """A header without case, spaces, notes in brackets: 户籍人口（人） is 户籍人口.

    A whole line separated by tabs is no header of one column.
    """
    if "\t" in name:
        return name
    plain = unicodedata.normalize("NFKC", name[:_LONGEST]).strip().lower().replace("_", " ")
    whole = _NOISE.sub("", plain.replace(" ", ""))
    return whole or plain
