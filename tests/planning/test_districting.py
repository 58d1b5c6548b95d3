"""Planning districts (EL 25, 26; ZJ 23): whole units, contiguous, 1-3 seats, all seats used."""

import subprocess
import sys
from fractions import Fraction

import pytest

from election.planning.districting import (
    Ending,
    PlannedDistrict,
    PlannerUnit,
    ProposedPlan,
    plan,
)
from election.rules.terms import InputFaults
from election.settings import ROOT
from tests.planning.oracle_districting import best_value, complaints


def units(**populations: int) -> list[PlannerUnit]:
    return [PlannerUnit(code, f"{code}村", persons) for code, persons in populations.items()]


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
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


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
    steps = document.pop("steps")
    assert (type(seconds), type(steps)) == (float, int)
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


# --- the oracle -----------------------------------------------------------------------------------


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
