"""Plans side by side: districts answer each other by their people, moves are said by unit."""

from fractions import Fraction

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from election.actions.districts.drafts import renumber, split
from election.actions.districts.plans import delete
from election.database import db
from election.queries.districts.boards import PlanBoard
from election.queries.districts.comparisons import Comparison, compare
from election.queries.units.table import of_election
from tests.actions.districts_town import DistrictTown, units
from tests.builders import Office


@pytest.fixture
def town(app: Flask, office: Office) -> DistrictTown:
    return DistrictTown(office)


def compared(town: DistrictTown, a: int, b: int) -> Comparison:
    one, other = town.board(a), town.board(b)
    return compare(one, other, of_election(db.session(), town.election_id))


def moves(found: Comparison) -> list[tuple[str, tuple[int | None, ...], tuple[int | None, ...]]]:
    return [(move.code, move.a, move.b) for move in found.moves]


def numbers(found: Comparison) -> list[tuple[int | None, int | None]]:
    return [(p.a.number if p.a else None, p.b.number if p.b else None) for p in found.pairs]


def test_a_plan_and_its_copy_are_the_same(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    found = compared(town, first, copy)
    assert found.same
    assert (moves(found), found.seats_changed) == ([], 0)
    assert numbers(found) == [(1, 1), (2, 2), (3, 3)]


def test_districts_that_only_changed_their_numbers_are_the_same(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    ids = {line.number: line.id for line in town.board(copy).districts}
    town.act(renumber, copy, numbers={ids[1]: 3, ids[3]: 1})
    found = compared(town, first, copy)
    assert found.same
    assert numbers(found) == [(1, 3), (2, 2), (3, 1)]


def test_a_moved_unit_is_named_with_both_districts_and_the_totals_change(
    town: DistrictTown,
) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    town.save(copy, {"A2": 2}, {1: 1, 2: 3})  # A1 alone with 1 seat; A2, A3, A4 with 3
    found = compared(town, first, copy)
    assert moves(found) == [("A2", (1,), (2,))]
    assert found.seats_changed == 2
    pairs = {p.a.number: (p.left, p.joined, p.seats_change) for p in found.pairs if p.a}
    assert pairs == {1: (("A2村",), (), -1), 2: ((), ("A2村",), 1), 3: ((), (), 0)}
    # before: 2100, 2100, 1800 people for 2 seats each; average 1000
    assert (found.a.largest, found.a.weighted_sum) == (Fraction(1, 10), Fraction(2, 5))
    # after: 1000 for 1, 3200 for 3, 1800 for 2
    assert (found.b.largest, found.b.weighted_sum) == (Fraction(1, 10), Fraction(2, 5))
    assert (found.a.cut, found.b.cut) == (2, 2)


def test_a_district_only_one_plan_has_stands_alone(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    town.save(copy, {"A6": 4}, {4: 1})
    found = compared(town, first, copy)
    assert numbers(found) == [(1, 1), (2, 2), (3, 4), (None, 3)]  # A6 has more people than A5
    assert moves(found) == [("A5", (3,), (3,))]
    assert (found.a.districts, found.b.districts) == (3, 4)


def test_a_unit_taken_out_has_no_district(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    town.save(copy, {"A1": None})
    found = compared(town, first, copy)
    assert moves(found) == [("A1", (1,), (None,))]
    assert (found.a.left_out, found.b.left_out) == (0, 1)


def test_a_split_unit_is_counted_and_moved(town: DistrictTown) -> None:
    first = town.drawn()
    copy = town.create("副本", copy=first)
    town.on_unit(split, copy, "A4", parts=2)
    found = compared(town, first, copy)
    assert moves(found) == [("A4", (2,), (2, 4))]
    assert (found.a.split, found.b.split) == (0, 1)


def test_what_is_not_known_has_no_total(app: Flask, office: Office) -> None:
    town = DistrictTown(office, units(A1=None))
    first, second = town.drawn(), town.create("空白")
    found = compared(town, first, second)
    assert (found.a.largest, found.a.weighted_sum, found.b.weighted_sum) == (None, None, None)


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    a=st.lists(st.integers(1, 4), min_size=6, max_size=6),
    b=st.lists(st.integers(1, 4) | st.none(), min_size=6, max_size=6),
)
def test_from_either_side_the_same_districts_answer_each_other(
    town: DistrictTown, a: list[int], b: list[int | None]
) -> None:
    codes = [f"A{n}" for n in range(1, 7)]
    boards: list[PlanBoard] = []
    for name, homes in (("甲", a), ("乙", b)):
        plan = town.create(f"{name}{len(boards)}{homes}")
        town.save(plan, dict(zip(codes, homes, strict=True)))
        boards.append(town.board(plan))
    rows = of_election(db.session(), town.election_id)
    there, back = compare(*boards, rows), compare(boards[1], boards[0], rows)
    assert sorted(numbers(there), key=str) == sorted([(x, y) for y, x in numbers(back)], key=str)
    assert [(c, y, x) for c, x, y in moves(there)] == moves(back)
    assert compare(boards[0], boards[0], rows).same
    for plan in (board.plan_id for board in boards):
        town.act(delete, plan)
