"""Ballot records column by column: whole numbers into distinct texts, and what cannot be counted.

Columns, all text: ballot_id, choice, mark. Arrow holds them, so that no text becomes a Python
object unless a person is to read it.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc

from election.rules.counting import WRITE_IN
from election.rules.terms import InputFault, Text

COLUMNS = ("ballot_id", "choice", "mark")
MARKS = ("for", "against", "abstain")
SHOWN = 20  # faults told one by one; the others are only counted

Whole = npt.NDArray[np.int64]
Codes = npt.NDArray[np.int32]
Flags = npt.NDArray[np.bool_]
Arrow = Any  # pyarrow comes without types
Records = pd.DataFrame | Arrow  # or an Arrow table

_BLANK_MARKS = ("", "abstain")
_LONGEST = 40  # characters of a bad mark that are repeated


@dataclass(frozen=True, slots=True)
class RecordFault:
    """One record that cannot be counted: its position among the records (from 0), column, why."""

    row: int
    column: str
    text: Text


class BadRecords(ValueError):
    """Records that cannot be counted: the first faults in `faults`, their number in `total`."""

    def __init__(self, faults: list[RecordFault], total: int) -> None:
        super().__init__(f"{total} faults of the records")
        self.faults = faults
        self.total = total


@dataclass(frozen=True, slots=True)
class Coded:
    """One column as whole numbers into its distinct texts, each of which some row holds."""

    codes: Codes
    texts: Arrow

    def rows(self, test: Callable[[str], bool]) -> Whole:
        """The rows that hold a text that passes the test; each distinct text is tested once."""
        return self.rows_of(np.array([test(text) for text in self.texts.to_pylist()], dtype=bool))

    def rows_of(self, passing: Flags) -> Whole:
        """The rows that hold one of these texts, in order."""
        if not passing.any():
            return np.empty(0, dtype=np.int64)
        return np.flatnonzero(passing[self.codes])


def coded(records: Records, column: str, *, in_runs: bool = False) -> Coded:
    """The column of the records; raises InputFault when it is missing or not all text.

    in_runs: equal texts mostly follow each other, as the rows of one paper do; it is only faster.
    """
    if column not in (
        records.columns if isinstance(records, pd.DataFrame) else records.schema.names
    ):
        raise InputFault(column, f"缺少列“{column}”", f'column "{column}" is missing')
    array = _one_array(records, column)
    if pa.types.is_null(array.type):  # no row at all, or none with a text
        array = array.cast(pa.string())
    categories = pa.types.is_dictionary(array.type)
    kind = array.type.value_type if categories else array.type
    if array.null_count or not (pa.types.is_string(kind) or pa.types.is_large_string(kind)):
        raise _no_text(column)
    if categories:
        return _compact(array)
    if in_runs:
        return _encoded_runs(array)
    encoded = array.dictionary_encode()
    return Coded(encoded.indices.to_numpy(), encoded.dictionary)


def _one_array(records: Records, column: str) -> Arrow:
    if isinstance(records, pa.Table):
        array = records.column(column)
    else:
        try:
            array = pa.array(records[column], from_pandas=True)
        except pa.ArrowException:
            raise _no_text(column) from None
    if not isinstance(array, pa.ChunkedArray):
        return array
    if pa.types.is_dictionary(array.type):
        array = array.unify_dictionaries()
    # One array first: a growing dictionary that is handed on from chunk to chunk takes minutes.
    return array.combine_chunks()


def _no_text(column: str) -> InputFault:
    return InputFault(column, f"列“{column}”应全部是文字", f'column "{column}" must be text')


def _encoded_runs(array: Arrow) -> Coded:
    """Number the texts; those that follow an equal one are not looked up again."""
    runs = pc.run_end_encode(array, run_end_type=pa.int64())
    encoded = runs.values.dictionary_encode()  # noqa: PD011 - of Arrow, not of pandas
    lengths = np.diff(runs.run_ends.to_numpy(), prepend=0)
    return Coded(np.repeat(encoded.indices.to_numpy(), lengths), encoded.dictionary)


def _compact(array: Arrow) -> Coded:
    """The numbers of categories, without those that stand there twice or in no row."""
    distinct = array.dictionary.dictionary_encode()
    codes = distinct.indices.to_numpy()[array.indices.to_numpy()]
    used = np.bincount(codes, minlength=len(distinct.dictionary)) > 0
    texts = distinct.dictionary.filter(pa.array(used))
    return Coded((np.cumsum(used, dtype=np.int32) - 1)[codes], texts)


def refuse_bad(ballot: Coded, choice: Coded, mark: Coded) -> None:
    """Raise BadRecords with all that cannot be counted, the first faults in the order of rows."""
    checks = list(_checks(ballot, choice, mark))
    total = sum(len(rows) for _column, rows, _why in checks)
    if total:
        faults = [
            RecordFault(int(row), column, why(int(row)))
            for column, rows, why in checks
            for row in rows[:SHOWN]
        ]
        faults.sort(key=lambda fault: fault.row)
        raise BadRecords(faults[:SHOWN], total)


_Why = Callable[[int], Text]


def _checks(ballot: Coded, choice: Coded, mark: Coded) -> Iterator[tuple[str, Whole, _Why]]:
    """Column, the rows at fault in it, and why."""
    nothing = pc.equal(pc.utf8_trim_whitespace(ballot.texts), "")
    yield (
        "ballot_id",
        ballot.rows_of(nothing.to_numpy(zero_copy_only=False)),
        lambda _row: Text("选票编号为空", "the ballot_id is empty"),
    )
    yield (
        "choice",
        choice.rows(_nameless),
        lambda _row: Text(
            "缺少姓名；空白票应为一行，choice 留空", "no name; a blank paper has an empty choice"
        ),
    )
    blank = choice.rows("".__eq__)
    rows_of_paper = np.bincount(ballot.codes)
    yield (
        "choice",
        blank[rows_of_paper[ballot.codes[blank]] > 1],
        lambda _row: Text(
            "空白票只能有一行，但该选票还有其他行", "a blank paper has one row, this one has more"
        ),
    )
    yield "mark", _unreadable(blank, mark), lambda row: _bad_mark(row, choice, mark)


def _nameless(choice: str) -> bool:
    return choice != "" and not choice.removeprefix(WRITE_IN).strip()


def _unreadable(blank: Whole, mark: Coded) -> Whole:
    """The rows whose mark says nothing: on a blank paper only no mark or "abstain" is one."""
    texts = mark.texts.to_pylist()
    wrong = np.array([text not in MARKS for text in texts], dtype=bool)[mark.codes]
    wrong_when_blank = np.array([text not in _BLANK_MARKS for text in texts], dtype=bool)
    wrong[blank] = wrong_when_blank[mark.codes[blank]]
    return np.flatnonzero(wrong)


def _bad_mark(row: int, choice: Coded, mark: Coded) -> Text:
    text = mark.texts[mark.codes[row]].as_py()
    if len(text) > _LONGEST:
        text = f"{text[: _LONGEST - 1]}…"
    if choice.texts[choice.codes[row]].as_py() == "":
        return Text(
            f"空白票的 mark 应留空或为 abstain，不是“{text}”",
            f'on a blank paper mark must be empty or abstain, not "{text}"',
        )
    if text == "":
        return Text(
            "mark 为空，应为 for、against 或 abstain",
            "mark is empty; it must be for, against or abstain",
        )
    return Text(
        f"mark 应为 for、against 或 abstain，不是“{text}”",
        f'mark must be for, against or abstain, not "{text}"',
    )
