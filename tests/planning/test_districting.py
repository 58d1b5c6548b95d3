"""Planning districts (EL 25, 26; ZJ 23): whole units, contiguous, 1-3 seats, all seats used."""

import subprocess
import sys
from collections.abc import Callable
from fractions import Fraction
from itertools import count

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from election.planning.districting import (
    Ending,
    PlannedDistrict,
    PlannerProgress,
    PlannerUnit,
    ProposedPlan,
    plan,
)
from election.rules.terms import InputFaults
from tests.planning.oracle_districting import best_value, complaints, grid, town

Pairs = list[tuple[str, str]]


def units(**populations: int) -> list[PlannerUnit]:
    return [PlannerUnit(code, f"{code}村", persons) for code, persons in populations.items()]


def ticking(per_second: int) -> Callable[[], float]:
    """A watch that moves by its own calls: the same run on a slow and on a fast machine."""
    ticks = count()
    return lambda: next(ticks) / per_second


def layout(found: ProposedPlan) -> list[tuple[int, int, tuple[str, ...]]]:
    return [(d.seats, d.population, d.units) for d in found.districts]


# --- examples -------------------------------------------------------------------------------------


def test_two_villages_that_fit_together_are_joined() -> None:
    found = plan(units(A=900, B=300, C=600), [("A", "B"), ("B", "C")], seats=3)
    assert layout(found) == [(3, 1800, ("A", "B", "C"))]
    assert (found.value, found.optimal, found.ending) == (0, True, Ending.OPTIMAL)


def test_a_village_on_an_island_is_a_district_of_its_own() -> None:
    found = plan(units(A=500, B=700, C=580), [("A", "B")], seats=3)
    assert layout(found) == [(2, 1200, ("A", "B")), (1, 580, ("C",))]
    assert found.value == Fraction(1 * 580 * 3, 1780) * -1 + 1


def test_four_seats_need_two_districts() -> None:
    found = plan(units(A=290, B=110, C=310, D=90), [("A", "B"), ("B", "C"), ("C", "D")], seats=4)
    assert layout(found) == [(2, 400, ("A", "B")), (2, 400, ("C", "D"))]


def test_a_village_too_big_for_one_district_is_split_in_proportion_to_seats() -> None:
    found = plan(units(A=4_801, B=700, C=500), [("A", "B"), ("B", "C")], seats=10)
    assert layout(found) == [
        (3, 1801, ("A#1",)),
        (3, 1800, ("A#2",)),
        (2, 1200, ("A#3",)),
        (2, 1200, ("B", "C")),
    ]
    assert found.to_json()["splits"] == [
        {
            "unit": "A",
            "seats": 8,
            "population": 4801,
            "parts": [
                {"unit": "A#1", "seats": 3, "population": 1801},
                {"unit": "A#2", "seats": 3, "population": 1800},
                {"unit": "A#3", "seats": 2, "population": 1200},
            ],
        }
    ]


def test_the_person_left_over_by_rounding_goes_where_it_weighs_least() -> None:
    # 142 + 72 would be within one person of the exact shares too, and off by 1/107
    found = plan(units(A=214), [], seats=3, max_seats=2)
    assert [d.population for d in found.districts] == [143, 71]
    assert (found.value, found.optimal) == (Fraction(1, 214), True)


def test_a_village_of_exactly_three_average_seats_stays_whole() -> None:
    found = plan(units(A=300, B=100), [("A", "B")], seats=4)
    assert (layout(found), found.splits) == ([(3, 300, ("A",)), (1, 100, ("B",))], ())


@pytest.mark.parametrize(("people", "hamlet", "seats"), [(3_200, 160, 4), (3_900, 60, 5)])
def test_a_big_village_stays_whole_where_the_seats_do_not_reach_for_its_parts(
    people, hamlet, seats
) -> None:
    # A has more than three average seats, but the five hamlets around it would need a seat each
    hamlets = {f"h{i}": hamlet for i in range(5)}
    star = [("A", code) for code in hamlets]
    found = plan(units(A=people, **hamlets), star, seats=seats)
    assert found.splits == ()
    assert complaints(found, units(A=people, **hamlets), star, seats) == []


