"""Sharing seats (EL 15; rulebook R2.1): six methods, their answers and refusals."""

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from election.planning.apportionment import (
    METHODS,
    apportion,
    by_every_method,
    methods_frame,
)
from election.rules.terms import InputFaults
from tests.planning.apportionments import FIRST_SEAT_METHODS, seats_of, tied

ROOT = Path(__file__).parents[2]
# Balinski and Young, Fair Representation: five states, 26 seats, every method its own answer.
FIVE_STATES = {"A": 9061, "B": 7179, "C": 5259, "D": 3319, "E": 1182}


def xiangshan() -> dict[str, int]:
    path = ROOT / "docs/examples/xiangshan_towns_census2000.csv"
    with path.open(encoding="utf-8", newline="") as file:
        return {row["code"]: int(row["population"]) for row in csv.DictReader(file)}


# --- published examples and lessons ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("method", "expected"),
    [
        ("largest-remainder", [9, 7, 5, 4, 1]),
        ("dhondt", [10, 7, 5, 3, 1]),
        ("sainte-lague", [9, 8, 5, 3, 1]),
        ("huntington-hill", [9, 7, 6, 3, 1]),
        ("dean", [9, 7, 5, 4, 1]),
        ("adams", [9, 7, 5, 3, 2]),
    ],
)
def test_the_five_states_of_balinski_and_young_get_their_published_seats(method, expected) -> None:
    assert list(seats_of(apportion(FIVE_STATES, 26, method=method)).values()) == expected


def test_largest_remainder_shows_the_alabama_paradox() -> None:
    population = {"A": 6, "B": 6, "C": 2}
    assert seats_of(apportion(population, 10)) == {"A": 4, "B": 4, "C": 2}
    assert seats_of(apportion(population, 11)) == {"A": 5, "B": 5, "C": 1}


def test_equal_remainders_are_a_tie_where_floating_point_sees_none() -> None:
    outcome = apportion({"A": 56, "B": 8, "C": 44}, 9)
    assert seats_of(outcome) == {"A": 4, "B": 0, "C": 3}
    assert (tied(outcome), outcome.tied_seats) == (["A", "B", "C"], 2)


def test_a_cap_passes_its_surplus_on_and_no_seat_vanishes() -> None:
    outcome = apportion({"A": 60, "B": 30, "C": 10}, 10, cap=4)
    assert seats_of(outcome) == {"A": 4, "B": 4, "C": 2}


def test_a_tie_for_the_last_seat_is_left_to_the_committee() -> None:
    outcome = apportion({"north": 45, "mill": 30, "lake": 15, "hill": 10}, 5)
    assert seats_of(outcome) == {"north": 2, "mill": 1, "lake": 1, "hill": 0}
    assert (tied(outcome), outcome.tied_seats) == (["mill", "hill"], 1)
    assert outcome.steps[-1].text.zh.startswith("hill、mill对最后的名额条件完全相同")


def test_an_exact_fit_is_no_tie() -> None:
    outcome = apportion({"A": 30, "B": 20, "C": 10}, 6)
    assert (seats_of(outcome), outcome.tied_seats) == ({"A": 3, "B": 2, "C": 1}, 0)


def test_level_claims_that_all_find_a_seat_are_no_tie() -> None:
    outcome = apportion({"A": 10, "B": 10, "C": 5}, 3, method="dhondt")
    assert (seats_of(outcome), tied(outcome)) == ({"A": 1, "B": 1, "C": 0}, ["A", "B", "C"])
    outcome = apportion({"A": 10, "B": 10, "C": 5}, 5, method="dhondt")
    assert (seats_of(outcome), tied(outcome)) == ({"A": 2, "B": 2, "C": 1}, [])


def test_units_below_the_floor_are_set_aside_and_the_rest_is_shared_anew() -> None:
    # 10 seats for 100 people: E and F would have 0.4 and 0.3; 8 seats are left for 93 people
    outcome = apportion({"A": 40, "B": 30, "C": 23, "E": 4, "F": 3}, 10, floor=1)
    assert seats_of(outcome) == {"A": 3, "B": 3, "C": 2, "E": 1, "F": 1}
    assert [step.figures.get("units") for step in outcome.steps] == ["E=1、F=1", None]


def test_setting_small_units_aside_can_bring_another_one_below_the_floor() -> None:
    # C has 1.05 seats of 10 at first, 0.96 of the 8 that are left after D and E
    outcome = apportion({"A": 620, "B": 209, "C": 100, "D": 11, "E": 10}, 10, floor=1)
    assert seats_of(outcome) == {"A": 5, "B": 2, "C": 1, "D": 1, "E": 1}
    assert [step.figures.get("units") for step in outcome.steps] == ["D=1、E=1", "C=1", None]


def test_a_unit_exactly_at_the_floor_is_not_set_aside() -> None:
    outcome = apportion({"A": 20, "B": 10}, 3, floor=1)
    assert [step.figures.get("units") for step in outcome.steps] == [None]


