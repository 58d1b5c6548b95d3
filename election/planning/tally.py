"""Tallying ballot records: one row per mark on a paper, counted column by column, exactly.

Columns, all text: ballot_id, choice, mark. choice is a candidate or "write-in:<name>"; a blank
paper is one row with an empty choice. Every text is taken as it stands: "001" is not "1", "NA" is
a name. Source: R8.4, R8.10, R8.11 (EL 41, 44(2); ZJ 46, 48(3)).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from election.rules.counting import WRITE_IN, look_alikes
from election.rules.names import normalise_name
from election.rules.terms import InputFault, Text

COLUMNS = ("ballot_id", "choice", "mark")
MARKS = ("for", "against", "abstain")
TOO_MANY = "too_many_choices"
_EMPTY = "".__eq__
_SHOWN = 20  # faults told one by one; the rest are only counted

Whole = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Tally:
    """What a box of papers holds; every number counts papers.

    papers = valid + sum of void (reason -> papers). blank: valid papers with no for and no
    against. candidates: for, against, abstain of each; they sum to `valid`, because a paper that
    says nothing of a candidate abstains. write_ins: exact name -> the marks beside it.
    contradictory: lines of valid papers marked both for and against; they count as neither.
    look_alikes: choices whose names differ only in spaces, dots or width, or in being written in,
    for people to rule on; nothing is merged here.
    """

    seats: int
    papers: int
    valid: int
    blank: int
    void: Mapping[str, int]
    candidates: Mapping[str, Mapping[str, int]]
    write_ins: Mapping[str, Mapping[str, int]]
    contradictory: int
    look_alikes: tuple[tuple[str, ...], ...]

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc tally`."""
        return {
            "seats": self.seats,
            "papers": self.papers,
            "valid": self.valid,
            "blank": self.blank,
            "void": dict(self.void),
            "void_papers": sum(self.void.values()),
            "void_lines": {"contradictory_marks": self.contradictory},
            "candidates": {who: dict(votes) for who, votes in self.candidates.items()},
            "write_ins": {who: dict(votes) for who, votes in self.write_ins.items()},
            "look_alikes": [list(group) for group in self.look_alikes],
        }


@dataclass(frozen=True, slots=True)
class RecordFault:
    """One record that cannot be counted: its position in the frame (from 0), column, and why."""

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
class _Coded:
    """One column as whole numbers into its distinct texts, in order of appearance."""

    codes: Whole
    texts: list[str]

    def rows(self, test: Callable[[str], bool]) -> Flags:
        """Which rows hold a text that passes the test; each distinct text is tested once."""
        return np.array([test(text) for text in self.texts], dtype=bool)[self.codes]


def tally(frame: pd.DataFrame, seats: int) -> Tally:
    """Count the papers of `frame`; the order of its rows does not matter.

    A choice is its exact text: the same text twice on one paper is one choice, while "A" and
    "write-in:A" are two, counted apart; write-ins are merged by exact name only (look_alikes shows
    what people may have to merge). A paper with more choices marked `for` than seats is void as a
    whole (R8.4). Both for and against on one line: the line is void, the paper is not.
    Raises InputFault for no seat, a missing column or one that is not text; BadRecords for an empty
    ballot_id, a choice without a name, a mark other than for, against or abstain, and a blank row
    that is not the only row of its paper.
    """
    if seats < 1:
        raise InputFault("seats", "应选名额至少为1", "there must be at least one seat")
    ballot, choice, mark = (_coded(frame, column) for column in COLUMNS)
    _refuse_bad(ballot, choice, mark)
    lines, papers = _Lines(ballot, choice, mark), len(ballot.texts)
    valid = lines.per_paper(lines.votes_for, papers) <= seats
    names = lines.per_choice(valid, choice.texts)
    return Tally(
        seats=seats,
        papers=papers,
        valid=int(valid.sum()),
        blank=int((valid & (lines.per_paper(lines.spoken, papers) == 0)).sum()),
        void={TOO_MANY: int((~valid).sum())},
        candidates=_candidates(names, int(valid.sum())),
        write_ins=_write_ins(names),
        contradictory=int(valid[lines.paper[lines.contradictory]].sum()),
        look_alikes=tuple(look_alikes(filter(None, choice.texts), _name)),
    )


def _name(choice: str) -> str:
    return normalise_name(choice.removeprefix(WRITE_IN))


def _coded(frame: pd.DataFrame, column: str) -> _Coded:
    if column not in frame.columns:
        raise InputFault(column, f"缺少列“{column}”", f'column "{column}" is missing')
    codes, uniques = pd.factorize(frame[column])
    texts = np.asarray(uniques, dtype=object).tolist()
    if (codes < 0).any() or not all(isinstance(text, str) for text in texts):
        raise InputFault(column, f"列“{column}”应全部是文字", f'column "{column}" must be text')
    return _Coded(codes.astype(np.int64), texts)


