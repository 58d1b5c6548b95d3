"""The curve of the largest deviation, against a second, naive reckoning."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from

from election.planning.apportionment import METHODS, apportion
from election.planning.fairness import Point, best, curve
from election.rules.terms import InputFaults


def test_the_number_that_divides_evenly_is_the_fairest() -> None:
    points = curve({"A": 30, "B": 20, "C": 10}, range(5, 8), method="sainte-lague")
    assert [point.seats for point in points] == [5, 6, 7]
    assert points[1] == Point(6, Fraction(0), ("A", "B", "C"), 0, ())
    assert best(points) == (6,)


def test_a_tie_counts_at_its_worst_and_is_never_the_best() -> None:
    (point,) = curve({"A": 10, "B": 10}, [3], method="largest-remainder")
    # whoever gets the third seat, somebody has ten people for one: a half above the average 20/3
    assert (point.tied, point.largest, point.worst) == (1, Fraction(1, 2), ("A", "B"))
    assert best([point]) == ()


def test_somebody_without_a_seat_is_named_and_never_the_best() -> None:
    (point,) = curve({"A": 90, "B": 10, "Z": 0}, [2], method="dhondt")
    assert (point.without, point.largest) == (("B",), Fraction(1, 10))
    assert best([point]) == ()


def test_nobody_with_a_sure_seat_still_has_the_worst_a_decision_brings() -> None:
    (point,) = curve({"A": 10, "B": 10}, [1], method="largest-remainder")
    assert (point.tied, point.largest) == (1, Fraction(1, 2))


def test_numbers_the_limits_do_not_allow_are_left_out() -> None:
    points = curve({"A": 30, "B": 20}, range(1, 9), method="adams", floor=1, cap=3)
    assert [point.seats for point in points] == [2, 3, 4, 5, 6]
    with pytest.raises(InputFaults):
        curve({"A": 30, "B": 20}, [7, 8], method="adams", cap=3)


def test_all_numbers_that_are_equally_fair_are_best() -> None:
    points = curve({"A": 10, "B": 10}, range(1, 7), method="largest-remainder")
    assert best(points) == (2, 4, 6)


def naive(people: dict[str, int], seats: int, method: str) -> Fraction | None:
    """The largest deviation over every way to decide the tie, as the definition has it."""
    outcome = apportion(people, seats, method=method)
    sure = {unit.code: unit.seats for unit in outcome.units}
    tied = [unit.code for unit in outcome.units if unit.tied]
    average = Fraction(sum(people.values()), seats)
    found = [
        abs(Fraction(people[code], sure[code] + (code in chosen)) / average - 1)
        for chosen in combinations(tied, outcome.tied_seats)
        for code in people
        if sure[code] + (code in chosen)
    ]
    return max(found, default=None)


@given(
    counts=lists(integers(0, 40), min_size=1, max_size=5).filter(any),
    method=sampled_from(list(METHODS)),
)
def test_the_curve_is_the_naive_largest_deviation_at_every_number(counts, method) -> None:
    people = {f"u{place}": count for place, count in enumerate(counts)}
    for point in curve(people, range(5, 14), method=method):
        assert point.largest == naive(people, point.seats, method)
        decided = apportion(people, point.seats, method=method)
        assert point.tied == decided.tied_seats
        if not point.tied:
            assert point.largest == decided.max_deviation