def test_the_smaller_of_two_big_villages_is_the_one_that_stays_whole() -> None:
    hamlets = {f"h{i}": 100 for i in range(5)}
    villages = units(A=4_000, B=3_300, **hamlets)
    edges = [("A", "B"), *(("B", code) for code in hamlets)]
    found = plan(villages, edges, seats=8)
    assert [split.unit for split in found.splits] == ["A"]
    assert complaints(found, villages, edges, 8) == []


def test_where_not_all_big_villages_can_be_split_the_plan_decides_which_are() -> None:
    # with A split the five hamlets around it would need a seat each, and B would have one
    hamlets = {f"h{i}": 20 for i in range(5)}
    villages = units(A=4_100, B=4_000, **hamlets)
    edges = [("A", "B"), *(("A", code) for code in hamlets)]
    found = plan(villages, edges, seats=8)
    assert ([split.unit for split in found.splits], found.optimal) == (["B"], True)
    assert complaints(found, villages, edges, 8) == []


def test_with_one_seat_a_district_a_village_is_split_only_where_that_is_nearer() -> None:
    villages, path = units(A=1_050, B=1_000, C=950), [("A", "B"), ("B", "C")]
    found = plan(villages, path, seats=3, max_seats=1)
    assert [d.units for d in found.districts] == [("A",), ("B",), ("C",)]
    found = plan(units(A=2_050, B=1_000, C=950), path, seats=4, max_seats=1)
    assert [d.units for d in found.districts] == [("A#1",), ("A#2",), ("B",), ("C",)]
    assert (found.value, found.optimal) == (Fraction(1, 20), True)


def test_there_may_be_more_seats_than_people_but_every_part_has_somebody() -> None:
    found = plan(units(A=1, B=1), [("A", "B")], seats=4)
    assert [(d.units, d.seats) for d in found.districts] == [(("A",), 2), (("B",), 2)]
    found = plan(units(A=3), [], seats=7)
    assert [(d.seats, d.population) for d in found.districts] == [(3, 1), (2, 1), (2, 1)]
    with pytest.raises(InputFaults, match="2 districts of at most 3 seats; 7 seats do not fit"):
        plan(units(A=1, B=1), [("A", "B")], seats=7)


def test_the_solver_prints_nothing() -> None:
    program = (
        "from election.planning.districting import PlannerUnit, plan; "
        "plan([PlannerUnit(c, '', 610 + ord(c) ** 2) for c in 'ABCDEF'], "
        "[*zip('ABCDE', 'BCDEF')], seats=9, objective='sum')"
    )
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True)
    assert (done.stdout, done.stderr) == (b"", b"")


def test_an_area_of_one_big_village_is_split_alone() -> None:
    found = plan(units(A=100), [], seats=7)
    assert [(d.seats, d.units) for d in found.districts] == [
        (3, ("A#1",)),
        (2, ("A#2",)),
        (2, ("A#3",)),
    ]
    assert sum(d.population for d in found.districts) == 100


def test_by_sum_deviations_count_by_seats() -> None:
    # A and B with 3 seats lack 1/15 each, C has 1/5 too many for its seat
    villages, chain = units(A=80, B=200, C=120), [("A", "B"), ("B", "C")]
    found = plan(villages, chain, seats=4, objective="sum")
    assert found.value == best_value(villages, chain, 4, "sum") == Fraction(4, 10)


def test_the_document_has_the_promised_shape() -> None:
    document = plan(units(A=1, B=2), [], seats=2).to_json()
    seconds = document.pop("seconds")
    assert isinstance(seconds, float)
    assert document == {
        "objective": "max",
        "value": 1 / 3,
        "lower_bound": 1 / 3,
        "optimal": True,
        "districts": [
            {"district": 1, "seats": 1, "population": 1, "units": ["A"], "deviation": -1 / 3},
            {"district": 2, "seats": 1, "population": 2, "units": ["B"], "deviation": 1 / 3},
        ],
        "splits": [],
    }


