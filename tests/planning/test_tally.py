"""Tallying ballot records: worked papers, a naive recount, the rulings one by one, a million."""

from collections import Counter, defaultdict

import numpy as np
import pandas as pd
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.planning.ballot_columns import BadRecords
from election.planning.tally import MarkedTwice, Tally, tally
from election.rules.counting.ballots import BallotPaper, Mark, WriteIn, adjudicate
from election.rules.profile import profile
from election.rules.terms import InputFault

Row = tuple[str, str, str]


def records(*rows: Row) -> pd.DataFrame:
    return pd.DataFrame(list(rows), columns=["ballot_id", "choice", "mark"], dtype=object)


def count(*rows: Row, seats: int = 2) -> Tally:
    return tally(records(*rows), seats)


def votes(votes_for: int, against: int, abstain: int) -> dict[str, int]:
    return {"for": votes_for, "against": against, "abstain": abstain}


def test_a_small_box_is_counted_by_hand() -> None:
    counted = count(
        ("1", "A", "for"),
        ("1", "B", "against"),
        ("2", "A", "for"),
        ("2", "B", "for"),
        ("2", "write-in:W", "for"),
        ("3", "", ""),
        ("4", "A", "abstain"),
        ("4", "write-in:W", "for"),
        ("5", "A", "abstain"),
        ("5", "B", "abstain"),
    )
    assert counted.to_json() == {
        "seats": 2,
        "papers": 5,
        "valid": 4,
        "blank": 2,
        "void": {"too_many_choices": 1},
        "void_papers": 1,
        "void_lines": {"contradictory_marks": 0},
        "candidates": {"A": votes(1, 0, 3), "B": votes(0, 1, 3)},
        "write_ins": {"W": votes(1, 0, 0)},
        "look_alikes": [],
        "marked_twice": {"lines": 0, "first": []},
    }


def test_ex_32_a_paper_choosing_more_than_the_seats_is_void_as_a_whole() -> None:
    too_many = count(("1", "A", "for"), ("1", "B", "for"), ("1", "write-in:W", "for"))
    assert (too_many.valid, too_many.void, too_many.write_ins["W"]["for"]) == (
        0,
        {"too_many_choices": 1},
        0,
    )
    assert too_many.candidates == {"A": votes(0, 0, 0), "B": votes(0, 0, 0)}
    assert count(("1", "A", "for"), ("1", "B", "against"), ("1", "C", "against")).valid == 1


def test_ex_34_a_blank_paper_abstains_on_everybody() -> None:
    counted = count(("1", "", ""), ("2", "", "abstain"), ("3", "A", "for"))
    assert (counted.papers, counted.valid, counted.blank) == (3, 3, 2)
    assert counted.candidates == {"A": votes(1, 0, 2)}


def test_ex_35_a_voter_may_abstain_and_write_somebody_in() -> None:
    counted = count(("1", "A", "abstain"), ("1", "write-in:W", "for"), seats=1)
    assert (counted.blank, counted.write_ins, counted.candidates) == (
        0,
        {"W": votes(1, 0, 0)},
        {"A": votes(0, 0, 1)},
    )


def test_the_same_person_twice_on_a_paper_is_one_choice() -> None:
    counted = count(("1", "A", "for"), ("1", "A", "for"), ("1", "A", "abstain"), seats=1)
    assert (counted.valid, counted.candidates) == (1, {"A": votes(1, 0, 0)})


def test_a_candidate_written_in_beside_the_printed_name_is_a_choice_of_its_own() -> None:
    rows = [("1", "A", "for"), ("1", "write-in:A", "for")]
    assert count(*rows, seats=1).void == {"too_many_choices": 1}
    two = count(*rows, seats=2)
    assert (two.candidates["A"]["for"], two.write_ins["A"]["for"]) == (1, 1)
    assert two.look_alikes == (("A", "write-in:A"),)


def test_a_line_marked_for_and_against_is_void_and_the_paper_is_not() -> None:
    counted = count(("1", "A", "for"), ("1", "A", "against"), ("1", "B", "for"), seats=1)
    assert (counted.valid, counted.blank, counted.contradictory) == (1, 0, 1)
    assert counted.candidates == {"A": votes(0, 0, 1), "B": votes(1, 0, 0)}
    void = count(
        ("1", "A", "for"), ("1", "A", "against"), ("1", "B", "for"), ("1", "C", "for"), seats=1
    )
    assert (void.valid, void.contradictory) == (0, 0)


