"""A workbook taken apart within limits, checked, and packed anew: what is read is what was checked.

A few kilobytes can ask a reader for gigabytes: a part of zeros, one cell far away, one long text
that a million cells refer to. Everything is therefore measured before the reading library sees it.
"""

import io
import re
import zipfile
from dataclasses import dataclass, field

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import DefusedXMLParser, ParseError

from election.rules.files.tables import (
    NOT_A_TABLE,
    TOO_MANY_CELLS,
    TOO_MANY_COLUMNS,
    TOO_MANY_PARTS,
    TOO_MANY_ROWS,
    UNPACKED_TOO_LARGE,
    UNSAFE_WORKBOOK,
    WORKBOOK_BROKEN,
)
from election.rules.terms import Code, Fact, finding

_MEBIBYTE = 1024 * 1024
_ENTRY = b"PK\x01\x02"  # begins each entry of an archive's directory
_CELL = re.compile(r"([A-Z]{1,3})([1-9][0-9]{0,6})")
_ERROR_TYPE = re.compile(rb"""(\st\s*=\s*)(["'])e\2""")
_DEEPEST = 100  # elements inside each other; a workbook has about ten
_BOOK, _RELATIONS = "xl/workbook.xml", "xl/_rels/workbook.xml.rels"
_STRINGS = "xl/sharedstrings.xml"
# what a workbook may carry that no table needs; it is left out, not read
_LEFT_OUT = (".png", ".jpg", ".jpeg", ".gif", ".emf", ".wmf", ".bmp", ".svg", ".bin", ".wdp")


@dataclass(frozen=True, slots=True)
class WorkbookLimits:
    """Bytes of the file, parts, bytes unpacked, rows, columns, and cells of the used rectangle.

    marks: elements and attributes of all parts together; a filled cell has about seven.
    """

    file: int = 20 * _MEBIBYTE
    parts: int = 200
    unpacked: int = 60 * _MEBIBYTE
    rows: int = 100_000
    columns: int = 64
    cells: int = 2_000_000
    marks: int = 3_500_000


class Unsafe(Exception):
    """The workbook breaks a limit or carries what no table needs; `finding` says which."""

    def __init__(self, code: Code, *, row: int = 0, **facts: Fact) -> None:
        super().__init__(code.id)
        self.finding = finding(code, f"rows.{row}", row=row, column="", **facts)


def checked_copy(raw: bytes, limits: WorkbookLimits) -> bytes:
    """A new archive with the XML parts of the workbook, each unpacked within limits and checked.

    Cells that hold an error (#REF!) become texts, so that the reader does not take them for empty.
    Raises Unsafe for too much of anything, entities, macros and outside links, zipfile.BadZipFile
    for a broken archive.
    """
    if raw.count(_ENTRY) > limits.parts:
        raise Unsafe(TOO_MANY_PARTS, count=raw.count(_ENTRY), most=limits.parts)
    clean, measured = io.BytesIO(), _Measured(limits)
    with zipfile.ZipFile(io.BytesIO(raw)) as archive, zipfile.ZipFile(clean, "w") as copy:
        allowance = limits.unpacked
        for info in _parts(archive):
            part = _unpack(archive, info, allowance, limits)
            allowance -= len(part)
            measured.mark(part)
            name = _plain(info)
            if not name.endswith(_LEFT_OUT):
                if _check(name, part, measured):
                    part = _ERROR_TYPE.sub(rb'\1"str"', part)
                copy.writestr(zipfile.ZipInfo(info.filename), part)
    return clean.getvalue()


def _plain(info: zipfile.ZipInfo) -> str:
    """A part's name without differences of case and slash."""
    return info.filename.replace("\\", "/").lower()


def _parts(archive: zipfile.ZipFile) -> list[zipfile.ZipInfo]:
    """The files of the archive, shared texts first; none twice, hidden, or outside."""
    parts = [info for info in archive.infolist() if not info.is_dir()]
    names = [_plain(info) for info in parts]
    if _BOOK not in names:
        raise Unsafe(NOT_A_TABLE, value="ZIP")
    for name in names:
        if names.count(name) > 1 or name.startswith("/") or ".." in name.split("/"):
            raise Unsafe(UNSAFE_WORKBOOK, value=name[-40:])
        if name.endswith("vbaproject.bin"):
            raise Unsafe(UNSAFE_WORKBOOK, value="vbaProject")
    usual = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
    if any(info.flag_bits & 1 or info.compress_type not in usual for info in parts):
        raise Unsafe(WORKBOOK_BROKEN)
    return sorted(parts, key=lambda info: _plain(info) != _STRINGS)


