"""A table of units as a file has it, before it is compared with what is stored."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from election.rules.terms import Finding, Text


@dataclass(frozen=True, slots=True)
class FileRow:
    """A row of a file: its number there, and the value of each column the file has."""

    row: int
    values: Mapping[str, Any]

    @property
    def code(self) -> str:
        """The code of the unit; empty when it is missing."""
        return str(self.values.get("code", ""))


@dataclass(frozen=True, slots=True)
class UnitFile:
    """A file as read: rows that are units, rows that are not (and why), faults, what is unread."""

    rows: tuple[FileRow, ...]
    skipped: tuple[tuple[int, Text], ...]
    findings: tuple[Finding, ...]
    columns: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()
    other_sheets: tuple[str, ...] = ()