def test_a_choice_marked_twice_on_one_paper_is_named_with_all_its_marks() -> None:
    counted = count(
        ("2", "B", "against"),
        ("1", "A", "for"),
        ("2", "B", "for"),
        ("1", "A", "for"),
        ("3", "A", "for"),
        ("2", "A", "abstain"),
    )
    assert counted.marked_twice == (
        MarkedTwice("1", "A", ("for", "for")),
        MarkedTwice("2", "B", ("for", "against")),
    )
    assert counted.to_json()["marked_twice"] == {
        "lines": 2,
        "first": [
            {"ballot_id": "1", "choice": "A", "marks": ["for", "for"]},
            {"ballot_id": "2", "choice": "B", "marks": ["for", "against"]},
        ],
    }


def test_of_many_choices_marked_twice_the_first_twenty_papers_are_named() -> None:
    rows = [(f"{number:02}", "A", mark) for number in range(30) for mark in ("for", "against")]
    counted = count(*rows[::-1])
    assert [line.ballot_id for line in counted.marked_twice] == [f"{n:02}" for n in range(20)]
    assert (counted.lines_marked_twice, counted.contradictory) == (30, 30)


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ([("1", "A", "For")], 'mark must be for, against or abstain, not "For"'),
        ([("1", "A", "")], "mark is empty; it must be for, against or abstain"),
        ([("1", "", "for")], 'on a blank paper mark must be empty or abstain, not "for"'),
        (
            [("1", "A", "x" * 50)],
            f'mark must be for, against or abstain, not "{"x" * 39}…"',
        ),
    ],
)
def test_a_bad_mark_is_named(rows, sentence) -> None:
    with pytest.raises(BadRecords) as bad:
        count(*rows)
    assert [fault.text.en for fault in bad.value.faults] == [sentence]


def test_categories_that_no_record_holds_are_nobody() -> None:
    frame = records(("1", "A", "for"), ("2", "B", "for")).astype("category")
    counted = tally(frame[frame["ballot_id"] == "2"], 1)
    assert (counted.papers, list(counted.candidates)) == (1, ["B"])


def test_categories_of_an_arrow_table_that_stand_there_twice_are_one() -> None:
    twice = pa.DictionaryArray.from_arrays([0, 1, 2], ["A", "B", "A"])
    table = pa.table({"ballot_id": ["1", "2", "3"], "choice": twice, "mark": ["for"] * 3})
    assert tally(table, 1).candidates == {"A": votes(2, 0, 1), "B": votes(1, 0, 2)}


def test_every_text_is_taken_as_it_stands() -> None:
    counted = count(
        ("001", "NA", "for"), ("1", "nan", "for"), ("1.0", "None", "against"), ("1 ", "007", "for")
    )
    assert counted.papers == 4
    assert counted.candidates == {
        "007": votes(1, 0, 3),
        "NA": votes(1, 0, 3),
        "None": votes(0, 1, 3),
        "nan": votes(1, 0, 3),
    }


def test_t10_write_ins_are_merged_by_exact_name_and_look_alikes_are_shown() -> None:
    counted = count(
        ("1", "write-in:王芳", "for"),
        ("2", "write-in:王芳", "for"),
        ("3", "write-in:王 芳", "for"),
        ("4", "王芳", "for"),
        ("5", "write-in:write-in:王芳", "against"),
    )
    assert {name: said["for"] for name, said in counted.write_ins.items()} == {
        "write-in:王芳": 0,
        "王 芳": 1,
        "王芳": 2,
    }
    assert counted.candidates == {"王芳": votes(1, 0, 4)}
    assert counted.look_alikes == (("write-in:王 芳", "write-in:王芳", "王芳"),)


def test_a_box_without_papers_is_counted_too() -> None:
    counted = count()
    assert (counted.papers, counted.valid, counted.blank, counted.candidates) == (0, 0, 0, {})


