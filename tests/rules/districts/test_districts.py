"""The checks of a district plan (EL 25, 26; ZJ 20-23; rulebook section 2)."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from election.rules.districts.checks import DistrictDraft, check_most_seats, check_plan, deviation
from election.rules.profile import profile
from election.rules.terms import Finding, RuleViolation, Severity

PEOPLE = {"A": 600, "B": 1200, "C": 600, "D": 600}
GOOD = (
    DistrictDraft(1, 1, ("A",)),
    DistrictDraft(2, 2, ("B",)),
    DistrictDraft(3, 2, ("C", "D")),
)
RING = {("A", "B"), ("B", "C"), ("C", "D"), ("D", "A")}


def findings(districts=GOOD, population=None, seats=5, neighbours=frozenset(RING), **overrides):
    return check_plan(
        districts,
        PEOPLE if population is None else population,
        seats=seats,
        neighbours=neighbours,
        profile=profile(overrides),
    )


def codes_and_causes(found: list[Finding]) -> list[tuple[str, str]]:
    return [(one.code.id, one.cause.en) for one in found]


def alone(people: int, seats: int) -> tuple[tuple[DistrictDraft, ...], dict[str, int]]:
    """A district of these people and seats in a town of 42,000 with 70 seats."""
    others = 42_000 - people
    return (DistrictDraft(7, seats, ("A",)),), {"A": people, "rest": others}


def of_district_7(people: int, seats: int, **overrides) -> list[Finding]:
    districts, population = alone(people, seats)
    found = findings(districts, population, seats=70, neighbours=None, **overrides)
    return [one for one in found if one.facts.get("district") == 7]


def test_a_plan_that_keeps_every_rule_has_no_finding() -> None:
    assert findings() == []


@pytest.mark.parametrize("seats", [-1, 0, 4, 5])
def test_a_district_of_none_or_of_four_seats_is_an_error(seats) -> None:  # EX-06
    districts = (DistrictDraft(1, seats, ("A", "B", "C", "D")),)
    assert codes_and_causes(findings(districts, seats=seats)) == [
        ("E.201", f"district 1 has {seats} seats; a district elects 1 to 3 deputies")
    ]


@pytest.mark.parametrize("seats", [1, 2, 3])
def test_one_to_three_seats_are_legal(seats) -> None:
    assert findings((DistrictDraft(1, seats, ("A", "B", "C", "D")),), seats=seats) == []


def test_the_seats_of_the_districts_must_make_the_approved_total() -> None:  # EX-06
    units = {f"u{i}": 100 for i in range(24)}
    districts = [DistrictDraft(i + 1, 3, (f"u{i}",)) for i in range(24)]
    found = findings(districts, units, seats=73, neighbours=None)
    assert codes_and_causes(found) == [
        ("E.202", "the districts have 72 seats together, the total fixed is 73")
    ]
    assert found[0].cause.zh == "各选区名额合计72名，与确定的代表总名额73名不符"


def test_a_unit_in_no_district_is_an_error() -> None:
    districts = (GOOD[0], GOOD[1], DistrictDraft(3, 2, ("C",)))
    found = [one for one in findings(districts) if one.severity is Severity.ERROR]
    assert codes_and_causes(found) == [("E.203", 'unit "D" is in no district')]
    assert found[0].fields == ("units.D",)


@pytest.mark.parametrize(
    ("districts", "listed"),
    [
        ((GOOD[0], DistrictDraft(2, 2, ("B", "A")), GOOD[2]), "1, 2"),
        ((DistrictDraft(1, 1, ("A", "A")), GOOD[1], GOOD[2]), "1, 1"),
    ],
)
def test_a_unit_in_two_districts_or_twice_in_one_is_an_error(districts, listed) -> None:
    found = [one for one in findings(districts) if one.severity is Severity.ERROR]
    assert codes_and_causes(found) == [
        ("E.204", f'unit "A" is placed more than once, in districts {listed}')
    ]


def test_a_unit_named_twice_in_a_district_counts_its_people_once() -> None:
    once, twice = (
        [one for one in findings((DistrictDraft(1, 1, units), *GOOD[1:])) if one.code.id != "E.204"]
        for units in (("A",), ("A", "A"))
    )
    assert twice == once


def test_an_empty_district_is_an_error() -> None:
    districts = (*GOOD, DistrictDraft(4, 1, ()))
    assert codes_and_causes(findings(districts, seats=6)) == [("E.205", "district 4 has no unit")]


def test_a_number_used_twice_is_an_error() -> None:
    districts = (GOOD[0], GOOD[1], DistrictDraft(2, 2, ("C", "D")))
    assert codes_and_causes(findings(districts)) == [("E.206", "district number 2 is used 2 times")]


def test_a_unit_nobody_knows_is_an_error() -> None:
    districts = (DistrictDraft(1, 1, ("A", "X")), GOOD[1], GOOD[2])
    assert codes_and_causes(findings(districts)) == [
        ("E.207", 'unit "X" of district 1 is not in the list of units')
    ]


def test_an_area_without_people_has_no_deviation_but_an_error() -> None:
    nobody = dict.fromkeys(PEOPLE, 0)
    assert codes_and_causes(findings(population=nobody)) == [
        ("E.208", "the units' population adds up to 0: persons per deputy cannot be computed")
    ]


def test_a_negative_population_is_an_error() -> None:
    found = findings(population={**PEOPLE, "A": -1})
    assert codes_and_causes(found) == [
        ("E.209", 'unit "A" has population -1; a population cannot be negative')
    ]


def test_25_percent_more_is_a_warning_and_33_percent_an_alert_and_neither_blocks() -> None:  # EX-07
    warning, alert = of_district_7(1500, 2), of_district_7(1600, 2)
    assert codes_and_causes(warning) == [
        (
            "W.210",
            "district 7: 1500 persons, 2 seats, 750 per deputy; +25% from the average of 600, "
            "more than 20%",
        )
    ]
    assert codes_and_causes(alert) == [
        (
            "W.211",
            "district 7: 1600 persons, 2 seats, 800 per deputy; +33.3% from the average of 600, "
            'more than 30%: far from "roughly equal"',
        )
    ]
    assert [one.severity for one in warning + alert] == [Severity.WARNING, Severity.WARNING]
    assert alert[0].cause.zh == (
        "第7选区1600人选2名，每一代表所代表的人口数为800人，与平均数600人相差+33.3%，超过30%，"
        "明显偏离“大体相等”"
    )


@pytest.mark.parametrize(
    ("people", "codes"),
    [
        (720, []),
        (721, ["W.210"]),
        (780, ["W.210"]),
        (781, ["W.211"]),
        (480, []),
        (479, ["W.210"]),
        (420, ["W.210"]),
        (419, ["W.211"]),
    ],
)
def test_a_deviation_exactly_at_a_limit_is_within_it(people, codes) -> None:
    assert [one.code.id for one in of_district_7(people, 1)] == codes


def test_the_limits_come_from_the_profile() -> None:
    stricter = {"district.deviation_warn": 0.1, "district.deviation_alert": 0.15}
    assert [one.code.id for one in of_district_7(661, 1, **stricter)] == ["W.210"]
    assert [one.code.id for one in of_district_7(691, 1, **stricter)] == ["W.211"]


def test_an_unknown_population_is_not_zero_and_stops_all_deviations() -> None:
    # the known 1,600 people would be four fifths above the average of the known ones
    districts = (DistrictDraft(7, 1, ("A",)), DistrictDraft(8, 3, ("B", "rest")))
    population = {"A": 1600, "B": 1955, "rest": None}
    found = findings(districts, population, seats=4, neighbours=None)
    assert codes_and_causes(found) == [
        (
            "W.213",
            'unit "rest" has no population figure; until it has, no deviation can be computed',
        ),
    ]
    zero = findings(districts, {**population, "rest": 0}, seats=4, neighbours=None)
    assert [one.code.id for one in zero] == ["W.211", "W.210"]


def test_figures_in_a_sentence_are_rounded_half_up_to_one_decimal() -> None:
    (found,) = of_district_7(1499, 2)  # 749.5 per deputy, +24.9166... %
    assert (found.facts["per_seat"], found.facts["deviation"]) == ("749.5", "+24.9%")
    (found,) = of_district_7(2251, 3)  # 750.33... per deputy, +25.0555... %
    assert (found.facts["per_seat"], found.facts["deviation"]) == ("750.3", "+25.1%")
    (found,) = of_district_7(1100, 3)  # 366.66... per deputy, -38.88... %
    assert (found.facts["per_seat"], found.facts["deviation"]) == ("366.7", "-38.9%")


def test_a_district_in_two_parts_is_pointed_out() -> None:
    districts = (DistrictDraft(1, 2, ("A", "C")), GOOD[1], DistrictDraft(3, 1, ("D",)))
    assert codes_and_causes(findings(districts)) == [
        ("W.212", "district 1 is not contiguous, it falls into 2 parts: A; C")
    ]


def test_an_island_that_no_pair_names_is_joined_to_nobody_though_corners_meet() -> None:
    districts = (DistrictDraft(1, 2, ("A", "C")), GOOD[1], DistrictDraft(3, 1, ("D",)))
    assert codes_and_causes(findings(districts, neighbours={("A", "B"), ("B", "D")})) == [
        ("W.212", "district 1 is not contiguous, it falls into 2 parts: A; C")
    ]


@pytest.mark.parametrize("neighbours", [None, set()])
def test_contiguity_is_not_judged_where_neighbours_are_unknown(neighbours) -> None:
    districts = (DistrictDraft(1, 2, ("A", "C")), GOOD[1], DistrictDraft(3, 1, ("D",)))
    assert findings(districts, neighbours=neighbours) == []


def test_neighbours_may_be_named_in_either_order() -> None:
    assert findings(neighbours={(b, a) for a, b in RING}) == []


def test_all_faults_of_a_plan_come_back_together() -> None:
    districts = (DistrictDraft(1, 4, ("A", "X")), DistrictDraft(1, 1, ()))
    assert [one.code.id for one in findings(districts)] == [
        "E.206",
        "E.201",
        "E.207",
        "E.205",
        "E.203",
        "E.203",
        "E.203",
    ]


def test_errors_stand_before_warnings() -> None:
    found = findings(population={"A": None, "B": -1, "C": 600, "D": 600})
    assert [one.code.id for one in found] == ["E.209", "W.213"]


def test_planning_with_four_seats_a_district_is_refused_with_the_article() -> None:
    check_most_seats(3)
    with pytest.raises(RuleViolation) as caught:
        check_most_seats(4)
    assert (caught.value.code.id, caught.value.code.article) == ("R.214", "EL 25; ZJ 20")
    assert caught.value.cause.zh == "不能按每个选区最多4名划分，每个选区应选1至3名"


@given(st.integers(0, 10**9), st.integers(1, 3), st.integers(1, 10**9), st.integers(1, 500))
def test_deviation_is_people_per_seat_over_the_average_less_one(people, seats, total, all_seats):
    assert (deviation(people, seats, total, all_seats) + 1) * total * seats == people * all_seats
    assert isinstance(deviation(people, seats, total, all_seats), Fraction)


@pytest.mark.parametrize("figures", [(1, 0, 1, 1), (1, 1, 0, 1), (1, 1, 1, 0)])
def test_a_deviation_without_anything_to_divide_by_is_refused(figures) -> None:
    with pytest.raises(ValueError, match="to divide by"):
        deviation(*figures)
