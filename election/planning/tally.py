"""Tallying ballot records: one row per mark on a paper, counted column by column, exactly.

Columns, all text: ballot_id, choice, mark. choice is a candidate or "write-in:<name>"; a blank
paper is one row with an empty choice. Every text is taken as it stands: "001" is not "1", "NA" is
a name. Source: R8.4, R8.10, R8.11 (EL 41, 44(2); ZJ 46, 48(3)).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from election.planning.ballot_columns import (
    MARKS,
    SHOWN,
    Coded,
    Flags,
    Records,
    Whole,
    coded,
    refuse_bad,
)
from election.rules.counting import WRITE_IN, look_alikes
from election.rules.names import normalise_name
from election.rules.terms import InputFault

TOO_MANY = "too_many_choices"
_MARK_BITS = 2  # the number of a mark in MARKS fits them
_FOR, _AGAINST, _ABSTAIN = 1, 2, 4  # one bit a mark, in the order of MARKS
_SPOKEN = _FOR | _AGAINST


@dataclass(frozen=True, slots=True)
class MarkedTwice:
    """A choice with several marks on one paper: all of them, in the order of MARKS."""

    ballot_id: str
    choice: str
    marks: tuple[str, ...]

    def to_json(self) -> dict[str, object]:
        """The shape promised by `calc tally`."""
        return {"ballot_id": self.ballot_id, "choice": self.choice, "marks": list(self.marks)}


@dataclass(frozen=True, slots=True)
class Tally:
    """What a box of papers holds; every number counts papers.

    papers = valid + sum of void (reason -> papers). blank: valid papers with no for and no
    against. candidates: for, against, abstain of each; they sum to `valid`, because a paper that
    says nothing of a candidate abstains. write_ins: exact name -> the marks beside it.
    contradictory: lines of valid papers marked both for and against; they count as neither.
    look_alikes: choices whose names differ only in spaces, dots or width, or in being written in,
    for people to rule on; nothing is merged here. marked_twice: the first choices that stand more
    than once on one paper, in the order of papers, for people to look at; lines_marked_twice: how
    many there are on all papers, void ones too.
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
    marked_twice: tuple[MarkedTwice, ...]
    lines_marked_twice: int

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
            "marked_twice": {
                "lines": self.lines_marked_twice,
                "first": [line.to_json() for line in self.marked_twice],
            },
        }


def tally(records: Records, seats: int) -> Tally:
    """Count the papers of `records`; the order of the rows does not matter.

    records: a frame or an Arrow table, its columns text or text as categories. A choice is its
    exact text: the same text twice on one paper is one choice, while "A" and "write-in:A" are two,
    counted apart; write-ins are merged by exact name only (look_alikes shows what people may have
    to merge). A paper with more choices marked `for` than seats is void as a whole (R8.4). Both for
    and against on one line: the line is void, the paper is not.
    Raises InputFault for no seat, a missing column or one that is not text; BadRecords for an empty
    ballot_id, a choice without a name, a mark other than for, against or abstain, and a blank row
    that is not the only row of its paper.
    """
    if seats < 1:
        raise InputFault("seats", "应选名额至少为1", "there must be at least one seat")
    ballot = coded(records, "ballot_id", in_runs=True)
    choice, mark = coded(records, "choice"), coded(records, "mark")
    refuse_bad(ballot, choice, mark)
    lines, papers = _Lines(ballot, choice, mark), len(ballot.texts)
    valid = lines.per_paper(lines.bits & _SPOKEN == _FOR, papers) <= seats
    choices = choice.texts.to_pylist()
    cells = lines.per_choice(valid, len(choices))
    names = dict(zip(choices, map(_votes, cells), strict=True))
    return Tally(
        seats=seats,
        papers=papers,
        valid=int(valid.sum()),
        blank=int((valid & (lines.per_paper(lines.bits & _SPOKEN != 0, papers) == 0)).sum()),
        void={TOO_MANY: int((~valid).sum())},
        candidates=_candidates(names, int(valid.sum())),
        write_ins=_write_ins(names),
        contradictory=int(cells[:, _SPOKEN::_ABSTAIN].sum()),
        look_alikes=tuple(look_alikes(filter(None, choices), _name)),
        marked_twice=lines.marked_twice(ballot, choice),
        lines_marked_twice=int((lines.marks > 1).sum()),
    )