# --- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("villages", "edges", "seats", "expected"),
    [
        (
            units(A=5, B=5, C=5),
            [],
            2,
            [
                "seats: the units fall into 3 unconnected parts that need a seat each; "
                "2 seats are too few"
            ],
        ),
        (
            units(A=5, B=5),
            [("A", "B")],
            31,
            ["seats: 2 units make at most 10 districts of at most 3 seats; 31 seats do not fit"],
        ),
        (units(A=0, B=0), [], 3, ["population: the total population is 0"]),
        ([], [], 3, ["population: the total population is 0"]),
        (units(A=5), [], 0, ["seats: there must be at least 1 seat"]),
        ([*units(A=5), *units(A=6)], [], 3, ['units.A: unit code "A" stands 2 times']),
        (units(A=5, B=-1), [], 3, ['units.B: unit "B": a population cannot be negative']),
        ([*units(A=5), PlannerUnit("", "", 6)], [], 3, ["units: a unit code is empty"]),
        (
            [*units(A=5), PlannerUnit("A#1", "", 6)],
            [],
            3,
            ['units.A#1: unit code "A#1" would be mistaken for a part'],
        ),
        (
            units(A=5, B=5),
            [("A", "X"), ("B", "B")],
            3,
            [
                'edges: unit "X" of a border is not in the list of units',
                'edges: unit "B" cannot touch itself',
            ],
        ),
    ],
)
def test_what_cannot_be_planned_is_refused_with_a_reason(villages, edges, seats, expected) -> None:
    with pytest.raises(InputFaults) as caught:
        plan(villages, edges, seats=seats)
    assert [str(fault) for fault in caught.value.faults] == expected


def test_a_district_of_no_seats_cannot_be_asked_for() -> None:
    with pytest.raises(InputFaults, match="a district needs at least 1 seat"):
        plan(units(A=5), [], seats=1, max_seats=0)


# --- properties -----------------------------------------------------------------------------------


@st.composite
def areas(draw, most_units: int, highest: int) -> tuple[list[PlannerUnit], Pairs]:
    """A few units, joined by some of all possible borders; not always in one piece."""
    populations = draw(st.lists(st.integers(0, highest), min_size=1, max_size=most_units))
    assume(sum(populations) > 0)
    villages = [PlannerUnit(f"v{i}", "", p) for i, p in enumerate(populations)]
    codes = [village.code for village in villages]
    possible = [(a, b) for i, a in enumerate(codes) for b in codes[:i]]
    borders = st.lists(st.sampled_from(possible), unique=True) if possible else st.just([])
    return villages, draw(borders)


@given(
    area=areas(9, 900),
    seats=st.integers(1, 30),
    most=st.integers(1, 3),
    objective=st.sampled_from(["max", "sum"]),
)
def test_every_plan_keeps_every_promise(area, seats, most, objective) -> None:
    villages, edges = area
    try:
        found = plan(
            villages,
            edges,
            seats=seats,
            max_seats=most,
            objective=objective,
            time_limit=1,
            stopwatch=ticking(400),
        )
    except InputFaults as refused:
        assert [fault.field for fault in refused.faults] == ["seats"]
        return
    assert complaints(found, villages, edges, seats, most) == []


@given(area=areas(6, 60), seats=st.integers(1, 9), objective=st.sampled_from(["max", "sum"]))
def test_tiny_areas_are_refused_only_when_no_plan_exists_and_the_bound_is_true(
    area, seats, objective
) -> None:
    villages, edges = area
    total = sum(village.population for village in villages)
    assume(seats <= total)
    assume(all(village.population * seats <= 3 * total for village in villages))
    best = best_value(villages, edges, seats, objective)
    try:
        found = plan(
            villages, edges, seats=seats, objective=objective, time_limit=1, stopwatch=ticking(400)
        )
    except InputFaults:
        assert best is None
        return
    assert found.lower_bound <= best <= found.value


@pytest.mark.slow
@pytest.mark.parametrize("objective", ["max", "sum"])
@pytest.mark.parametrize(
    ("populations", "seats"),
    [
        ([49, 32, 40], 6),
        ([47, 49, 21], 6),
        ([22, 58, 31, 44], 5),
        ([60, 20, 35, 35, 50], 8),
        ([41, 37, 59, 26, 33], 4),
        ([25, 45, 30, 55, 40, 21], 7),
        ([33, 27, 56, 48, 39, 50], 8),
    ],
)
def test_on_a_tiny_connected_area_the_search_finds_the_best_plan(
    populations, seats, objective
) -> None:
    villages, edges = grid(populations, 3)
    found = plan(villages, edges, seats=seats, objective=objective)
    assert found.value == best_value(villages, edges, seats, objective)


