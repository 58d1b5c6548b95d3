"""The text of one cell turned into the field's terms, strictly: nothing is guessed or repaired.

Each reader takes the text of a cell, answers the value (None or "" for an empty cell, which means
"not known"), or raises BadCell with the code that says what is wrong.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import TypeVar

from election.rules import figures
from election.rules.files.rows import BAD_DAY, BAD_MONTH
from election.rules.files.tables import (
    BAD_CHARACTER,
    CELL_EMPTY,
    CELL_ERROR,
    CODE_LOST,
    DIGITS_LOST,
    FORMULA_START,
    NOT_DECIMAL,
    NOT_WHOLE,
    TOO_GREAT,
    TOO_LONG,
    UNKNOWN_WORD,
)
from election.rules.names import is_han
from election.rules.terms import Code, Fact, Finding, Text
from election.rules.units.checks import VoterGroup
from election.rules.units.codes import GROUP_TWICE, GROUPS_SHAPE, TOO_MANY_GROUPS

MOST_PEOPLE, MOST_GROUPS = 2_000_000, 99
_FORMULA = "=+-@＝＋－＠'＇\t\r"
_SCIENTIFIC = re.compile(r"[+-]?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]+")
# 330225102001 becomes 3.30225E+11, and 3-1 becomes a day
_WAS_A_CODE = re.compile(r"[0-9](\.[0-9]+)?[eE]\+[0-9]+|[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9:]+)?")
_DECIMAL = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,20})?")
_BETWEEN = re.compile(r"[、;；,，\s]+")
_BETWEEN_GROUPS = re.compile(r"[、;；,，\r\n]+")
# a name, then a space, a colon, or the end of a word, then the people
_GROUP = re.compile(
    r"(\S(?:.*?\S)??)(?:\s*[:：]\s*|\s+|(?<=[A-Za-z\u3400-\u9fff]))([0-9０-９]{1,15})\s*人?"
)
_DAY = re.compile(r"([0-9]{4})[-/.年]([0-9]{1,2})[-/.月]([0-9]{1,2})日?(?:T00:00:00)?")
_MONTH = re.compile(
    r"((?:19|20)[0-9]{2})[-/.年]([0-9]{1,2})月?(?:[-/.]?[0-9]{1,2}日?)?(?:T00:00:00)?"
)
_SHOWN, _LONGEST = 24, 1000
YES = Text("是", "yes")
_YES_OR_NO = {
    **dict.fromkeys((YES.zh, YES.en, "true", "√"), True),
    **dict.fromkeys(("否", "no", "false"), False),
}
_ERRORS = {"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!", "#SPILL!", "#CALC!"}

Word = TypeVar("Word")
Value = TypeVar("Value")


class BadCell(ValueError):
    """A cell that cannot be used: `code` says why, `facts` fill its sentences."""

    def __init__(self, code: Code, **facts: Fact) -> None:
        super().__init__(code.id)
        self.code, self.facts = code, facts

    def finding(self, *, row: int, column: str) -> Finding:
        """The fault with its place; fields ("rows.<row>.<column>",)."""
        facts = {**self.facts, "row": row, "column": column}
        return Finding(self.code, (f"rows.{row}.{column}",), facts)

    @property
    def text(self) -> Text:
        """What is wrong and what would be right, as one sentence."""
        cause, remedy = self.code.cause.filled(self.facts), self.code.remedy.filled(self.facts)
        return Text(f"{cause.zh}。{remedy.zh}", f"{cause.en}; {remedy.en}")


def shortened(text: str) -> str:
    """A value for a message: at most 24 characters, unprintable ones replaced by ·."""
    printable = "".join(char if char.isprintable() else "·" for char in text[:_SHOWN])
    return printable + "…" if len(text) > _SHOWN else printable


def required(read: Callable[[str], Value | None]) -> Callable[[str], Value]:
    """The same reader, refusing an empty cell."""

    def reader(text: str) -> Value:
        value = read(text)
        if value is None or value == "":
            raise BadCell(CELL_EMPTY)
        return value

    return reader


def _refuse_errors(text: str) -> str:
    """The text without spaces around it; what a broken formula leaves behind is refused."""
    text = text.strip(" \u3000\u00a0")
    if text in _ERRORS:
        raise BadCell(CELL_ERROR, value=text)
    return text


def whole_number(text: str) -> int | None:
    """0 or a positive whole number of digits alone, at most two million; None when empty."""
    text = _refuse_errors(text)
    if not text:
        return None
    if _SCIENTIFIC.fullmatch(text):
        raise BadCell(DIGITS_LOST, value=shortened(text))
    number = figures.whole_number(text, _LONGEST)
    if number is None:
        raise BadCell(NOT_WHOLE, value=shortened(text))
    if number > MOST_PEOPLE:
        raise BadCell(TOO_GREAT, value=shortened(text), most=MOST_PEOPLE)
    return number


def decimal(text: str) -> float | None:
    """A coordinate: digits with at most one point, a minus before; None when empty.

    Kept to 15 digits, which every spreadsheet program writes and reads without loss.
    """
    text = _refuse_errors(text)
    if not text:
        return None
    digits = figures.plain_digits(text)
    if not _DECIMAL.fullmatch(digits):
        raise BadCell(NOT_DECIMAL, value=shortened(text))
    return float(f"{float(digits):.15g}")


def line_of_text(most: int) -> Callable[[str], str]:
    """One line of text of at most `most` characters, kept exactly; spaces at its ends are cut."""

    def read(text: str) -> str:
        text = _refuse_errors(text)
        if text[:1] and text[0] in _FORMULA:
            raise BadCell(FORMULA_START, value=shortened(text))
        for char in text[: most + 1]:
            if not _usable(char):
                raise BadCell(BAD_CHARACTER, value=shortened(text), character=f"U+{ord(char):04X}")
        if len(text) > most:
            raise BadCell(TOO_LONG, value=shortened(text), length=len(text), most=most)
        return text

    return read


def code(text: str) -> str:
    """A code, at most 40 characters; what a spreadsheet makes of one is refused."""
    line = line_of_text(40)(text)
    if _WAS_A_CODE.fullmatch(line):
        raise BadCell(CODE_LOST, value=shortened(line))
    return line


def _usable(char: str) -> bool:
    """No control, format, private-use or unassigned character, no line end, no replacement sign.

    The newest Chinese characters count as assigned: Python's own table ends before them.
    """
    kind = unicodedata.category(char)
    if kind[0] == "C" or kind in ("Zl", "Zp") or char == "\ufffd":
        return is_han(char)
    return True


def one_of(words: Mapping[str, Word], listed_words: str) -> Callable[[str], Word | None]:
    """One of several words (matched without case); `listed_words` names them for the message."""

    def read(text: str) -> Word | None:
        key = _refuse_errors(text).lower()
        if not key:
            return None
        if key not in words:
            raise BadCell(UNKNOWN_WORD, value=shortened(text), words=listed_words)
        return words[key]

    return read


def yes_or_no(text: str) -> bool:
    """Yes only where it is written; an empty cell says no."""
    return bool(one_of(_YES_OR_NO, "是、否")(text))


def several(text: str) -> tuple[str, ...]:
    """Codes separated by 、 ; , or spaces, each once, in the order written."""
    checked = line_of_text(4000)(text)
    return tuple(dict.fromkeys(code for code in _BETWEEN.split(checked) if code))


def day(text: str) -> date | None:
    """A day as 2021-11-20, 2021/11/20 or 2021年11月20日; None when empty."""
    text = _refuse_errors(text)
    if not text:
        return None
    match = _DAY.fullmatch(text)
    try:
        return date(*(int(part) for part in match.groups())) if match else _no_day(text)
    except ValueError:
        return _no_day(text)


def _no_day(text: str) -> date:
    raise BadCell(BAD_DAY, value=shortened(text))


def month(text: str) -> str:
    """A month as 1980-05, 1980.5, 1980年5月, or a day in it; "" when empty."""
    text = _refuse_errors(text)
    match = _MONTH.fullmatch(text)
    if text and not (match and 1 <= int(match[2]) <= 12):
        raise BadCell(BAD_MONTH, value=shortened(text))
    return f"{match[1]}-{int(match[2]):02}" if match else ""


def voter_groups(text: str) -> tuple[VoterGroup, ...]:
    """Voter groups with their people, as 一组 120；二组 95, in the order written."""
    lines = (line.strip() for line in _BETWEEN_GROUPS.split(_refuse_errors(text)))
    groups = tuple(_voter_group(line) for line in lines if line)
    if len(groups) > MOST_GROUPS:
        raise BadCell(TOO_MANY_GROUPS, count=len(groups), most=MOST_GROUPS)
    names = [group.name for group in groups]
    for name in names:
        if names.count(name) > 1:
            raise BadCell(GROUP_TWICE, value=shortened(name))
    return groups


def _voter_group(text: str) -> VoterGroup:
    match = _GROUP.fullmatch(text)
    if match is None:
        raise BadCell(GROUPS_SHAPE, value=shortened(text))
    name, people = line_of_text(40)(match[1]), whole_number(match[2])
    return VoterGroup(name, people or 0)


def groups_text(groups: Iterable[VoterGroup]) -> str:
    """The groups as they are written in a cell; read again they are the same."""
    return "；".join(f"{group.name} {group.population}" for group in groups)