def _unpack(
    archive: zipfile.ZipFile, info: zipfile.ZipInfo, allowance: int, limits: WorkbookLimits
) -> bytes:
    """One part, stopping as soon as it has more bytes than are left."""
    if info.file_size > allowance:
        raise Unsafe(UNPACKED_TOO_LARGE, most=limits.unpacked // _MEBIBYTE)
    with archive.open(info) as stream:
        return stream.read()  # the archive reader stops at the stated size


@dataclass(slots=True)
class _Measured:
    """What all parts together ask for: lengths of the shared texts, letters in cells."""

    limits: WorkbookLimits
    shared: list[int] = field(default_factory=list)
    letters: int = 0
    marks: int = 0

    def mark(self, part: bytes) -> None:
        """Count what a reader would make an object of, before anything is read."""
        self.marks += part.count(b"<") + part.count(b"=")
        if self.marks > self.limits.marks:
            raise Unsafe(TOO_MANY_CELLS)

    def use(self, text: str) -> None:
        """A cell refers to a shared text by its number."""
        if not (text.isascii() and text.isdigit() and int(text) < len(self.shared)):
            raise Unsafe(WORKBOOK_BROKEN)
        self.letters += self.shared[int(text)]
        if self.letters > self.limits.unpacked:
            raise Unsafe(UNPACKED_TOO_LARGE, most=self.limits.unpacked // _MEBIBYTE)


def _check(name: str, part: bytes, measured: _Measured) -> bool:
    """Parse one part (always as UTF-8) and measure it; True when cells hold errors."""
    gauge = _Texts(measured) if name == _STRINGS else _Gauge(measured, name == _RELATIONS)
    parser = DefusedXMLParser(target=gauge, encoding="utf-8", forbid_dtd=True)
    try:
        parser.feed(part)
        parser.close()
    except DefusedXmlException as error:
        raise Unsafe(UNSAFE_WORKBOOK, value="DTD") from error
    except ParseError as error:
        raise Unsafe(WORKBOOK_BROKEN) from error
    return isinstance(gauge, _Gauge) and gauge.has_errors


class _Nested:
    """Counts how deep elements lie in each other: a reader remembers every one that is open."""

    depth = 0

    def start(self, _tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        self.depth += 1
        if self.depth > _DEEPEST:
            raise Unsafe(WORKBOOK_BROKEN)

    def end(self, _tag: str) -> None:
        """An element ends."""
        self.depth -= 1


class _Texts(_Nested):
    """Notes the length of every shared text."""

    def __init__(self, measured: _Measured) -> None:
        self.shared = measured.shared

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """A text begins."""
        super().start(tag, attributes)
        if tag.endswith("}si") or tag == "si":
            self.shared.append(0)

    def data(self, text: str) -> None:
        """A stretch of it."""
        if self.shared:
            self.shared[-1] += len(text)

    def close(self) -> None:
        """The part ends."""


class _Gauge(_Nested):
    """Measures the rectangle that cells span, and looks where the workbook points."""

    def __init__(self, measured: _Measured, relations: bool) -> None:
        self.measured, self.limits, self.relations = measured, measured.limits, relations
        self.row = self.column = self.last_row = self.last_column = 0
        self.has_errors = False
        self._shared, self._value = False, ""

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        super().start(tag, attributes)
        name = tag.rpartition("}")[2]
        if name == "c":
            self._cell(attributes)
        elif name == "row":
            self._row(attributes)
        elif self.relations and name == "Relationship":
            target = attributes.get("Target", "")
            if attributes.get("TargetMode") == "External" or not target.lower().endswith(".xml"):
                raise Unsafe(UNSAFE_WORKBOOK, value=target[-40:])

    def data(self, text: str) -> None:
        """The number of a shared text."""
        if self._shared:
            self._value += text

    def end(self, tag: str) -> None:
        """A cell ends."""
        super().end(tag)
        if self._shared and tag.rpartition("}")[2] == "c":
            self._shared = False
            self.measured.use(self._value.strip())

    def _row(self, attributes: dict[str, str]) -> None:
        number = attributes.get("r", str(self.row + 1))
        if not (number.isascii() and number.isdigit() and len(number) < 8):
            raise Unsafe(WORKBOOK_BROKEN)
        self.row, self.column = int(number), 0

    def _cell(self, attributes: dict[str, str]) -> None:
        """A cell stands where its reference says, or after the one before it."""
        self.column += 1
        if "r" in attributes:
            place = _CELL.fullmatch(attributes["r"])
            if place is None:
                raise Unsafe(WORKBOOK_BROKEN)
            self.column, self.row = _column(place[1]), int(place[2])
        self.has_errors = self.has_errors or attributes.get("t") == "e"
        self._shared, self._value = attributes.get("t") == "s", ""
        self._measure()

    def _measure(self) -> None:
        self.last_row = max(self.last_row, self.row)
        self.last_column = max(self.last_column, self.column)
        limits, most = self.limits, self.limits.rows
        if self.last_column > limits.columns:
            raise Unsafe(TOO_MANY_COLUMNS, row=self.row, most=limits.columns)
        if self.last_row * self.last_column > limits.cells:
            most = min(most, limits.cells // self.last_column)
        if self.last_row > most:
            raise Unsafe(TOO_MANY_ROWS, row=self.row, most=most)

    def close(self) -> None:
        """The part ends."""


def _column(letters: str) -> int:
    """A -> 1, Z -> 26, AA -> 27."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number