def test_floor_and_cap_are_fixed_in_the_same_pass() -> None:
    # A has 4.1 seats of 10, above the cap of 4; the three small units have 0.7 each.
    population = {"A": 410, "B": 380, "C": 70, "D": 70, "E": 70}
    outcome = apportion(population, 10, floor=1, cap=4)
    assert [step.figures.get("units") for step in outcome.steps] == ["A=4、C=1、D=1、E=1", None]
    assert seats_of(outcome) == {"A": 4, "B": 3, "C": 1, "D": 1, "E": 1}


def test_a_unit_above_the_cap_keeps_it_though_floors_take_seats_in_the_same_pass() -> None:
    # 5.8, 4.9, 7.7, 0.5 and 0.1 seats of 19: only B is left, for the three seats not fixed
    outcome = apportion(
        dict(zip("ABCDE", (739, 627, 972, 66, 10), strict=True)), 19, floor=3, cap=5
    )
    assert list(seats_of(outcome).values()) == [5, 3, 5, 3, 3]


def test_where_fixing_both_sides_ends_in_a_dead_end_the_heavier_side_comes_first() -> None:
    # 2.25 and 0.75 seats of 3 with floor 1 and cap 2: both fixed at once is 2 + 1, an exact end;
    # of 5 with three units: 4.4, 0.3 and 0.3 would leave 2 + 1 + 1, one seat without a taker
    assert seats_of(apportion({"A": 3, "B": 1}, 3, floor=1, cap=2)) == {"A": 2, "B": 1}
    outcome = apportion({"A": 88, "B": 6, "C": 6}, 5, floor=1, cap=2)
    assert (sum(seats_of(outcome).values()) + outcome.tied_seats, tied(outcome)) == (5, ["B", "C"])


def test_the_nineteen_towns_of_xiangshan_share_the_countys_seats() -> None:
    towns = xiangshan()
    assert (len(towns), sum(towns.values())) == (19, 484_236)
    outcome = apportion(towns, 236, floor=1)  # 140 + 484236 // 5000, EL 12(1)(3)
    assert seats_of(outcome) == {
        "丹城镇": 51,
        "石浦镇": 40,
        "爵溪镇": 9,
        "西周镇": 13,
        "鹤浦镇": 14,
        "贤庠镇": 10,
        "墙头镇": 9,
        "泗洲头镇": 6,
        "定塘镇": 13,
        "昌国镇": 5,
        "涂茨镇": 8,
        "大徐镇": 7,
        "新桥镇": 10,
        "下沈镇": 6,
        "东陈乡": 9,
        "晓塘乡": 7,
        "黄避岙乡": 5,
        "茅洋乡": 5,
        "高塘岛乡": 9,
    }
    assert outcome.max_deviation == 1 - Fraction(9437 * 236, 5 * 484_236)


# --- shape of the answer --------------------------------------------------------------------------


def test_persons_per_seat_and_deviation_are_exact_and_missing_without_a_seat() -> None:
    outcome = apportion({"A": 1200, "B": 100}, 2)
    first, second = outcome.units
    assert (first.persons_per_seat, first.deviation) == (600, Fraction(-1, 13))
    assert (second.persons_per_seat, second.deviation) == (None, None)
    assert (outcome.quota, outcome.max_deviation) == (650, Fraction(1, 13))


def test_the_document_has_the_promised_shape() -> None:
    document = apportion({"A": 1200, "B": 650}, 3).to_json()
    assert document == {
        "method": "largest-remainder",
        "seats": 3,
        "quota": {"num": 1850, "den": 3},
        "units": [
            {
                "code": "A",
                "population": 1200,
                "seats": 2,
                "tied": False,
                "persons_per_seat": {"num": 600, "den": 1},
                "deviation": float(Fraction(-1, 37)),
            },
            {
                "code": "B",
                "population": 650,
                "seats": 1,
                "tied": False,
                "persons_per_seat": {"num": 650, "den": 1},
                "deviation": float(Fraction(2, 37)),
            },
        ],
        "tied_seats": 0,
        "max_deviation": float(Fraction(2, 37)),
    }


def test_a_tie_for_all_seats_has_no_deviation_at_all() -> None:
    document = apportion({"A": 5, "B": 5}, 1).to_json()
    assert (document["max_deviation"], document["tied_seats"]) == (None, 1)


def test_steps_and_units_are_made_when_they_are_read_and_only_once() -> None:
    outcome = apportion({"A": 10, "B": 10}, 3)
    assert {"steps", "units", "max_deviation"} & vars(outcome).keys() == set()
    assert outcome.steps is outcome.steps
    assert outcome.units is outcome.units


def test_a_whole_number_of_another_kind_counts_the_same() -> None:
    numbers = {code: np.int64(persons) for code, persons in FIVE_STATES.items()}
    assert apportion(numbers, 26) == apportion(FIVE_STATES, 26)


def test_caps_that_hold_nearly_everybody_are_shared_by_one_divisor_too() -> None:
    # A alone has 970 of 1,000 persons and only 30 of 100 seats: the divisor falls far below 10
    population = {"A": 970, "B": 14, "C": 9, "D": 7}
    outcome = apportion(population, 100, method="dhondt", cap=30)
    assert seats_of(outcome) == {"A": 30, "B": 30, "C": 23, "D": 17}
    assert not outcome.tied_seats