def _nameless(choice: str) -> bool:
    return choice != "" and not choice.removeprefix(WRITE_IN).strip()


def _refuse_bad(ballot: _Coded, choice: _Coded, mark: _Coded) -> None:
    """Find everything that cannot be counted; tell the first faults in the order of the rows."""
    checks = list(_checks(ballot, choice, mark))
    total = sum(int(rows_at_fault.sum()) for _, rows_at_fault, _ in checks)
    if total:
        faults = [
            RecordFault(int(row), column, text)
            for column, rows_at_fault, text in checks
            for row in np.flatnonzero(rows_at_fault)[:_SHOWN]
        ]
        faults.sort(key=lambda fault: fault.row)
        raise BadRecords(faults[:_SHOWN], total)


def _checks(ballot: _Coded, choice: _Coded, mark: _Coded) -> Iterator[tuple[str, Flags, Text]]:
    """Column, the rows at fault in it, and why."""
    blank = choice.rows(_EMPTY)
    several = np.bincount(ballot.codes, minlength=len(ballot.texts))[ballot.codes] > 1
    readable = np.where(
        blank, mark.rows({"", "abstain"}.__contains__), mark.rows(MARKS.__contains__)
    )
    yield (
        "ballot_id",
        ballot.rows(lambda text: not text.strip()),
        Text("选票编号为空", "the ballot_id is empty"),
    )
    yield (
        "choice",
        choice.rows(_nameless),
        Text("缺少姓名；空白票应为一行，choice 留空", "no name; a blank paper has an empty choice"),
    )
    yield (
        "choice",
        blank & several,
        Text(
            "空白票只能有一行，但该选票还有其他行", "a blank paper has one row, this one has more"
        ),
    )
    yield (
        "mark",
        ~readable,
        Text(
            "mark 应为 for、against 或 abstain（空白票留空）",
            "mark must be for, against or abstain (empty on a blank paper)",
        ),
    )


class _Lines:
    """The lines of all papers, each (paper, choice) once, with everything marked on it.

    keys: paper x number of choices + choice; bits: 1 for, 2 against, 4 abstain. A line with both
    for and against is `contradictory` and is neither of them.
    """

    def __init__(self, ballot: _Coded, choice: _Coded, mark: _Coded) -> None:
        named = ~choice.rows(_EMPTY)
        bit = {word: number for number, word in enumerate(MARKS)}
        numbers = np.array([bit.get(text, 0) for text in mark.texts], dtype=np.int64)
        keys = (ballot.codes * len(choice.texts) + choice.codes)[named]
        rows = np.sort(keys * len(MARKS) + numbers[mark.codes[named]])
        keys, marks = np.divmod(rows, len(MARKS))
        first = np.flatnonzero(np.diff(keys, prepend=-1))
        bits = np.bitwise_or.reduceat(1 << marks, first) if len(first) else marks
        papers, choices = np.divmod(keys[first], max(len(choice.texts), 1))
        self.paper: Whole = papers
        self.choice: Whole = choices
        self.spoken: Flags = bits & 0b011 != 0
        self.contradictory: Flags = bits & 0b011 == 0b011
        self.votes_for: Flags = bits & 0b011 == 0b001
        self.against: Flags = bits & 0b011 == 0b010
        self.abstain: Flags = bits == 0b100

    def per_paper(self, lines: Flags, papers: int) -> Whole:
        """How many of these lines each paper has."""
        return np.bincount(self.paper[lines], minlength=papers)

    def per_choice(self, valid: Flags, choices: Sequence[str]) -> dict[str, dict[str, int]]:
        """How many valid papers say for, against, abstain of each choice, in so many words."""
        counted = valid[self.paper]
        columns = [
            np.bincount(self.choice[lines & counted], minlength=len(choices)).tolist()
            for lines in (self.votes_for, self.against, self.abstain)
        ]
        rows = (dict(zip(MARKS, row, strict=True)) for row in zip(*columns, strict=True))
        return dict(zip(choices, rows, strict=True))


def _candidates(names: Mapping[str, Mapping[str, int]], valid: int) -> dict[str, dict[str, int]]:
    """Everybody not written in; whoever says nothing of a candidate abstains."""
    printed = sorted(name for name in names if name and not name.startswith(WRITE_IN))
    return {
        name: {
            "for": names[name]["for"],
            "against": names[name]["against"],
            "abstain": valid - names[name]["for"] - names[name]["against"],
        }
        for name in printed
    }


def _write_ins(names: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    return {
        name.removeprefix(WRITE_IN): dict(names[name])
        for name in sorted(names)
        if name.startswith(WRITE_IN)
    }
