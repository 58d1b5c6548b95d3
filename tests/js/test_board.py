"""A draft while it is drawn: every step can be undone, and none does what the office may not."""

from fractions import Fraction
from typing import Any

import pytest
from flask import Flask
from hypothesis import given, settings
from hypothesis import strategies as st

from election.rules.districts import checks
from election.web.districts import forms
from tests.js.conftest import Scripts
from tests.js.towns import Draft, Town, a_town, drafts, towns

PEOPLE = {"A1": 100, "A2": 100, "A3": 100, "A4": 300}
STORED = Draft({1: 2, 2: 3}, {"A1": 1, "A2": 1, "A3": 1, "A4": 2})


@pytest.fixture
def town() -> Town:
    return a_town(PEOPLE, seats=6)


@st.composite
def walks(draw: st.DrawFn) -> tuple[Town, Draft, list[Any]]:
    """A stored draft, some of its districts locked, and moves over it."""
    town = draw(towns())
    stored = draw(drafts(town, locks=True))
    keys = st.lists(st.sampled_from([b.code for b in town.bricks]), unique=True, max_size=3)
    numbers = st.integers(1, 10)
    move = st.one_of(
        st.tuples(st.just("place"), keys, st.one_of(st.none(), numbers)),
        st.tuples(st.just("giveSeats"), numbers, st.integers(-1, 101)),
        st.tuples(st.just("remove"), numbers.filter(lambda n: n in stored.seats), st.booleans())
        if stored.seats
        else st.nothing(),
        st.sampled_from([("undo",), ("redo",)]),
    )
    return town, stored, draw(st.lists(move, max_size=8))


def state(step: dict[str, Any]) -> tuple[object, object]:
    return step["homes"], step["seats"]


def deserved(town: Town, homes: dict[str, int | None], number: int) -> int:
    """Seats a new district begins with: what its people deserve, halves up; one if unknown."""
    everybody = [brick.population for brick in town.bricks]
    mine = [brick.population for brick in town.bricks if homes[brick.code] == number]
    if None in everybody or not sum(p or 0 for p in everybody):
        return 1
    exact = Fraction(sum(p or 0 for p in mine) * town.seats, sum(p or 0 for p in everybody))
    return min(checks.MOST_SEATS, max(1, int(exact + Fraction(1, 2))))


@given(walk=walks())
@settings(max_examples=200)
def test_all_that_was_done_can_be_undone_and_done_again(
    app: Flask, scripts: Scripts, walk: tuple[Town, Draft, list[Any]]
) -> None:
    town, stored, moves = walk
    steps = len(moves)
    back = [("undo",)] * steps + [("redo",)] * steps
    states = scripts.walk(town.data(stored), [*moves, *back])["states"]
    first, last, undone, again = states[0], states[steps], states[2 * steps], states[-1]
    assert state(undone) == state(first)
    assert (undone["unsaved"], undone["touched"]) == (0, [])
    done, could = last["steps"]
    assert again["steps"] == [min(steps, done + could), max(0, done + could - steps)]
    if not could:
        assert state(again) == state(last)


@given(walk=walks())
@settings(max_examples=200)
def test_a_locked_district_keeps_its_units_and_seats(
    app: Flask, scripts: Scripts, walk: tuple[Town, Draft, list[Any]]
) -> None:
    town, stored, moves = walk
    for step in scripts.walk(town.data(stored), moves)["states"]:
        for number in stored.locked:
            assert step["seats"][str(number)] == stored.seats[number]
            members = {key for key, home in step["homes"].items() if home == number}
            assert members == {key for key, home in stored.homes.items() if home == number}


@given(walk=walks())
@settings(max_examples=200)
def test_what_was_walked_is_judged_as_the_rules_judge_where_it_ended(
    app: Flask, scripts: Scripts, walk: tuple[Town, Draft, list[Any]]
) -> None:
    town, stored, moves = walk
    answer = scripts.walk(town.data(stored), moves)
    end = answer["states"][-1]
    drawn = Draft({int(n): seats for n, seats in end["seats"].items()}, end["homes"])
    board = town.board(drawn)
    assert [line["people"] for line in answer["lines"]] == [d.people for d in board.districts]
    errors = [fault.severity.value for fault in board.findings]
    assert [fault["severity"] for fault in answer["findings"]] == errors


@given(walk=walks(), data=st.data())
@settings(max_examples=200)
def test_a_new_district_begins_with_the_seats_its_people_deserve(
    app: Flask, scripts: Scripts, walk: tuple[Town, Draft, list[Any]], data: st.DataObject
) -> None:
    town, stored, _moves = walk
    keys = data.draw(st.sets(st.sampled_from([brick.code for brick in town.bricks]), min_size=1))
    fresh = max(stored.seats, default=0) + 1
    first, *steps = scripts.walk(
        town.data(stored), [("place", [key], fresh) for key in sorted(keys)]
    )["states"]
    for step in steps:
        homes = step["homes"]
        if fresh in homes.values():
            assert step["seats"][str(fresh)] == deserved(town, homes, fresh)
        else:
            assert state(step) == state(first)  # everything was refused