@pytest.mark.parametrize("dtype", ["object", "str", "string", "category"])
def test_every_kind_of_text_column_is_counted_alike(dtype) -> None:
    rows = [("01", "A", "for"), ("02", "", ""), ("03", "write-in:W", "for")]
    assert tally(records(*rows).astype(dtype), 1) == count(*rows, seats=1)


@pytest.mark.parametrize(
    ("frame", "field"),
    [
        (records(("1", "A", "for")).drop(columns="mark"), "mark"),
        (pd.DataFrame({"ballot_id": [1], "choice": ["A"], "mark": ["for"]}), "ballot_id"),
        (records(("1", None, "for")), "choice"),
        (records(("1", "A", float("nan"))), "mark"),
    ],
)
def test_a_column_that_is_missing_or_no_text_is_refused(frame, field) -> None:
    with pytest.raises(InputFault) as fault:
        tally(frame, 1)
    assert fault.value.field == field


def test_an_election_without_a_seat_is_refused() -> None:
    with pytest.raises(InputFault) as fault:
        count(("1", "A", "for"), seats=0)
    assert fault.value.field == "seats"


@pytest.mark.parametrize(
    ("rows", "faults"),
    [
        ([("1", "A", "For")], [(0, "mark")]),
        ([("1", "A", "")], [(0, "mark")]),
        ([("1", "write-in:W", "")], [(0, "mark")]),
        ([("1", "A", "for "), ("2", "A", "for")], [(0, "mark")]),
        ([("1", "", "for")], [(0, "mark")]),
        ([("1", "", "against")], [(0, "mark")]),
        ([("", "A", "for")], [(0, "ballot_id")]),
        ([(" ", "A", "for")], [(0, "ballot_id")]),
        ([("1", " ", "for")], [(0, "choice")]),
        ([("1", "write-in:", "for")], [(0, "choice")]),
        ([("1", "write-in: ", "for")], [(0, "choice")]),
        ([("1", "A", "for"), ("2", "", ""), ("1", "", "")], [(2, "choice")]),
        ([("1", "", ""), ("1", "", "")], [(0, "choice"), (1, "choice")]),
        (
            [("2", "A", "x"), ("", "write-in:", "for")],
            [(0, "mark"), (1, "ballot_id"), (1, "choice")],
        ),
    ],
)
def test_records_that_cannot_be_counted_are_named_by_row_and_column(rows, faults) -> None:
    with pytest.raises(BadRecords) as bad:
        count(*rows)
    assert [(fault.row, fault.column) for fault in bad.value.faults] == faults
    assert bad.value.total == len(faults)


def test_of_many_faults_the_first_twenty_are_told_and_all_are_counted() -> None:
    rows = [(str(number), "A", "x") for number in range(30)] + [("", "A", "for")]
    with pytest.raises(BadRecords) as bad:
        count(*rows[::-1])
    assert [fault.row for fault in bad.value.faults] == list(range(20))
    assert bad.value.faults[0].column == "ballot_id"
    assert bad.value.total == 31


CHOICES = ("A", "B", "C", "write-in:V", "write-in:W")
MARKS = ("for", "against", "abstain")
LINES = st.lists(st.tuples(st.sampled_from(CHOICES), st.sampled_from(MARKS)), max_size=5)
BOXES = st.lists(LINES, max_size=25)


def written_down(box: list[list[tuple[str, str]]]) -> list[Row]:
    """A paper with nothing on it is one row with an empty choice."""
    return [
        (f"{number:03}", choice, mark)
        for number, lines in enumerate(box)
        for choice, mark in lines or [("", "")]
    ]


