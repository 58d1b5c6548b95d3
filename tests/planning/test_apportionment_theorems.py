"""Sharing seats (EL 15; rulebook R2.1): whatever the figures, oracles and theorems hold."""

from collections.abc import Sequence

from hypothesis import assume, given
from hypothesis import strategies as st

from election.planning.apportionment import METHODS, Apportionment, apportion
from tests.planning.apportionments import (
    DIVISOR_METHODS,
    FIRST_SEAT_METHODS,
    named,
    seats_of,
    tied,
)
from tests.planning.oracle_apportionment import (
    by_divisor,
    by_squares,
    clamped_shares,
    shares_in_passes,
)

# --- oracles --------------------------------------------------------------------------------------


def limits() -> st.SearchStrategy[tuple[int, int | None]]:
    return st.tuples(st.integers(0, 2), st.none() | st.integers(2, 5))


def answer(outcome: Apportionment) -> tuple[list[int], list[bool]]:
    return [unit.seats for unit in outcome.units], [unit.tied for unit in outcome.units]


def attempt(populations, seats, method, limits) -> Apportionment:
    """The program's answer; limits that cannot be kept are not this test's matter."""
    floor, cap = limits
    inhabited = sum(p > 0 for p in populations)
    least = len(populations) * floor
    if method in FIRST_SEAT_METHODS and floor == 0:
        least = inhabited
    most = inhabited * cap + (len(populations) - inhabited) * floor if cap else seats
    assume(least <= seats <= most and inhabited)
    return apportion(named(populations), seats, method=method, floor=floor, cap=cap)


@given(
    populations=st.lists(st.integers(0, 30) | st.integers(0, 5000), min_size=1, max_size=5),
    seats=st.integers(1, 14),
    method=st.sampled_from(DIVISOR_METHODS),
    limits=limits(),
)
def test_divisor_methods_agree_with_a_search_over_all_divisors(
    populations, seats, method, limits
) -> None:
    outcome = attempt(populations, seats, method, limits)
    assert answer(outcome) == by_divisor(populations, seats, method, limits)


@given(
    populations=st.lists(st.integers(0, 12) | st.integers(0, 5000), min_size=1, max_size=4),
    seats=st.integers(1, 8),
    method=st.sampled_from(["largest-remainder", "sainte-lague", "huntington-hill"]),
    limits=limits(),
)
def test_no_other_allocation_has_a_smaller_squared_error(
    populations, seats, method, limits
) -> None:
    outcome = attempt(populations, seats, method, limits)
    assert answer(outcome) == by_squares(populations, seats, method, limits)


@given(
    populations=st.lists(st.integers(0, 12) | st.integers(0, 5000), min_size=1, max_size=6),
    seats=st.integers(1, 20),
    least=st.integers(0, 2),
    cap=st.integers(2, 8),
)
def test_where_one_side_alone_falls_out_the_rest_has_one_rate(
    populations, seats, least, cap
) -> None:
    attempt(populations, seats, "largest-remainder", (least, cap))
    shares, both = shares_in_passes(populations, seats, least, cap)
    assume(not both)
    assert shares == clamped_shares(populations, seats, least, cap)


# --- theorems -------------------------------------------------------------------------------------

populations = st.lists(st.integers(1, 60) | st.integers(1, 10**6), min_size=1, max_size=9)


@given(populations=populations, seats=st.integers(1, 60), method=st.sampled_from([*METHODS]))
def test_seats_are_held_back_only_for_a_true_tie(populations, seats, method) -> None:
    assume(seats >= len(populations))
    outcome = apportion(named(populations), seats, method=method)
    count = len(tied(outcome))
    assert sum(seats_of(outcome).values()) + outcome.tied_seats == seats
    assert outcome.tied_seats == count == 0 or 0 < outcome.tied_seats < count


@given(populations=populations, seats=st.integers(1, 60))
def test_largest_remainder_stays_within_the_quota(populations, seats) -> None:
    outcome = apportion(named(populations), seats)
    total = sum(populations)
    for unit in outcome.units:
        low = unit.population * seats // total
        high = low if unit.population * seats % total == 0 else low + 1
        assert low <= unit.seats <= (low if unit.tied else high)


@given(
    populations=populations,
    seats=st.integers(1, 60),
    method=st.sampled_from([*METHODS]),
    data=st.data(),
)
def test_neither_order_nor_names_nor_the_unit_of_count_matter(
    populations, seats, method, data
) -> None:
    assume(seats >= len(populations))
    order = data.draw(st.permutations(range(len(populations))))
    outcome = apportion(named(populations), seats, method=method)
    others = {f"z{99 - i}": 7 * populations[i] for i in order}
    turned = apportion(others, seats, method=method)
    expected = [(outcome.units[i].seats, outcome.units[i].tied) for i in order]
    assert [(unit.seats, unit.tied) for unit in turned.units] == expected


def all_at_least(after: Sequence[int], before: Sequence[int]) -> bool:
    """Element by element: lists themselves compare by their first difference only."""
    return all(a >= b for a, b in zip(after, before, strict=True))


def test_monotone_vectors_are_compared_element_by_element() -> None:
    assert [3, 0] >= [2, 1]
    assert not all_at_least([3, 0], [2, 1])
    assert all_at_least([3, 1], [2, 1])


@given(
    populations=populations,
    seats=st.integers(1, 60),
    method=st.sampled_from(DIVISOR_METHODS),
    limits=limits(),
)
def test_one_seat_more_takes_no_seat_from_anybody(populations, seats, method, limits) -> None:
    before = attempt(populations, seats, method, limits)
    after = attempt(populations, seats + 1, method, limits)
    assert all_at_least(list(seats_of(after).values()), list(seats_of(before).values()))


@given(
    populations=st.lists(st.integers(1, 500), min_size=2, max_size=6),
    seats=st.integers(6, 40),
    method=st.sampled_from(DIVISOR_METHODS),
    data=st.data(),
)
def test_a_unit_that_grows_loses_no_seat_to_one_that_shrinks(
    populations, seats, method, data
) -> None:
    grows, shrinks = data.draw(st.permutations(range(len(populations))))[:2]
    changed = list(populations)
    changed[grows] += data.draw(st.integers(0, 300))
    changed[shrinks] -= data.draw(st.integers(0, changed[shrinks] - 1))
    before = apportion(named(populations), seats, method=method)
    after = apportion(named(changed), seats, method=method)
    assume(before.tied_seats == after.tied_seats == 0)
    lost = after.units[grows].seats < before.units[grows].seats
    won = after.units[shrinks].seats > before.units[shrinks].seats
    assert not (lost and won)


@given(
    populations=st.lists(st.integers(0, 10**6), min_size=1, max_size=30).filter(any),
    seats=st.integers(1, 300),
    limits=st.tuples(st.integers(0, 5), st.none() | st.integers(5, 40)),
    method=st.sampled_from([*METHODS]),
)
def test_floors_caps_and_the_sum_are_always_kept(populations, seats, limits, method) -> None:
    outcome = attempt(populations, seats, method, limits)
    floor, cap = limits
    assert sum(seats_of(outcome).values()) + outcome.tied_seats == seats
    for unit in outcome.units:
        assert floor <= unit.seats <= (cap or seats) - unit.tied or unit.seats == floor
