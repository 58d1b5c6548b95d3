"""Lower bounds of district plans are true: nothing that can be drawn is better."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.planning.districting.bounds import UnitBounds, rounding_bound
from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective
from tests.planning.oracle_districting import best_value, grid


@pytest.mark.parametrize(
    ("people", "seats", "objective", "expected"),
    [
        # 7 people, 5 seats: 1.4, 2.8 and 4.2 people for 1, 2 and 3 seats lie 2, 1 and 1 fifths off
        (7, 5, Objective.MAX, Fraction(1, 21)),
        (7, 5, Objective.SUM, Fraction(2, 7)),  # at least two districts, each 1/7
        (10, 5, Objective.MAX, Fraction(0)),
    ],
)
def test_whole_people_cannot_be_divided_exactly(people, seats, objective, expected) -> None:
    assert rounding_bound(Measure(people, seats, 3, objective)) == expected


@pytest.mark.parametrize(
    ("island", "expected"),
    [
        ([3], Fraction(0)),  # 3,000 people are exactly three seats
        ([0], Fraction(1, 4)),  # 1,500 alone: two seats
        ([0, 1], Fraction(0)),  # 1,500 and 1,500 together: three seats
        ([2], Fraction(1, 3)),  # 4,000 with three seats
        ([0, 1, 2], Fraction(1, 3)),  # nobody helps the third: more people make it worse
    ],
)
def test_a_village_proves_what_the_best_district_around_it_costs(island, expected) -> None:
    people, near = [1_500, 1_500, 4_000, 3_000], [[1], [0, 2], [1, 3], [2]]
    bounds = UnitBounds(people, near, Measure(10_000, 10, 3, Objective.MAX))
    assert bounds.bound(island, people.__getitem__, 100) == expected


@given(
    populations=st.lists(st.integers(0, 60), min_size=1, max_size=6),
    seats=st.integers(1, 9),
    objective=st.sampled_from(list(Objective)),
    sets=st.sampled_from([0, 1, 2, 3, 5, 8, 1000]),
)
def test_no_plan_is_better_than_the_bound_however_early_the_listing_stops(
    populations, seats, objective, sets
) -> None:
    villages, edges = grid(populations, 3)
    assume(sum(populations) > 0)
    best = best_value(villages, edges, seats, objective)
    assume(best is not None)
    place = {village.code: i for i, village in enumerate(villages)}
    near = [
        sorted(
            {place[b] for a, b in edges if place[a] == i}
            | {place[a] for a, b in edges if place[b] == i}
        )
        for i in range(len(villages))
    ]
    measure = Measure(sum(populations), seats, 3, objective)
    # the one district that holds everything is a true start for every unit
    whole = sum(populations)
    bound = UnitBounds(populations, near, measure).bound(place.values(), lambda _: whole, sets)
    assert bound <= best
    assert rounding_bound(measure) <= best
