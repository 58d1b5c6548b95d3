"""Columns: every connected set once, no other; prices prove no more than is true."""

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.planning.districting.columns import BrickGraph, TooMany, columns_of, connected_sets
from election.planning.districting.effort import Effort
from election.planning.districting.measure import Measure
from election.planning.districting.partition import (
    Demand,
    SolverLimits,
    SolverOutcome,
    price,
    solve,
    whole_bound,
)
from election.planning.districting.plans import Objective

NEAR = [[1, 2], [0, 2, 3], [0, 1], [1, 4], [3]]
PEOPLE = [3, 1, 0, 2, 5]


def hangs_together(bricks: tuple[int, ...]) -> bool:
    reached = {bricks[0]}
    for _ in bricks:
        reached |= {o for b in reached for o in NEAR[b] if o in bricks}
    return reached == set(bricks)


def brute(most: int) -> list[tuple[int, ...]]:
    every = [s for n in range(1, 6) for s in combinations(range(5), n) if hangs_together(s)]
    return [s for s in every if len(s) == 1 or sum(PEOPLE[b] for b in s) <= most]


@pytest.mark.parametrize("most", [1, 3, 5, 11])
def test_every_connected_set_within_the_people_is_listed_once(most) -> None:
    found = list(connected_sets(BrickGraph(PEOPLE, NEAR), most, 1000))
    assert sorted(tuple(sorted(bricks)) for bricks, _, _ in found) == sorted(brute(most))
    for bricks, people, inside in found:
        assert people == sum(PEOPLE[b] for b in bricks)
        assert inside == sum(b in NEAR[a] for a, b in combinations(bricks, 2))


def test_sets_that_break_a_wish_are_left_out() -> None:
    area = BrickGraph(PEOPLE, NEAR, together=[frozenset((0, 1))], apart=[(3, 4)])
    found = sorted(tuple(sorted(bricks)) for bricks, _, _ in connected_sets(area, 99, 1000))
    assert found == [(0, 1), (0, 1, 2), (0, 1, 2, 3), (0, 1, 3), (2,), (3,), (4,)]


def test_a_list_that_gets_too_long_is_given_up() -> None:
    with pytest.raises(TooMany):
        list(connected_sets(BrickGraph(PEOPLE, NEAR), 99, 10))


@given(
    people=st.lists(st.integers(1, 30), min_size=5, max_size=5),
    seats=st.integers(2, 8),
    duals=st.lists(st.integers(-200, 200), min_size=7, max_size=7),
)
def test_whatever_the_prices_they_prove_nothing_false(people, seats, duals) -> None:
    measure = Measure(sum(people), seats, 3, Objective.SUM)
    columns = columns_of(connected_sets(BrickGraph(people, NEAR), 999, 1000), [], measure, 5)
    demand = Demand(seats, 2, 4)
    limits, effort = SolverLimits(), Effort(stopwatch=lambda: 0.0)
    best = solve(columns, demand, columns.off, limits, effort)
    if best.verdict is SolverOutcome.INFEASIBLE:
        return
    value = int(columns.off[list(best.chosen)].sum())
    bound, _, scale = price(columns, demand, columns.off, np.array(duals) / 7)
    assert bound <= value * scale
    relaxed = solve(columns, demand, columns.off, limits, effort, integer=False)
    bound, reduced, scale = price(columns, demand, columns.off, relaxed.duals)
    assert bound <= value * scale
    chosen = reduced[list(best.chosen)]
    assert chosen.max() <= value * scale - bound


@pytest.mark.parametrize(
    ("bound", "value", "expected"),
    [(6.4, 7, 6), (6.6, 7, 7), (9.0, 7, 7), (float("inf"), 7, 0), (7.0, 2**41, 0)],
)
def test_a_float_bound_is_rounded_down_by_half_a_unit(bound, value, expected) -> None:
    assert whole_bound(bound, value) == expected
