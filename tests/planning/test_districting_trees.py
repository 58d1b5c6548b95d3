"""Cutting along random trees: whatever is asked for, every piece is a legal district."""

from hypothesis import given
from hypothesis import strategies as st

from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective
from election.planning.districting.trees import Cutter, Draws

PATHS_AND_STARS = {
    "path": lambda n: [[j for j in (i - 1, i + 1) if 0 <= j < n] for i in range(n)],
    "star": lambda n: [list(range(1, n)), *([0] for _ in range(n - 1))],
}


def holds_together(units: list[int], near: list[list[int]]) -> bool:
    reached, inside = {units[0]}, set(units)
    for _ in units:
        reached |= {other for unit in reached for other in near[unit] if other in inside}
    return reached == inside


@given(
    people=st.lists(st.integers(0, 4_000), min_size=1, max_size=12),
    shape=st.sampled_from([*PATHS_AND_STARS]),
    most=st.integers(1, 3),
    power=st.sampled_from([1.0, 2.0, 8.0]),
    heat=st.sampled_from([0.0, 0.5]),
    data=st.data(),
)
def test_every_piece_is_connected_and_has_one_to_most_seats(
    people, shape, most, power, heat, data
) -> None:
    count = len(people)
    seats = data.draw(st.integers(1, most * count))
    near = PATHS_AND_STARS[shape](count)
    measure = Measure(sum(people) + 1, seats, most, Objective.MAX)
    cutter = Cutter(people, near, measure, Draws((data.draw(st.integers(0, 99)),)))
    cutter.power, cutter.heat = power, heat
    pieces = cutter.cut(list(range(count)), seats)
    assert sorted(unit for units, _ in pieces for unit in units) == list(range(count))
    assert sum(given_seats for _, given_seats in pieces) == seats
    assert {1 <= given_seats <= most for _, given_seats in pieces} == {True}
    assert [units for units, _ in pieces if not holds_together(units, near)] == []


def test_a_hub_with_a_thousand_neighbours_is_peeled_and_still_cut_legally() -> None:
    count, seats = 1_200, 900
    people = [50_000, *([100] * (count - 1))]
    near = PATHS_AND_STARS["star"](count)
    cutter = Cutter(people, near, Measure(sum(people), seats, 3, Objective.MAX), Draws((1,)))
    pieces = cutter.cut(list(range(count)), seats)
    assert sorted(unit for units, _ in pieces for unit in units) == list(range(count))
    assert (sum(n for _, n in pieces), {n for _, n in pieces} <= {1, 2, 3}) == (seats, True)


def test_the_same_seed_draws_the_same_numbers() -> None:
    first, second = Draws((4, 2)), Draws((4, 2))
    numbers = [first() for _ in range(5_000)]
    assert numbers == [second() for _ in range(5_000)]
    assert 0 <= min(numbers) < max(numbers) < 1