def test_a_series_is_as_good_as_a_mapping() -> None:
    assert apportion(pd.Series(FIVE_STATES), 26) == apportion(FIVE_STATES, 26)


def test_the_methods_stand_side_by_side_and_differences_are_marked() -> None:
    frame = methods_frame(by_every_method({"A": 56, "B": 8, "C": 44}, 9), 9)
    assert frame["exact_share"].to_dict() == {"A": "14/3", "B": "2/3", "C": "11/3"}
    assert frame["dhondt"].to_dict() == {"A": 5, "B": 0, "C": 4}
    assert frame["ties"].unique().tolist() == ["largest-remainder"]
    assert frame["differs"].to_dict() == {"A": True, "B": True, "C": True}
    assert list(frame) == ["population", "exact_share", *METHODS, "ties", "differs"]


def test_a_method_that_refuses_leaves_its_column_empty() -> None:
    frame = methods_frame(by_every_method({"A": 100, "B": 5, "C": 5}, 2), 2)
    assert frame["adams"].isna().tolist() == [True, True, True]
    assert frame["sainte-lague"].to_dict() == {"A": 2, "B": 0, "C": 0}
    assert frame["differs"].tolist() == [False, False, False]


def test_a_comparison_that_no_method_can_answer_is_refused() -> None:
    with pytest.raises(InputFaults):
        by_every_method({"A": 100, "B": 5}, 3, floor=2)


# --- refusals -------------------------------------------------------------------------------------


def refusal(*arguments, **options) -> list[tuple[str, str]]:
    with pytest.raises(InputFaults) as caught:
        apportion(*arguments, **options)
    return [(fault.field, fault.text.en) for fault in caught.value.faults]


@pytest.mark.parametrize(
    ("population", "seats", "options", "expected"),
    [
        ({"A": 1}, 0, {}, ("seats", "seats must be 1 to 1000000, not 0")),
        ({"A": 1}, 1_000_001, {}, ("seats", "seats must be 1 to 1000000, not 1000001")),
        (
            {"A": 0, "B": 0},
            2,
            {},
            ("population", "the total population is 0: there is no proportion to keep"),
        ),
        ({"A": 1}, 5, {"floor": 2, "cap": 1}, ("floor", "floor 2 and cap 1 contradict each other")),
        ({"A": 1}, 5, {"floor": -1}, ("floor", "floor -1 and cap None contradict each other")),
        ({"A": 1, "B": 1}, 3, {"floor": 2}, ("seats", "3 seats are too few: the floors take 4")),
        (
            {"A": 1, "B": 1},
            7,
            {"cap": 3},
            (
                "cap",
                "7 seats do not fit: the caps leave room for 6 "
                "(a unit without people gets the floor only)",
            ),
        ),
        (
            {"A": 1, "B": 0},
            4,
            {"cap": 3},
            (
                "cap",
                "4 seats do not fit: the caps leave room for 3 "
                "(a unit without people gets the floor only)",
            ),
        ),
        (
            {"A": 9, "B": 1, "C": 1},
            2,
            {"method": "adams"},
            (
                "seats",
                "2 seats are too few: this method gives every unit with people at least 1, "
                "with the floors that takes 3",
            ),
        ),
        (
            {"A": 1, "B": -4},
            3,
            {},
            ("population.B", 'population "-4" must be a whole number, 0 or more'),
        ),
        (
            {"A": 1, "B": -1},
            3,
            {},
            ("population.B", 'population "-1" must be a whole number, 0 or more'),
        ),
        (
            {"A": 1, "B": 2.5},
            3,
            {},
            ("population.B", 'population "2.5" must be a whole number, 0 or more'),
        ),
        (
            {"A": True},
            3,
            {},
            ("population.A", 'population "True" must be a whole number, 0 or more'),
        ),
    ],
)
def test_what_cannot_be_shared_is_refused_with_a_reason(
    population, seats, options, expected
) -> None:
    assert refusal(population, seats, **options) == [expected]


def test_all_faults_of_the_parameters_come_together() -> None:
    assert [field for field, _ in refusal({"A": 0}, 0, method="lots", floor=3, cap=2)] == [
        "method",
        "seats",
        "population",
        "floor",
    ]


def test_a_code_that_stands_twice_is_refused() -> None:
    series = pd.Series([1, 2, 3], index=["A", "B", "A"])
    assert refusal(series, 3) == [("population.A", "this code stands more than once")]


@pytest.mark.parametrize("method", FIRST_SEAT_METHODS)
def test_a_method_that_rounds_up_gives_every_inhabited_unit_a_seat(method) -> None:
    outcome = apportion({"A": 1_000_000, "B": 1, "C": 0}, 2, method=method)
    assert seats_of(outcome) == {"A": 1, "B": 1, "C": 0}


@pytest.mark.parametrize("method", METHODS)
def test_a_unit_without_people_gets_the_floor_and_no_more(method) -> None:
    outcome = apportion({"A": 8, "B": 3, "C": 0}, 10, method=method, floor=1)
    assert seats_of(outcome)["C"] == 1
    assert sum(seats_of(outcome).values()) == 10
