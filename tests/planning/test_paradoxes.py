"""Where a method breaks quota or house monotonicity: textbook examples, and theorems as checks."""

from fractions import Fraction
from math import ceil, floor

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists

from election.planning.apportionment import METHODS, apportion, exact_shares
from election.planning.paradoxes import HouseBreach, QuotaBreach, house_breaches, quota_breaches
from election.planning.sharing import DIVISORS

# Balinski and Young, Fair Representation (1982), the five states with 26 seats
FIVE_STATES = {"A": 9061, "B": 7179, "C": 5259, "D": 3319, "E": 1182}
# The textbook's smallest Alabama paradox: 10 seats, then 11
ALABAMA = {"A": 6, "B": 6, "C": 2}

populations = lists(integers(0, 60), min_size=1, max_size=7).filter(any)


def named(counts: list[int]) -> dict[str, int]:
    return {f"u{place}": count for place, count in enumerate(counts)}


def all_at_least(more: list[int], fewer: list[int]) -> bool:
    """Element by element; lists themselves compare by their first difference."""
    return all(a >= b for a, b in zip(more, fewer, strict=True))


def test_vectors_are_compared_element_by_element() -> None:
    assert all_at_least([2, 1], [2, 1])
    assert not all_at_least([3, 0], [2, 1])


def test_the_alabama_paradox_of_the_textbook_is_named() -> None:
    found = house_breaches(ALABAMA, 10, method="largest-remainder", reach=1)
    assert found == (HouseBreach("C", 10, 2, 1),)
    said = found[0].text({"C": "003 渔港社区"})
    assert said.zh == "总名额由10名增至11名时，003 渔港社区反由2名减为1名（亚拉巴马悖论）"
    assert (
        said.en == "with 11 seats instead of 10, 003 渔港社区 falls from 2 to 1 (Alabama paradox)"
    )


def test_the_range_looked_at_ends_where_it_says() -> None:
    assert house_breaches(ALABAMA, 12, method="largest-remainder", reach=1) == ()
    assert house_breaches(ALABAMA, 12, method="largest-remainder", reach=2) == (
        HouseBreach("C", 10, 2, 1),
    )


def test_sizes_the_limits_do_not_allow_are_left_out() -> None:
    assert house_breaches({"A": 5, "B": 5}, 2, method="largest-remainder", floor=1, cap=2) == ()


def test_dhondt_keeps_quota_on_the_five_states_and_breaks_it_for_a_giant() -> None:
    assert quota_breaches(apportion(FIVE_STATES, 26, method="dhondt")) == ()
    giant = {"A": 80, **{f"s{n}": 2 for n in range(10)}}
    found = quota_breaches(apportion(giant, 20, method="dhondt"))
    assert found == (QuotaBreach("A", Fraction(16), 20, 16),)


def test_adams_breaks_quota_from_below_and_says_so() -> None:
    people = {"A": 80, **{f"s{n}": 2 for n in range(10)}}
    found = quota_breaches(apportion(people, 20, method="adams"))
    assert found == (QuotaBreach("A", Fraction(16), 10, 16),)
    said = found[0].text({})
    assert said.zh == "突破份额：A按比例应得16.000名，得10名，少于下整数16名"
    assert said.en == (
        "breaks quota: A has an exact share of 16.000 and gets 10, "
        "less than its share rounded down, 16"
    )


def test_seats_forced_by_a_floor_are_not_blamed_on_the_method() -> None:
    people = {"A": 97, "B": 1, "C": 1, "D": 1}
    outcome = apportion(people, 10, floor=2)
    assert [unit.seats for unit in outcome.units] == [4, 2, 2, 2]
    assert quota_breaches(outcome, floor=2) == ()
    assert exact_shares(people, 10, floor=2) == {"A": 4, "B": 2, "C": 2, "D": 2}


def test_a_tie_is_not_a_breach_while_it_can_be_decided_well() -> None:
    # D has an exact share of 4, surely 3 of them, and is tied for the fourth
    outcome = apportion({"A": 1, "B": 1, "C": 1, "D": 3}, 8, method="adams")
    assert [(unit.seats, unit.tied) for unit in outcome.units][3] == (3, True)
    assert quota_breaches(outcome) == ()
    # A has 1 of 4 seats, and is tied for 1 of 5: it need not lose
    people = {"A": 1, "B": 3, "C": 3, "D": 3}
    assert [unit.seats for unit in apportion(people, 4).units] == [1, 1, 1, 1]
    assert (apportion(people, 5).units[0].seats, apportion(people, 5).units[0].tied) == (0, True)
    found = house_breaches(people, 4, method="largest-remainder", reach=1)
    assert [breach for breach in found if breach.before == 4] == []


@given(counts=populations, seats=integers(1, 30))
def test_largest_remainder_never_breaks_quota(counts, seats) -> None:
    outcome = apportion(named(counts), seats)
    assert quota_breaches(outcome) == ()
    total = sum(counts)
    for unit in outcome.units:
        share = Fraction(unit.population * seats, total)
        assert floor(share) <= unit.seats + unit.tied
        assert unit.seats <= ceil(share)


@pytest.mark.parametrize("method", DIVISORS)
@given(counts=populations, seats=integers(7, 25))
def test_divisor_methods_never_take_a_seat_back(method, counts, seats) -> None:
    smaller = apportion(named(counts), seats, method=method)
    larger = apportion(named(counts), seats + 1, method=method)
    possible = [unit.seats + unit.tied for unit in larger.units]
    assert all_at_least(possible, [unit.seats for unit in smaller.units])
    assert house_breaches(named(counts), seats, method=method) == ()


@given(counts=populations, seats=integers(2, 20))
def test_house_breaches_are_those_a_plain_comparison_finds(counts, seats) -> None:
    found = house_breaches(named(counts), seats, method="largest-remainder", reach=1)
    plain = []
    for before in (seats - 1, seats):
        had = apportion(named(counts), before).units
        has = apportion(named(counts), before + 1).units
        plain += [
            (a.code, before) for a, b in zip(had, has, strict=True) if a.seats > b.seats + b.tied
        ]
    assert [(breach.code, breach.before) for breach in found] == plain


@pytest.mark.parametrize("method", METHODS)
@given(counts=populations, seats=integers(7, 25))
def test_a_breach_of_quota_is_outside_both_roundings(method, counts, seats) -> None:
    outcome = apportion(named(counts), seats, method=method)
    by_code = {unit.code: unit for unit in outcome.units}
    for breach in quota_breaches(outcome):
        unit = by_code[breach.code]
        low, high = floor(breach.share), ceil(breach.share)
        assert unit.seats > high or unit.seats + unit.tied < low