def test_a_district_that_was_never_stored_goes_with_its_last_unit(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    moves = [("place", ["A1", "A2"], 3), ("place", ["A1"], 1), ("place", ["A2"], 2), ("undo",)]
    states = scripts.walk(town.data(STORED), moves)["states"]
    assert [step["seats"].get("3") for step in states] == [None, 2, 1, None, 1]
    assert states[-1]["homes"] == {"A1": 1, "A2": 3, "A3": 1, "A4": 2}


def test_a_stored_district_stays_when_its_last_unit_leaves(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    answer = scripts.walk(town.data(STORED), [("place", ["A4"], 1)])
    assert answer["states"][-1]["seats"] == {"1": 2, "2": 3}
    assert "E.205" in [fault["code"] for fault in answer["findings"]]


def test_seats_set_by_hand_are_not_followed_any_more(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    moves = [("place", ["A1"], 3), ("giveSeats", 3, 2), ("place", ["A2", "A3"], 3)]
    states = scripts.walk(town.data(STORED), moves)["states"]
    assert [step["seats"].get("3") for step in states] == [None, 1, 2, 2]


def test_the_form_takes_no_more_seats_than_it_reads(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    most = forms.MOST_SEATS_TYPED
    moves = [("giveSeats", 1, most + 1), ("giveSeats", 1, most), ("giveSeats", 1, -1)]
    states = scripts.walk(town.data(STORED), moves)["states"]
    assert [step["seats"]["1"] for step in states] == [2, 2, most, most]


def test_a_stroke_of_the_brush_is_one_step(app: Flask, scripts: Scripts, town: Town) -> None:
    stroke = [("beginStroke",), ("place", ["A1"], 2), ("place", ["A2"], 2), ("endStroke",)]
    states = scripts.walk(town.data(STORED), [*stroke, ("undo",), ("undo",)])["states"]
    assert states[4]["homes"] | {"A1": 1, "A2": 1} == states[0]["homes"]
    assert states[4]["steps"] == [1, 0]
    assert state(states[5]) == state(states[0])
    assert states[6]["refused"] == {"word": "nothing"}


def test_a_unit_painted_twice_in_one_stroke_goes_back_to_where_it_was(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    stroke = [("beginStroke",), ("place", ["A1"], 2), ("place", ["A1"], 3), ("endStroke",)]
    states = scripts.walk(town.data(STORED), [*stroke, ("undo",), ("redo",)])["states"]
    assert [step["homes"]["A1"] for step in states] == [1, 1, 2, 3, 3, 1, 3]


def test_what_was_undone_is_not_done_again_after_another_step(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    moves = [("place", ["A1"], 2), ("undo",), ("place", ["A2"], 2), ("redo",)]
    states = scripts.walk(town.data(STORED), moves)["states"]
    assert states[-1]["refused"] == {"word": "nothing"}
    assert states[-1]["homes"] == {"A1": 1, "A2": 2, "A3": 1, "A4": 2}


def test_a_removed_district_comes_back_when_a_unit_is_put_into_it(
    app: Flask, scripts: Scripts, town: Town
) -> None:
    moves = [("remove", 2, True), ("place", ["A3"], 2), ("undo",)]
    states = scripts.walk(town.data(STORED), moves)["states"]
    assert states[1]["homes"] == {"A1": 1, "A2": 1, "A3": 1, "A4": None}
    assert states[1]["touched"] == [2]
    assert states[2]["homes"] == {"A1": 1, "A2": 1, "A3": 2, "A4": 2}
    assert state(states[3]) == state(states[1])


def test_a_part_of_a_split_unit_is_not_left_out(app: Flask, scripts: Scripts) -> None:
    town = a_town(PEOPLE, seats=6, parts={"A4": (100, 200)})
    stored = Draft({1: 3, 2: 3}, {"A1": 1, "A2": 1, "A3": 1, "A4#1": 1, "A4#2": 2})
    moves = [("place", ["A1", "A4#1"], None), ("place", ["A1"], None), ("place", ["A4#1"], 2)]
    states = scripts.walk(town.data(stored), moves)["states"]
    assert [step["refused"] for step in states] == [None, {"word": "lone"}, None, None]
    assert states[-1]["homes"] == {"A1": None, "A2": 1, "A3": 1, "A4#1": 2, "A4#2": 2}