def _votes(cells: Whole) -> dict[str, int]:
    """For, against and abstain of one choice; contradictory lines are none of them.

    cells: lines by their bits [8]; who is marked for and abstain is voted for.
    """
    return {
        "for": int(cells[_FOR::_ABSTAIN].sum()),
        "against": int(cells[_AGAINST::_ABSTAIN].sum()),
        "abstain": int(cells[_ABSTAIN]),
    }


def _name(choice: str) -> str:
    return normalise_name(choice.removeprefix(WRITE_IN))


class _Lines:
    """The lines of all papers, each (paper, choice) once, with everything marked on it.

    One whole number a record, from the highest bits to the lowest: paper, choice, mark; sorted, the
    marks of a line stand together. first, marks: where those of a line begin, and how many they
    are. bits: all that is marked on the line, 1 for, 2 against, 4 abstain.
    """

    def __init__(self, ballot: Coded, choice: Coded, mark: Coded) -> None:
        number = {word: place for place, word in enumerate(MARKS)}
        numbers = np.array([number.get(text, 0) for text in mark.texts.to_pylist()], dtype=np.int64)
        bits = max(len(choice.texts) - 1, 0).bit_length()
        rows = ballot.codes.astype(np.int64) << bits
        rows |= choice.codes
        rows <<= _MARK_BITS
        rows |= numbers[mark.codes]
        rows = np.delete(rows, choice.rows("".__eq__))
        rows.sort()
        lines = rows >> _MARK_BITS
        self.first: Whole = np.flatnonzero(np.diff(lines, prepend=-1))
        self.marks: Whole = np.diff(self.first, append=len(rows))
        self.said = (rows & ((1 << _MARK_BITS) - 1)).astype(np.uint8)
        self.paper: Whole = lines[self.first] >> bits
        self.choice: Whole = lines[self.first] & ((1 << bits) - 1)
        each = np.left_shift(1, self.said, dtype=np.uint8)
        self.bits = np.bitwise_or.reduceat(each, self.first) if len(self.first) else each

    def per_paper(self, lines: Flags, papers: int) -> Whole:
        """How many of these lines each paper has."""
        return np.bincount(self.paper[lines], minlength=papers)

    def per_choice(self, valid: Flags, choices: int) -> Whole:
        """How many lines of valid papers carry which bits: [choices, 8]."""
        keys = self.choice << len(MARKS) | self.bits
        cells = np.bincount(keys[valid[self.paper]], minlength=choices << len(MARKS))
        return cells.reshape(choices, 1 << len(MARKS))

    def marked_twice(self, ballot: Coded, choice: Coded) -> tuple[MarkedTwice, ...]:
        """The first lines with several marks, by the texts of paper and choice."""
        lines = np.flatnonzero(self.marks > 1)
        papers = np.unique(self.paper[lines])
        first = papers[pc.sort_indices(ballot.texts.take(papers)).to_numpy()[:SHOWN]]
        named = [
            self._marked_twice(line, ballot, choice)
            for line in lines[np.isin(self.paper[lines], first)]
        ]
        return tuple(sorted(named, key=lambda line: (line.ballot_id, line.choice))[:SHOWN])

    def _marked_twice(self, line: int, ballot: Coded, choice: Coded) -> MarkedTwice:
        begin = self.first[line]
        return MarkedTwice(
            ballot.texts[self.paper[line]].as_py(),
            choice.texts[self.choice[line]].as_py(),
            tuple(MARKS[mark] for mark in self.said[begin : begin + self.marks[line]]),
        )


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