def recount(rows: list[Row], seats: int) -> dict[str, object]:
    """Paper by paper, mark by mark, as two people with a board would."""
    papers: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for ballot, choice, mark in rows:
        papers[ballot][choice].add(mark)
    repeated = Counter((ballot, choice) for ballot, choice, _ in rows)
    named = {choice for paper in papers.values() for choice in paper if choice}
    board = {choice: dict.fromkeys(MARKS, 0) for choice in named}
    valid = blank = contradictory = 0
    for paper in papers.values():
        clear = {c: m - {"abstain", ""} for c, m in paper.items()}
        if sum(said == {"for"} for said in clear.values()) > seats:
            continue
        valid += 1
        blank += not any(clear.values())
        for choice in named:
            said = clear.get(choice, set())
            contradictory += len(said) == 2
            if len(said) == 1:
                board[choice][said.pop()] += 1
            elif not choice.startswith("write-in:") or paper.get(choice) == {"abstain"}:
                board[choice]["abstain"] += 1
    return {
        "papers": len(papers),
        "valid": valid,
        "blank": blank,
        "contradictory": contradictory,
        "twice": sum(count > 1 for (_, choice), count in repeated.items() if choice),
        "board": board,
    }


def as_recounted(counted: Tally) -> dict[str, object]:
    written = {f"write-in:{name}": dict(said) for name, said in counted.write_ins.items()}
    return {
        "papers": counted.papers,
        "valid": counted.valid,
        "blank": counted.blank,
        "contradictory": counted.contradictory,
        "twice": counted.lines_marked_twice,
        "board": {**{who: dict(said) for who, said in counted.candidates.items()}, **written},
    }


@given(box=BOXES, seats=st.integers(1, 3))
def test_a_naive_recount_finds_the_same(box, seats) -> None:
    rows = written_down(box)
    counted = count(*rows, seats=seats)
    assert as_recounted(counted) == recount(rows, seats)
    assert counted.papers == counted.valid + sum(counted.void.values())


@given(box=BOXES, seats=st.integers(1, 3), data=st.data())
def test_the_order_of_the_records_does_not_matter(box, seats, data) -> None:
    rows = written_down(box)
    turned = data.draw(st.permutations(rows))
    assert count(*turned, seats=seats) == count(*rows, seats=seats)
    assert list(count(*turned, seats=seats).candidates) == sorted(
        {choice for _, choice, _ in rows if choice and not choice.startswith("write-in:")}
    )


@given(box=BOXES, seats=st.integers(1, 3))
def test_the_tally_is_the_sum_of_the_rulings_on_the_papers(box, seats) -> None:
    counted = count(*written_down(box), seats=seats)
    rulings = []
    for lines in box:
        marks = dict.fromkeys(counted.candidates, Mark.ABSTAIN)
        written = tuple(
            WriteIn(choice.removeprefix("write-in:"), Mark(mark))
            for choice, mark in lines
            if choice.startswith("write-in:")
        )
        for who in marks:
            said = {mark for choice, mark in lines if choice == who} - {"abstain"}
            marks[who] = Mark(said.pop()) if len(said) == 1 else Mark.ABSTAIN
        rulings.append(
            adjudicate(BallotPaper(marks, written), seats=seats, profile=profile()).votes_for
        )
    for who, said in counted.candidates.items():
        assert said["for"] == sum(who in ruling for ruling in rulings)
    for who, said in counted.write_ins.items():
        assert said["for"] == sum(f"writein:{who}" in ruling for ruling in rulings)


@pytest.mark.slow
def test_a_million_records_in_any_order_agree_with_a_group_by() -> None:
    numbers = np.random.default_rng(7)
    size = 1_000_000
    frame = pd.DataFrame(
        {
            "ballot_id": np.char.zfill(numbers.integers(0, 300_000, size).astype(str), 6),
            "choice": np.array(CHOICES)[numbers.integers(0, len(CHOICES), size)],
            "mark": np.array(MARKS)[numbers.integers(0, len(MARKS), size)],
        }
    )
    counted = tally(frame, 2)
    lines = frame.drop_duplicates()
    said = lines[lines["mark"] != "abstain"]
    clear = said.drop_duplicates(["ballot_id", "choice"], keep=False)
    chosen = clear[clear["mark"] == "for"]
    per_paper = chosen.groupby("ballot_id").size()
    void = set(per_paper.index[per_paper > 2])
    kept = chosen[~chosen["ballot_id"].isin(void)].groupby("choice").size()
    assert counted.papers == frame["ballot_id"].nunique()
    assert counted.void == {"too_many_choices": len(void)}
    assert {who: said["for"] for who, said in counted.candidates.items()} == {
        who: int(kept[who]) for who in ("A", "B", "C")
    }
