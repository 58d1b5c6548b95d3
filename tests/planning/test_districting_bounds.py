"""Lower bounds of district plans are true: nothing that can be drawn is better."""

from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.planning.districting import Ending, PlannerUnit, plan
from election.planning.districting.bounds import UnitBounds, whole_person_bound
from election.planning.districting.measure import Measure
from election.planning.districting.plans import Objective
from tests.planning.oracle_districting import best_value, grid


@pytest.mark.parametrize(
    ("people", "seats", "objective", "expected"),
    [
        # 7 people, 5 seats: 1.4, 2.8 and 4.2 people for 1, 2 and 3 seats: best are 3 for 2, 4 for 3
        (7, 5, Objective.MAX, Fraction(1, 14)),
        (7, 5, Objective.SUM, Fraction(2, 7)),  # at least two districts, each 1/7
        (10, 5, Objective.MAX, Fraction(0)),
    ],
)
def test_whole_people_cannot_be_divided_exactly(people, seats, objective, expected) -> None:
    assert whole_person_bound(Measure(people, seats, 3, objective)) == expected


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
    assert whole_person_bound(measure) <= best


def best_shares(persons: int, seats: int, most: int, objective: Objective) -> Fraction:
    """The best sharing of all people among any districts, by trying all; few people only."""
    average = Fraction(persons, seats)

    def ways(people: int, free: int) -> list[list[tuple[int, int]]]:
        if not free:
            return [] if people else [[]]
        return [
            [(size, here), *others]
            for size in range(1, min(most, free) + 1)
            for here in range(people + 1)
            for others in ways(people - here, free - size)
        ]

    def value(way: list[tuple[int, int]]) -> Fraction:
        offs = [(size, abs(here / size / average - 1)) for size, here in way]
        if objective is Objective.MAX:
            return max(off for _, off in offs)
        return sum((size * off for size, off in offs), Fraction())

    return min(value([(s, Fraction(p)) for s, p in way]) for way in ways(persons, seats))


@given(
    persons=st.integers(1, 9),
    seats=st.integers(1, 5),
    most=st.integers(1, 3),
    objective=st.sampled_from(list(Objective)),
)
def test_the_bound_in_whole_persons_is_met_by_some_sharing(persons, seats, most, objective) -> None:
    bound = whole_person_bound(Measure(persons, seats, most, objective))
    assert bound == best_shares(persons, seats, most, objective)


@pytest.mark.parametrize("objective", list(Objective))
def test_a_town_whose_best_plan_is_one_units_best_split_is_proven_at_once(objective) -> None:
    """Too many hamlets for a list of all districts: only the bound in whole persons proves it."""
    villages, edges = grid([100] * 300, 20)
    villages = [*villages, PlannerUnit("big", "", 8_011)]
    proposal = plan(villages, edges, seats=38, objective=objective, time_limit=None, steps=6_000)
    assert [(s.unit, s.seats) for s in proposal.splits] == [("big", 8)]
    assert (proposal.optimal, proposal.ending) == (True, Ending.OPTIMAL)