def test_the_checker_sees_what_is_wrong() -> None:
    villages, edges = units(A=10, B=10, C=10), [("A", "B"), ("B", "C")]
    good = plan(villages, edges, seats=3)
    apart = (
        PlannedDistrict(1, 2, 20, ("A", "C"), Fraction(0)),
        PlannedDistrict(2, 1, 11, ("B",), Fraction(1, 10)),
    )
    bad = ProposedPlan(good.objective, good.value, Fraction(1), 0.0, Ending.SETTLED, apart, ())
    assert complaints(good, villages, edges, 3) == []
    assert complaints(bad, villages, edges, 4) == [
        "not all seats are used",
        "district 1 does not hang together",
        "district 1 has a wrong deviation",
        "district 2 miscounts its people",
        "district 2 has a wrong deviation",
        "the value is wrong",
        "the bound is above the value",
    ]


# --- the search as a guest of an office -----------------------------------------------------------


def test_the_same_seed_gives_the_same_plan_when_the_search_ends_by_itself() -> None:
    villages, edges = grid([310, 420, 280, 510, 390, 330, 450, 270, 360], 3)
    first, second = (plan(villages, edges, seats=13, seed=5) for _ in range(2))
    assert first.ending in {Ending.OPTIMAL, Ending.SETTLED}
    assert layout(first) == layout(second)
    assert (first.value, first.lower_bound) == (second.value, second.lower_bound)


def test_borders_in_any_order_and_twice_give_the_same_plan() -> None:
    villages, edges = grid([310, 420, 280, 510, 390, 330], 3)
    turned = [(b, a) for a, b in reversed(edges)] + edges
    assert layout(plan(villages, edges, seats=8)) == layout(plan(villages, turned, seats=8))


def test_at_the_time_limit_the_best_plan_so_far_is_the_answer() -> None:
    villages, edges, _ = town()
    found = plan(villages, edges, seats=73, time_limit=1, stopwatch=ticking(50))
    assert found.ending is Ending.TIME_LIMIT
    assert complaints(found, villages, edges, 73) == []


def test_a_cancelled_search_still_answers_with_a_plan() -> None:
    villages, edges, _ = town()
    asked = count()
    found = plan(villages, edges, seats=73, cancelled=lambda: next(asked) >= 20)
    assert (found.ending, next(asked)) == (Ending.CANCELLED, 21)
    assert complaints(found, villages, edges, 73) == []


def test_progress_tells_of_better_plans_only_and_ends_with_the_answer() -> None:
    villages, edges, _ = town()
    heard: list[PlannerProgress] = []
    found = plan(
        villages, edges, seats=73, progress=heard.append, time_limit=20, stopwatch=ticking(50)
    )
    values = [one.value for one in heard]
    assert len(values) > 3
    assert values == sorted(values, reverse=True)
    assert [one.lower_bound for one in heard] == sorted(one.lower_bound for one in heard)
    last = (heard[-1].value, heard[-1].lower_bound, heard[-1].districts)
    assert last == (found.value, found.lower_bound, len(found.districts))


@pytest.mark.slow
def test_a_town_of_38_villages_and_73_seats_is_planned_well_in_five_seconds() -> None:
    villages, edges, hidden = town()
    assert {300 <= village.population <= 3000 for village in villages} == {True}
    found = plan(villages, edges, seats=73, time_limit=5)
    assert complaints(found, villages, edges, 73) == []
    assert found.lower_bound <= hidden < Fraction(6, 100)
    assert found.value < Fraction(8, 100)


@pytest.mark.slow
@pytest.mark.parametrize(("seats", "limit"), [(73, 2.0), (2_500, 2.0)])
def test_five_thousand_units_are_planned_near_the_time_limit(seats, limit) -> None:
    villages, edges = grid([300 + (i * i * 7919) % 2701 for i in range(5_000)], 71)
    found = plan(villages, edges, seats=seats, time_limit=limit)
    assert (found.ending, found.seconds < limit + 4) == (Ending.TIME_LIMIT, True)
    assert sum(district.seats for district in found.districts) == seats


@pytest.mark.slow
def test_a_hub_with_thousands_of_hamlets_does_not_hang() -> None:
    villages = [PlannerUnit(f"v{i}", "", 300 + i) for i in range(3_000)]
    star = [("v0", village.code) for village in villages[1:]]
    found = plan(villages, star, seats=2_500, time_limit=1)
    assert sum(district.seats for district in found.districts) == 2_500
    assert found.seconds < 8
